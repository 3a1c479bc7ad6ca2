package io.tickethub.connector.camel;

import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ListAdmission;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.Reconcile;
import java.util.Map;
import java.util.TreeMap;

/** The ways into the hub of one connector, by channel. */
public final class Inlets {

  private final Map<String, Inlet> inlets = new TreeMap<>();

  public Inlets(ConnectorDefinition definition, AdmissionParts parts) {
    definition
        .entrances()
        .forEach(
            (name, channel) ->
                inlets.put(
                    name,
                    Inlet.of(
                        new Admission(definition.name(), channel, parts),
                        name.equals(Reconcile.LIST)
                            ? new ListAdmission(definition.name(), channel, parts)
                            : null,
                        parts)));
  }

  Inlet inlet(String channel) {
    return inlets.get(channel);
  }
}
