package io.tickethub.connector.folder;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * A connector as its folder says, compiled and checked.
 *
 * @param settings their values, secrets included; never to be shown
 * @param routes the files of its Camel routes
 * @param templated the routes it has from templates
 * @param quietTime when its system is told nothing
 * @param libraries the classes it brings
 */
public record ConnectorDefinition(
    Path folder,
    ConnectorManifest manifest,
    Map<String, String> settings,
    Map<String, InboundChannel> inbound,
    Map<String, OutboundChannel> outbound,
    List<Path> routes,
    List<TemplatedRoute> templated,
    Optional<QuietTime> quietTime,
    LibraryLoader libraries) {

  public String name() {
    return manifest.name();
  }

  /**
   * The channel that carries what rules call {@code code}; empty if the system is not told of it.
   */
  public Optional<OutboundChannel> channelFor(String code) {
    return outbound.values().stream()
        .filter(channel -> channel.form().tells().contains(code))
        .findFirst();
  }

  /** A text of the manifest with the values of its settings. */
  public String filled(String text) {
    return Placeholders.fill(
        text,
        settings,
        name ->
            new DefinitionException(
                "%s: '{{%s}}' is no setting".formatted(folder.resolve("connector.yaml"), name)));
  }

  @Override
  public String toString() {
    return "connector " + name();
  }
}
