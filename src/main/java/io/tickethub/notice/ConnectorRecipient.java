package io.tickethub.notice;

import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.DeliveryFailedException;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.journal.Provenance;
import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketLinks;
import io.tickethub.ticket.TicketProgress;
import io.tickethub.ticket.TicketState;
import java.util.Map;
import java.util.Set;

/**
 * A system that is told of an alert through its connector, by the channel that tells {@code alert}:
 * its mapping sees a ticket of kind inspection whose title and description are the message. No such
 * ticket exists.
 */
final class ConnectorRecipient implements Recipient {

  private final String connector;
  private final String owner;
  private final Connectors connectors;
  private final ConnectorControls controls;

  ConnectorRecipient(
      String connector, String owner, Connectors connectors, ConnectorControls controls) {
    this.connector = connector;
    this.owner = owner;
    this.connectors = connectors;
    this.controls = controls;
  }

  @Override
  public String kind() {
    return "connector " + connector;
  }

  @Override
  public void tell(String key, long id, AlertMessage message) throws NotTakenException {
    if (controls.pause(connector).isPresent()) {
      throw new NotTakenException("connector %s is paused".formatted(connector));
    }
    try {
      connectors.tell(delivery(key, id, message));
    } catch (DeliveryFailedException | IllegalStateException e) {
      throw new NotTakenException(SafeText.of(e.getMessage()), e);
    }
  }

  private OutboundDelivery delivery(String key, long id, AlertMessage message) {
    TicketState state =
        message.opened().isEmpty() && !message.trial()
            ? TicketState.ARCHIVED
            : TicketState.DISPATCHED;
    TicketEvent event =
        new TicketEvent(
            -id,
            1,
            EventType.STATE_CHANGED,
            TicketState.RECEIVED,
            state,
            false,
            "hub",
            0,
            message.at(),
            message.at(),
            new EventDetail(null, message.text(), null, null, null, null, null, null, null, null));
    TicketContent content =
        new TicketContent(
            TicketKind.INSPECTION,
            "general",
            message.title(),
            message.text(),
            null,
            null,
            null,
            Map.of(),
            null,
            null);
    Ticket ticket =
        new Ticket(
            -id,
            key,
            1,
            "hub",
            message.at(),
            message.at(),
            null,
            new TicketProgress(state, null, null, owner, 0, 0, 0),
            content,
            Set.of(connector),
            Map.of(),
            Map.of(),
            Map.of(),
            TicketLinks.NONE);
    return new OutboundDelivery(
        -id,
        key,
        1,
        connector,
        ConnectorFolder.ALERT,
        event,
        ticket,
        Map.of(),
        Provenance.NONE,
        null);
  }
}
