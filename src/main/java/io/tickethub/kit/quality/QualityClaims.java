package io.tickethub.kit.quality;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The content of a {@code quality.yaml}.
 *
 * @param claims the grade the folder claims; none if it is not there
 * @param rules what it says of each rule, by the rule's id
 */
public record QualityClaims(Grade claims, @JsonProperty(required = true) Map<String, Claim> rules) {

  public QualityClaims {
    rules = Map.copyOf(rules);
  }

  /** The grade a folder claims; empty if it claims none, or what it claims cannot be read. */
  public static Optional<Grade> claimed(Path folder) {
    Path file = folder.resolve(Quality.FILE);
    try {
      return Files.exists(file)
          ? Optional.ofNullable(YamlFiles.read(file, QualityClaims.class).claims())
          : Optional.empty();
    } catch (DefinitionException e) {
      return Optional.empty();
    }
  }

  /**
   * What a folder says of one rule: {@code done}, or an object with one of the first three keys.
   *
   * @param done what shows it
   * @param todo what is missing
   * @param exempt why the rule does not apply
   * @param except what the rule need not hold for; alone it means done
   */
  public record Claim(String done, String todo, String exempt, List<Exemption> except) {

    @JsonCreator
    public Claim {
      except = except == null ? List.of() : List.copyOf(except);
      long said = Stream.of(done != null, todo != null, exempt != null).filter(is -> is).count();
      if (said > 1 || said == 0 && except.isEmpty()) {
        throw new DefinitionException("a rule is done, or has one of 'done', 'todo', 'exempt'");
      }
      if (!except.isEmpty() && (todo != null || exempt != null)) {
        throw new DefinitionException("'except' belongs to a rule that is done");
      }
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Claim of(String word) {
      if (!word.equals("done")) {
        throw new DefinitionException(
            "'%s': a rule is done, or has {todo: …} or {exempt: …}".formatted(word));
      }
      return new Claim("", null, null, null);
    }

    boolean isDone() {
      return todo == null && exempt == null;
    }
  }

  /**
   * Things a rule need not hold for.
   *
   * @param items as the check names them, such as {@code faults/区局}
   * @param because why
   */
  public record Exemption(
      @JsonProperty(required = true) List<String> items,
      @JsonProperty(required = true) String because) {

    public Exemption {
      items = List.copyOf(items);
    }
  }
}
