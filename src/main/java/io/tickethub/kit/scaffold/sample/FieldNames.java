package io.tickethub.kit.scaffold.sample;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.MapperFeature;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** The dictionary {@code field-names.yaml}: what fields are called, and what they mean. */
public final class FieldNames {

  private static final double SURE = 0.95;
  private static final double LIKELY = 0.75;
  private static final double PERHAPS = 0.5;

  /** From here on a text is the name of a field rather than a value. */
  static final double KNOWN = 0.7;

  private final Map<String, Meaning> meanings;

  private FieldNames(Map<String, Meaning> meanings) {
    this.meanings = meanings;
  }

  /** The dictionary of this jar. */
  public static FieldNames shipped() {
    try (InputStream file =
        FieldNames.class.getResourceAsStream("/io/tickethub/kit/scaffold/field-names.yaml")) {
      return new FieldNames(
          YAMLMapper.builder()
              .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_ENUMS)
              .build()
              .readValue(file, new TypeReference<LinkedHashMap<String, Meaning>>() {}));
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  Map<String, Meaning> meanings() {
    return meanings;
  }

  /** Whether a text is the name of a field rather than a value. */
  boolean isKnown(String name) {
    return likeness(name) >= KNOWN;
  }

  /** How well a name fits the meaning that it fits best. */
  double likeness(String name) {
    return meanings.values().stream()
        .mapToDouble(meaning -> likeness(name, meaning))
        .max()
        .orElse(0);
  }

  /** How well a field's name, alone or with the names around it, fits a meaning. */
  static double likeness(FieldPath path, Meaning meaning) {
    return spellings(path).stream().mapToDouble(name -> likeness(name, meaning)).max().orElse(0);
  }

  private static double likeness(String name, Meaning meaning) {
    return Math.max(
        SURE * best(name, meaning.sure()),
        Math.max(LIKELY * best(name, meaning.likely()), PERHAPS * best(name, meaning.perhaps())));
  }

  private static double best(String name, List<String> words) {
    return words.stream().mapToDouble(word -> Words.likeness(name, word)).max().orElse(0);
  }

  private static Set<String> spellings(FieldPath path) {
    List<String> steps =
        path.steps().stream()
            .filter(step -> !step.equals("#text"))
            .map(step -> step.startsWith("@") ? step.substring(1) : step)
            .toList();
    Set<String> spellings = new LinkedHashSet<>();
    for (int i = steps.size() - 1; i >= 0; i--) {
      spellings.add(String.join(" ", steps.subList(i, steps.size())));
    }
    return spellings;
  }
}
