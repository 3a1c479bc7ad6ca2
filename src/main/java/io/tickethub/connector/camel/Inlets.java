package io.tickethub.connector.camel;

import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.folder.ConnectorDefinition;
import java.util.Map;
import java.util.TreeMap;

/** The ways into the hub of one connector, by channel. */
public final class Inlets {

  private final Map<String, Inlet> inlets = new TreeMap<>();

  public Inlets(ConnectorDefinition definition, AdmissionParts parts) {
    definition
        .inbound()
        .forEach(
            (name, channel) ->
                inlets.put(
                    name, Inlet.of(new Admission(definition.name(), channel, parts), parts)));
  }

  Inlet inlet(String channel) {
    return inlets.get(channel);
  }
}
