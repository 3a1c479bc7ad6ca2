package io.tickethub.reconcile;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.channel.Digests;
import io.tickethub.connector.folder.ComparedField;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.reconcile.Drift.Right;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketJson;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import java.io.UncheckedIOException;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * Makes hub and system agree, by a message that goes the way of every other: it is durable when it
 * is put, takes effect once, and is found in the ticket's history. The messages of a run have names
 * made of run and ticket, so that the same repair put twice is one.
 */
final class Repairer {

  private final IntakeQueue queue;
  private final Identifiers identifiers;
  private final Sealer sealer;
  private final Clock clock;
  private final JsonMapper json = TicketJson.mapper();

  Repairer(IntakeQueue queue, Identifiers identifiers, Sealer sealer, Clock clock) {
    this.queue = queue;
    this.identifiers = identifiers;
    this.sealer = sealer;
    this.clock = clock;
  }

  /** Has repairs made; {@link #put} them all at once. */
  void put(List<IntakeMessage> repairs) {
    if (!repairs.isEmpty()) {
      queue.putAll(repairs);
    }
  }

  /**
   * The repair of differences of one ticket, all the same side taken.
   *
   * @param decided a person took the side, whatever the rules of ownership say
   */
  Optional<IntakeMessage> repair(List<Drift> drifts, Right side, boolean decided) {
    List<Change> changes = side == Right.HUB ? retellings(drifts) : adoption(drifts);
    if (changes.isEmpty()) {
      return Optional.empty();
    }
    Drift first = drifts.get(0);
    String name =
        "%s-%s-%s%s"
            .formatted(
                Identifiers.text(first.runId()),
                first.ticket(),
                side.text(),
                decided ? "-" + Identifiers.text(first.id()) : "");
    boolean byHub = side == Right.HUB || decided && first.ticketId() != null;
    return Optional.of(message(byHub ? TicketReference.HUB : first.connector(), name, changes));
  }

  private static List<Change> retellings(List<Drift> drifts) {
    Set<String> codes = new LinkedHashSet<>();
    for (Drift drift : drifts) {
      if (drift.code() != null) {
        codes.add(drift.code());
      }
    }
    List<Change> changes = new ArrayList<>();
    for (String code : codes) {
      Drift drift = drifts.get(0);
      changes.add(
          new Change.Retell(
              new TicketKey(null, drift.ticket(), null, null),
              null,
              drift.connector(),
              code,
              drift.version() + changes.size(),
              "reconciliation " + Identifiers.text(drift.runId())));
    }
    return changes;
  }

  private static List<Change> adoption(List<Drift> drifts) {
    Drift first = drifts.get(0);
    Statement said = first.statement();
    if (said == null) {
      return List.of();
    }
    Instant at = said.changedAt() == null ? first.asOf() : said.changedAt();
    if (first.kind() == Drift.Kind.UNKNOWN_TO_HUB) {
      return List.of(new Change.Open(said.ticket(), at, said.state(), said.content(), null));
    }
    TicketKey key = new TicketKey(null, first.ticket(), null, null);
    TicketState state = null;
    String owner = null;
    TicketContent content = TicketContent.EMPTY;
    for (Drift drift : drifts) {
      ComparedField field = ComparedField.named(drift.field()).orElseThrow();
      switch (field) {
        case STATE -> state = said.state();
        case OWNER -> owner = said.owner();
        default -> content = content.merge(field.of(said.content()));
      }
    }
    List<Change> changes = new ArrayList<>();
    String note = "reconciliation " + Identifiers.text(first.runId());
    if (owner != null) {
      changes.add(new Change.Transfer(key, at, owner, note));
    }
    if (state != null) {
      changes.add(new Change.StateChange(key, at, state, null, content, note));
    } else if (!content.equals(TicketContent.EMPTY)) {
      changes.add(new Change.Update(key, at, content, note));
    }
    return changes;
  }

  private IntakeMessage message(String system, String name, List<Change> changes) {
    try {
      byte[] body = json.writeValueAsBytes(changes.toArray(Change[]::new));
      return new IntakeMessage(
          identifiers.next(),
          system,
          Reconcile.LIST,
          name,
          SameIdOtherBytes.CONFLICT,
          Digests.sha256(body),
          Provenance.NONE,
          clock.instant(),
          changes,
          null,
          false,
          sealer.sealBytes(body),
          body.length);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
