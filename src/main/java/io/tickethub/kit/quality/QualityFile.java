package io.tickethub.kit.quality;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.kit.quality.QualityClaims.Claim;
import io.tickethub.kit.quality.QualityClaims.Exemption;
import io.tickethub.kit.quality.QualityReport.RuleResult;
import io.tickethub.kit.quality.QualityReport.Standing;
import io.tickethub.kit.quality.QualityRule.Judge;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Brings a folder's {@code quality.yaml} up to date. What a program found is done, what it missed
 * is to do; what a person said stays.
 */
public final class QualityFile {

  /** What the program's own todos begin with: it may replace them. */
  private static final String MISSING = "missing: ";

  private static final int MOST_FINDINGS = 3;
  private static final JsonMapper JSON = new JsonMapper();

  private final Path folder;
  private final Path file;
  private final Quality quality = new Quality(QualityRules.shipped());

  public QualityFile(Path folder) {
    this.folder = folder;
    this.file = folder.resolve(Quality.FILE);
  }

  /**
   * Writes the file; returns whether it changed.
   *
   * @param questions by rule, what a person has to find out although the program misses nothing;
   *     only where nothing was said yet
   */
  public boolean write(Map<String, String> questions) {
    Optional<QualityClaims> before =
        Files.exists(file)
            ? Optional.of(YamlFiles.read(file, QualityClaims.class))
            : Optional.empty();
    Map<String, Claim> said = before.map(QualityClaims::rules).orElse(Map.of());
    Map<String, Claim> now = new LinkedHashMap<>();
    for (RuleResult result : quality.results(folder, withoutOwnTodos(said))) {
      String rule = result.rule().id();
      now.put(rule, claim(result, Optional.ofNullable(said.get(rule)), questions.get(rule)));
    }
    Optional<Grade> reached = quality.reached(folder, now);
    Optional<Grade> claimed = before.map(QualityClaims::claims);
    Optional<Grade> higher =
        claimed.filter(c -> reached.isEmpty() || c.compareTo(reached.get()) > 0).or(() -> reached);
    return write(text(higher, now));
  }

  private static Map<String, Claim> withoutOwnTodos(Map<String, Claim> said) {
    Map<String, Claim> persons = new LinkedHashMap<>(said);
    persons.values().removeIf(QualityFile::isOwnTodo);
    return persons;
  }

  private static boolean isOwnTodo(Claim claim) {
    return claim.todo() != null && claim.todo().startsWith(MISSING);
  }

  private Claim claim(RuleResult result, Optional<Claim> said, String question) {
    Optional<Claim> persons = said.filter(claim -> !isOwnTodo(claim));
    QualityRule rule = result.rule();
    if (persons.isPresent() && (rule.by() != Judge.PROGRAM || !persons.get().isDone())) {
      return persons.get();
    }
    if (rule.by() == Judge.RUN) {
      return todo(
          "run 'hub connector test %s'; write 'done' when every case passes"
              .formatted(folder.getFileName()));
    }
    if (result.standing() == Standing.DONE) {
      return persons.orElseGet(
          () -> question == null ? new Claim("", null, null, null) : todo(question));
    }
    if (persons.isPresent() && !persons.get().except().isEmpty()) {
      return persons.get();
    }
    return rule.by() == Judge.PROGRAM
        ? todo(MISSING + findings(result.missing()))
        : todo("to be said: " + rule.how());
  }

  private static Claim todo(String text) {
    return new Claim(null, text, null, null);
  }

  private static String findings(List<String> missing) {
    String first = missing.stream().limit(MOST_FINDINGS).collect(Collectors.joining("; "));
    return missing.size() <= MOST_FINDINGS
        ? first
        : "%s; and %d more".formatted(first, missing.size() - MOST_FINDINGS);
  }

  private static String text(Optional<Grade> claims, Map<String, Claim> rules) {
    List<String> lines = new ArrayList<>();
    lines.add("# yaml-language-server: $schema=../schema/quality.schema.json");
    lines.add(claims.map(grade -> "claims: " + grade.code()).orElse("# It claims no grade yet."));
    lines.add("rules:");
    rules.forEach((rule, claim) -> lines.add("  %s: %s".formatted(rule, text(claim))));
    return String.join("\n", lines) + "\n";
  }

  private static String text(Claim claim) {
    if (claim.todo() != null) {
      return "{todo: %s}".formatted(quoted(claim.todo()));
    }
    if (claim.exempt() != null) {
      return "{exempt: %s}".formatted(quoted(claim.exempt()));
    }
    boolean remark = claim.done() != null && !claim.done().isEmpty();
    if (claim.except().isEmpty()) {
      return remark ? "{done: %s}".formatted(quoted(claim.done())) : "done";
    }
    StringBuilder text = new StringBuilder();
    if (remark) {
      text.append("\n    done: ").append(quoted(claim.done()));
    }
    text.append("\n    except:");
    for (Exemption exemption : claim.except()) {
      text.append(
          "\n      - {items: %s, because: %s}"
              .formatted(
                  exemption.items().stream()
                      .map(QualityFile::quoted)
                      .collect(Collectors.joining(", ", "[", "]")),
                  quoted(exemption.because())));
    }
    return text.toString();
  }

  private static String quoted(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private boolean write(String text) {
    try {
      if (Files.exists(file) && Files.readString(file).equals(text)) {
        return false;
      }
      Files.writeString(file, text);
      return true;
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be written: %s".formatted(file, e.getMessage()), e);
    }
  }
}
