package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;

/** Pieces of text for the files that are written. */
final class Texts {

  private static final JsonMapper JSON = new JsonMapper();

  private Texts() {}

  /** A string as JSON, which YAML and JSONata read the same way. */
  static String json(String text) {
    try {
      return JSON.writeValueAsString(text);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  /** One line of a comment. */
  static String line(String text) {
    return text.replaceAll("[\\r\\n]+", " ");
  }
}
