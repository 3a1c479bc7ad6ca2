package io.tickethub.connector;

import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.folder.ConnectorDefinition;
import java.util.Collection;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentSkipListMap;

/** The connectors of this node, those that run and those that do not. */
final class RunningConnectors {

  private final Map<String, Loaded> loaded = new ConcurrentSkipListMap<>();

  /**
   * A folder and what came of it.
   *
   * @param definition null unless it runs
   * @param context null unless it runs
   * @param digest of the folder's content that runs; null unless it runs
   */
  record Loaded(
      ConnectorStatus status,
      ConnectorDefinition definition,
      ConnectorContext context,
      String digest) {

    static Loaded without(ConnectorStatus status) {
      return new Loaded(status, null, null, null);
    }

    boolean runs() {
      return context != null;
    }

    Loaded saying(String said) {
      return new Loaded(status.saying(said), definition, context, digest);
    }
  }

  void put(String name, Loaded connector) {
    loaded.put(name, connector);
  }

  void remove(String name) {
    loaded.remove(name);
  }

  Optional<Loaded> find(String name) {
    return Optional.ofNullable(loaded.get(name));
  }

  /** Empty unless it runs. */
  Optional<ConnectorDefinition> definition(String name) {
    return find(name).map(Loaded::definition);
  }

  Collection<Loaded> all() {
    return loaded.values();
  }

  Set<String> names() {
    return Set.copyOf(loaded.keySet());
  }
}
