package io.tickethub.kit.reference;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import java.util.Map;

/** What the keys of definition files mean, by the simple name of the record that reads them. */
public record ManifestKeys(
    @JsonProperty(required = true) Map<String, Map<String, Meaning>> records) {

  static final String RESOURCE = "/kit/manifest-keys.yaml";

  /**
   * What a key means.
   *
   * @param otherwise what counts if the key is left out; empty if nothing does
   */
  public record Meaning(@JsonProperty(required = true) String means, String otherwise) {

    @JsonCreator
    public Meaning {
      otherwise = otherwise == null ? "" : otherwise;
    }

    @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
    static Meaning of(String means) {
      return new Meaning(means, "");
    }
  }

  public static ManifestKeys shipped() {
    return YamlFiles.resource(RESOURCE, ManifestKeys.class);
  }

  Meaning meaning(Class<?> record, String key) {
    Meaning meaning = records.getOrDefault(record.getSimpleName(), Map.of()).get(key);
    if (meaning == null) {
      throw new DefinitionException(
          "the key '%s' of %s has no meaning: add it to src/main/resources%s under records.%s"
              .formatted(key, record.getName(), RESOURCE, record.getSimpleName()));
    }
    return meaning;
  }
}
