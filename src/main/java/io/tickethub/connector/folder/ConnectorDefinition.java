package io.tickethub.connector.folder;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * A connector as its folder says, compiled and checked.
 *
 * @param settings their values, secrets included; never to be shown
 * @param reconciling empty if what the system believes is not compared
 * @param exports files that the system gets by the clock, by name
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
    Optional<Reconciling> reconciling,
    Map<String, Exporting> exports,
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

  /** All channels from the system, that of its lists included. */
  public Map<String, InboundChannel> entrances() {
    Map<String, InboundChannel> all = new TreeMap<>(inbound);
    reconciling.ifPresent(lists -> all.put(Reconcile.LIST, lists.list()));
    return all;
  }

  /** All channels to the system, the question for its lists and exports included. */
  public Map<String, OutboundChannel> exits() {
    Map<String, OutboundChannel> all = new TreeMap<>(outbound);
    reconciling.flatMap(Reconciling::ask).ifPresent(question -> all.put(Reconcile.ASK, question));
    exports.forEach((name, export) -> all.put(name, export.channel()));
    return all;
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
