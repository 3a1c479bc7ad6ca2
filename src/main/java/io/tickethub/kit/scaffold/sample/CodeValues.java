package io.tickethub.kit.scaffold.sample;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** The dictionary {@code code-values.yaml}: what systems write for the hub's codes. */
public final class CodeValues {

  private static final double SAME = 0.95;
  private static final double ENOUGH = 0.45;

  private final Map<String, Map<String, List<String>>> tables;

  private CodeValues(Map<String, Map<String, List<String>>> tables) {
    this.tables = tables;
  }

  /** The dictionary of this jar. */
  public static CodeValues shipped() {
    try (InputStream file =
        CodeValues.class.getResourceAsStream("/io/tickethub/kit/scaffold/code-values.yaml")) {
      return new CodeValues(
          new YAMLMapper()
              .readValue(file, new TypeReference<Map<String, Map<String, List<String>>>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hub's code a value most likely stands for. */
  public Optional<Guess<String>> code(String table, String value) {
    Guess<String> best = null;
    for (Map.Entry<String, List<String>> code : tables.get(table).entrySet()) {
      double likeness =
          code.getValue().stream().mapToDouble(w -> Words.likeness(value, w)).max().orElse(0);
      likeness = Math.max(likeness, Words.likeness(value, code.getKey()));
      if (best == null || likeness * SAME > best.confidence()) {
        best = new Guess<>(code.getKey(), likeness * SAME, "a word for it");
      }
    }
    return Optional.ofNullable(best).filter(guess -> guess.confidence() >= ENOUGH);
  }

  /** The hub's code for each of these values that is understood. */
  public Map<String, Guess<String>> codes(String table, Collection<String> values) {
    Map<String, Guess<String>> codes = new LinkedHashMap<>();
    values.forEach(value -> code(table, value).ifPresent(guess -> codes.put(value, guess)));
    return codes;
  }

  /** The share of values that is understood. */
  double share(String table, Collection<String> values) {
    return values.isEmpty() ? 0 : (double) codes(table, values).size() / values.size();
  }
}
