package io.tickethub.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.folder.ComparedField;
import io.tickethub.journal.Identifiers;
import io.tickethub.product.MaskedTicket;
import io.tickethub.reconcile.Statements.Listed;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketJson;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Finds in what a ticket and a system's statement of it differ; keeps nothing. Thread-safe. */
final class Comparison {

  private static final int MOST_CHARACTERS = 300;

  private final MaskedTicket masked;
  private final Identifiers identifiers;
  private final JsonMapper json = TicketJson.mapper();

  Comparison(MaskedTicket masked, Identifiers identifiers) {
    this.masked = masked;
    this.identifiers = identifiers;
  }

  /** What the system says is compared; what it leaves open is not. */
  List<Drift> differences(Run run, Terms terms, Ticket ticket, Listed listed) {
    List<Drift> drifts = new ArrayList<>();
    Statement said = listed.statement();
    for (ComparedField field : terms.fields()) {
      switch (field) {
        case STATE -> {
          if (said.state() != null && !terms.isSame(said.state(), ticket.state())) {
            drifts.add(
                drift(run, ticket, listed, field, ticket.state().code(), said.state().code()));
          }
        }
        case OWNER -> {
          String owner = ticket.progress().owner();
          if (said.owner() != null && !said.owner().equals(owner)) {
            drifts.add(drift(run, ticket, listed, field, owner, said.owner()));
          }
        }
        default ->
            content(field, ticket, said)
                .ifPresent(
                    differing ->
                        drifts.add(
                            drift(
                                run,
                                ticket,
                                listed,
                                field,
                                text(field.of(ticket.content()), ticket),
                                text(differing, ticket))));
      }
    }
    return drifts;
  }

  /** What the system says of a field, if the hub would learn something by it. */
  private static Optional<TicketContent> content(
      ComparedField field, Ticket ticket, Statement said) {
    TicketContent part = field.of(said.content());
    return ticket.content().merge(part).equals(ticket.content())
        ? Optional.empty()
        : Optional.of(part);
  }

  private Drift drift(
      Run run, Ticket ticket, Listed listed, ComparedField field, String ours, String theirs) {
    return candidate(
        run,
        ticket.id(),
        ticket.number(),
        ticket.version(),
        Drift.Kind.DIFFERENT,
        field.text(),
        ours,
        theirs,
        listed.asOf(),
        listed.statement());
  }

  /** A ticket of the system's list that the hub does not know. */
  Drift unknown(Run run, Listed listed) {
    String state = listed.statement().state() == null ? "" : listed.statement().state().code();
    return candidate(
        run,
        null,
        listed.statement().ticket().orderingText(),
        0,
        Drift.Kind.UNKNOWN_TO_HUB,
        Drift.TICKET,
        null,
        state,
        listed.asOf(),
        listed.statement());
  }

  /** A ticket that should be in the system's list. */
  Drift missing(Run run, Ticket ticket) {
    return candidate(
        run,
        ticket.id(),
        ticket.number(),
        ticket.version(),
        Drift.Kind.MISSING_AT_SYSTEM,
        Drift.TICKET,
        ticket.state().code(),
        null,
        run.asOf(),
        null);
  }

  private Drift candidate(
      Run run,
      Long ticketId,
      String ticket,
      int version,
      Drift.Kind kind,
      String field,
      String ours,
      String theirs,
      Instant asOf,
      Statement statement) {
    return new Drift(
        identifiers.next(),
        run.id(),
        run.connector(),
        ticketId,
        ticket,
        version,
        kind,
        field,
        ours,
        theirs,
        asOf,
        statement,
        Drift.State.CANDIDATE,
        null,
        null,
        null,
        null,
        null,
        null,
        0,
        null,
        null,
        null,
        null);
  }

  private String text(TicketContent part, Ticket ticket) {
    try {
      String text = json.writeValueAsString(masked.content(part, ticket));
      return text.length() > MOST_CHARACTERS ? text.substring(0, MOST_CHARACTERS) + "…" : text;
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
