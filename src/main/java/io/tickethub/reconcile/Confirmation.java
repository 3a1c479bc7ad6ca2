package io.tickethub.reconcile;

import io.tickethub.connector.folder.ComparedField;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketStore;
import io.tickethub.reconcile.Drift.Right;
import io.tickethub.reconcile.Judge.Ruling;
import io.tickethub.reconcile.Tellings.Message;
import io.tickethub.reconcile.Tellings.Told;
import io.tickethub.ticket.Ticket;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** Whether differences last, who is right, and what should have made both agree. */
final class Confirmation {

  private final TicketStore tickets;
  private final Tellings tellings;
  private final Judge judge;
  private final ConnectorControls controls;

  Confirmation(TicketStore tickets, Tellings tellings, Judge judge, ConnectorControls controls) {
    this.tickets = tickets;
    this.tellings = tellings;
    this.judge = judge;
    this.controls = controls;
  }

  /** What is known of the tickets of a page. */
  private record Known(
      Map<Long, Ticket> tickets, Map<Long, Told> told, Map<Long, Message> messages) {}

  /**
   * Those that last, with who is right; the others are in flight.
   *
   * @param repairs by ticket and field, how often an earlier run repaired them in vain
   */
  List<Drift> lasting(Terms terms, List<Drift> candidates, Map<List<String>, Integer> repairs) {
    List<Long> ids =
        candidates.stream().map(Drift::ticketId).filter(Objects::nonNull).distinct().toList();
    Known known =
        new Known(
            new HashMap<>(tickets.load(ids)),
            tellings.of(terms.system(), ids),
            tellings.messages(terms.system(), ids));
    List<Drift> lasting = new ArrayList<>();
    for (Drift drift : candidates) {
      int before = repairs.getOrDefault(List.of(drift.ticket(), drift.field()), 0);
      if (drift.ticketId() == null) {
        lasting.add(unknown(terms, drift, before));
      } else if (lasts(terms, drift, known)) {
        lasting.add(confirmed(terms, drift, before, known));
      }
    }
    return lasting;
  }

  /** Nothing has happened to the ticket since, and nothing of it is on its way. */
  private static boolean lasts(Terms terms, Drift drift, Known known) {
    Ticket ticket = known.tickets().get(drift.ticketId());
    Told told = known.told().getOrDefault(drift.ticketId(), Told.NOTHING);
    return ticket != null
        && ticket.version() == drift.version()
        && !told.isInFlight(drift.asOf().minus(terms.form().settle()));
  }

  private Drift unknown(Terms terms, Drift drift, int repairs) {
    Ruling ruling = judge.unknown(terms, drift.statement());
    return confirmed(
        terms, drift, ruling, repairs, "no message of the ticket ever came", null, null, null);
  }

  private Drift confirmed(Terms terms, Drift drift, int repairs, Known known) {
    Ticket ticket = known.tickets().get(drift.ticketId());
    Told told = known.told().getOrDefault(drift.ticketId(), Told.NOTHING);
    Message message = known.messages().get(drift.ticketId());
    Ruling ruling = ruling(terms, drift, ticket);
    String code = codes(drift, ticket).stream().filter(terms::carries).findFirst().orElse(null);
    if (ruling.right() == Right.HUB) {
      if (told.waiting() != null) {
        ruling = new Ruling(Right.NOBODY, "a dead letter stands before anything it could be told");
      } else if (code == null) {
        ruling = new Ruling(Right.NOBODY, "no channel of the connector tells it this");
      }
    }
    Long delivery =
        told.waiting() != null
            ? (Long) told.waiting().id()
            : told.told() == null ? null : (Long) told.told().id();
    return confirmed(
        terms,
        drift,
        ruling,
        repairs,
        cause(terms, ruling, told, message),
        delivery,
        message == null ? null : (Long) message.id(),
        code);
  }

  private Ruling ruling(Terms terms, Drift drift, Ticket ticket) {
    if (drift.kind() == Drift.Kind.MISSING_AT_SYSTEM) {
      return judge.missing(terms, ticket);
    }
    ComparedField field = ComparedField.named(drift.field()).orElseThrow();
    return judge.different(terms, field, ticket, tickets.events(ticket.id()), drift);
  }

  /** What would tell the system, the most fitting first. */
  private static List<String> codes(Drift drift, Ticket ticket) {
    if (drift.kind() == Drift.Kind.MISSING_AT_SYSTEM) {
      return List.of(io.tickethub.routing.Told.INTRODUCED);
    }
    return switch (ComparedField.named(drift.field()).orElseThrow()) {
      case STATE -> List.of(ticket.state().code(), "updated");
      case OWNER -> List.of("transferred", "updated");
      default -> List.of("updated");
    };
  }

  private String cause(Terms terms, Ruling ruling, Told told, Message message) {
    if (told.waiting() != null) {
      return "delivery %s '%s' gave up: %s; replay or discard it"
          .formatted(
              Identifiers.text(told.waiting().id()),
              told.waiting().code(),
              told.waiting().failure());
    }
    if (ruling.right() == Right.SYSTEM) {
      return message == null
          ? "it never sent a message of the ticket"
          : "its last message of the ticket, %s, was %s at %s; what it lists it never sent"
              .formatted(Identifiers.text(message.id()), message.status(), message.receivedAt());
    }
    String paused =
        controls
            .pause(terms.system())
            .map(pause -> "; the connector is paused: " + pause.reason())
            .orElse("");
    return told.told() == null
        ? "it was never told anything of the ticket" + paused
        : "it took delivery %s '%s' at %s%s"
            .formatted(
                Identifiers.text(told.told().id()),
                told.told().code(),
                told.told().finishedAt(),
                paused);
  }

  private static Drift confirmed(
      Terms terms,
      Drift drift,
      Ruling given,
      int repairs,
      String cause,
      Long delivery,
      Long message,
      String code) {
    boolean vain = repairs >= terms.form().repair().attempts();
    String because =
        vain
            ? "it was repaired %d times in vain; %s".formatted(repairs, given.because())
            : given.because();
    boolean person = vain || given.right() == Right.NOBODY;
    return new Drift(
        drift.id(),
        drift.runId(),
        drift.connector(),
        drift.ticketId(),
        drift.ticket(),
        drift.version(),
        drift.kind(),
        drift.field(),
        drift.ours(),
        drift.theirs(),
        drift.asOf(),
        drift.statement(),
        person ? Drift.State.PERSON : Drift.State.OPEN,
        given.right(),
        because,
        cause,
        delivery,
        message,
        code,
        repairs,
        null,
        null,
        null,
        null);
  }
}
