package io.tickethub.reconcile;

import io.tickethub.connector.folder.ComparedField;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.ticket.TicketState;
import java.time.ZoneId;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/** The terms on which one system is compared. */
final class Terms {

  private final ConnectorDefinition definition;
  private final Reconcile form;
  private final List<ComparedField> fields;
  private final Map<TicketState, TicketState> first = new EnumMap<>(TicketState.class);

  /** {@code definition} is of a connector that is compared. */
  Terms(ConnectorDefinition definition) {
    this.definition = definition;
    this.form = definition.reconciling().orElseThrow().form();
    this.fields =
        form.fields().stream().map(name -> ComparedField.named(name).orElseThrow()).toList();
    for (List<TicketState> group : form.states()) {
      group.forEach(state -> first.put(state, group.get(0)));
    }
  }

  String system() {
    return definition.name();
  }

  Reconcile form() {
    return form;
  }

  List<ComparedField> fields() {
    return fields;
  }

  /** The two are one to the system. */
  boolean isSame(TicketState one, TicketState other) {
    return first.getOrDefault(one, one) == first.getOrDefault(other, other);
  }

  /** The list is the answer to the question. */
  boolean isAnswered() {
    return definition.reconciling().orElseThrow().isAnswered();
  }

  /** The zone of its schedule. */
  ZoneId zone() {
    return ZoneId.of(definition.manifest().zone());
  }

  /** A channel of the connector carries it. */
  boolean carries(String code) {
    return definition.channelFor(code).isPresent();
  }
}
