package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.util.Map;
import java.util.Set;

/**
 * The content of a {@code template.yaml}.
 *
 * @param titles by language: {@code en} and {@code zh}
 * @param descriptions what it is for, by language
 * @param direction which channels it serves
 * @param formats of the channels it fits, {@code library} for those of a connector's {@code lib};
 *     any if null
 * @param parameters what a manifest may, or must, give it
 */
public record RouteTemplate(
    @JsonProperty(required = true) Map<String, String> titles,
    @JsonProperty(required = true) Map<String, String> descriptions,
    @JsonProperty(required = true) Direction direction,
    Set<String> formats,
    Map<String, Parameter> parameters) {

  public RouteTemplate {
    formats = formats == null ? Set.of() : formats;
    parameters = parameters == null ? Map.of() : parameters;
  }

  /** Which way a channel goes. */
  public enum Direction {
    IN,
    OUT
  }

  /**
   * What a manifest may give a template.
   *
   * @param defaultValue used if the manifest gives none; may hold other parameters as {@code
   *     {{name}}}
   * @param required the manifest has to give it
   */
  public record Parameter(
      @JsonProperty(required = true) String description,
      @JsonProperty("default") String defaultValue,
      boolean required) {}
}
