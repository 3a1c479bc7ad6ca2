package io.tickethub.connector.folder;

import java.nio.file.Path;
import java.util.Map;

/**
 * A channel's route, to be made from a template.
 *
 * @param template the name of the template
 * @param file holds the Camel route template, and perhaps a second one for questions
 * @param parameters every value, settings and secrets included; never to be shown
 * @param place in the manifest, for what is wrong with it
 */
public record TemplatedRoute(
    String channel, String template, Path file, Map<String, String> parameters, String place) {

  /** What follows a template's name in the id of its Camel route template for questions. */
  public static final String QUESTION = "-ask";

  @Override
  public String toString() {
    return "route of channel %s by template %s".formatted(channel, template);
  }
}
