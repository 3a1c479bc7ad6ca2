package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.Map;
import java.util.TreeMap;

/**
 * The route of a channel, made from a template.
 *
 * @param template the name of a folder below {@code templates}
 * @param parameters as the manifest writes them; values may hold settings as {@code {{name}}}
 */
public record Route(String template, Map<String, String> parameters) {

  private static final String TEMPLATE = "template";

  public Route {
    parameters = Map.copyOf(parameters);
  }

  /** All keys but {@code template} are parameters. */
  @JsonCreator(mode = JsonCreator.Mode.DELEGATING)
  static Route of(Map<String, String> keys) {
    Map<String, String> parameters = new TreeMap<>(keys);
    String template = parameters.remove(TEMPLATE);
    if (template == null) {
      throw new IllegalArgumentException("the key 'template' is missing");
    }
    return new Route(template, parameters);
  }
}
