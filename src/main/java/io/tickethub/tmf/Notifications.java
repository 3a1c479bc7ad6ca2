package io.tickethub.tmf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** Makes of what happened the notifications that each listener is to have. */
final class Notifications {

  private static final JsonMapper JSON = new JsonMapper();

  private final ListenerStore listeners;
  private final NotificationStore store;
  private final TmfClients clients;
  private final TicketSearch search;
  private final TicketStore tickets;
  private final MessageJournal journal;
  private final TroubleTicketResource resources;
  private final Clock clock;

  Notifications(
      ListenerStore listeners,
      NotificationStore store,
      TmfClients clients,
      TicketSearch search,
      TicketStore tickets,
      MessageJournal journal,
      TroubleTicketResource resources,
      Clock clock) {
    this.listeners = listeners;
    this.store = store;
    this.clients = clients;
    this.search = search;
    this.tickets = tickets;
    this.journal = journal;
    this.resources = resources;
    this.clock = clock;
  }

  /** Keeps the notifications of an event for all who want them; again is harmless. */
  void of(Ticket now, TicketEvent event) {
    List<String> types = types(event);
    if (types.isEmpty()) {
      return;
    }
    Ticket then = now.asOf(event);
    List<TicketEvent> history =
        tickets.events(now.id()).stream()
            .filter(earlier -> earlier.sequence() <= event.sequence())
            .toList();
    List<NotificationStore.New> notifications = new ArrayList<>();
    for (Listener listener : listeners.active()) {
      TmfClient client = clients.named(listener.client()).orElse(null);
      if (client == null || !search.sees(client, now)) {
        continue;
      }
      ObjectNode ticket =
          LegacyForm.of(
              resources.of(then, history, listener.version(), client.seesPersonalData()),
              listener.version());
      for (String type : types) {
        String id = "%s-%d-%s".formatted(now.number(), event.sequence(), type);
        add(
            listener,
            id,
            "TroubleTicket" + type,
            "troubleTicket",
            ticket,
            event.recordedAt(),
            notifications);
      }
    }
    store.add(notifications);
  }

  /** Keeps the notification of a specification's change. */
  void ofSpecification(String id, String type, ObjectNode specification) {
    List<NotificationStore.New> notifications = new ArrayList<>();
    for (Listener listener : listeners.active()) {
      if (listener.version() == TmfVersion.V5 && clients.named(listener.client()).isPresent()) {
        add(
            listener,
            id + "-" + type,
            "TroubleTicketSpecification" + type,
            "troubleTicketSpecification",
            specification,
            clock.instant(),
            notifications);
      }
    }
    store.add(notifications);
  }

  private static void add(
      Listener listener,
      String id,
      String type,
      String property,
      ObjectNode resource,
      Instant at,
      List<NotificationStore.New> notifications) {
    ObjectNode event = JSON.createObjectNode();
    event.put("eventId", id);
    event.put("eventTime", at.toString());
    event.put("eventType", type);
    event.put(listener.version().occurred(), at.toString());
    event.put("title", type);
    event.put("domain", "troubleTicket");
    event.put("@type", type);
    event.putObject("event").set(property, resource);
    boolean wanted =
        ListQuery.of(listener.query()).criteria().stream()
            .allMatch(criterion -> criterion.fits(event));
    if (wanted) {
      notifications.add(new NotificationStore.New(listener.id(), id, type, event, at));
    }
  }

  private List<String> types(TicketEvent event) {
    if (event.type() == EventType.OPENED) {
      return List.of("CreateEvent");
    }
    if (StatusLine.changes(event)) {
      List<String> types = new ArrayList<>(List.of("StatusChangeEvent"));
      switch (StatusLine.after(event)) {
        case "resolved" -> types.add("ResolvedEvent");
        case "pending" -> types.add("InformationRequiredEvent");
        default -> {
          if (event.to() == TicketState.CANCELLED && isDeletion(event)) {
            types.add("DeleteEvent");
          }
        }
      }
      return types;
    }
    return event.from() == event.to() ? List.of("AttributeValueChangeEvent") : List.of();
  }

  private boolean isDeletion(TicketEvent event) {
    return journal
        .find(event.messageId())
        .filter(entry -> "DELETE".equals(entry.provenance().headers().get(TicketSubmission.METHOD)))
        .isPresent();
  }
}
