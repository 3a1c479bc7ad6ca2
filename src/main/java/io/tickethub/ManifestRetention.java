package io.tickethub;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.journal.BodyRetention;
import java.util.Map;
import java.util.TreeMap;
import java.util.function.Supplier;

/** How long connectors want the bodies of their messages to be kept, or else the operator. */
final class ManifestRetention implements BodyRetention {

  private final int otherwise;
  private final Supplier<Connectors> connectors;

  ManifestRetention(int otherwise, Supplier<Connectors> connectors) {
    this.otherwise = otherwise;
    this.connectors = connectors;
  }

  @Override
  public int days(String connector) {
    return connectors.get().definition(connector).map(this::days).orElse(otherwise);
  }

  private int days(ConnectorDefinition definition) {
    return definition.manifest().retention() == null
        ? otherwise
        : (int) definition.manifest().retention().bodies().toDays();
  }

  @Override
  public Map<String, Integer> running() {
    Map<String, Integer> days = new TreeMap<>();
    connectors.get().definitions().forEach(found -> days.put(found.name(), days(found)));
    return days;
  }
}
