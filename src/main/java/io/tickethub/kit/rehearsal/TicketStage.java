package io.tickethub.kit.rehearsal;

import io.tickethub.intake.ConnectorDirectory.Telling;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageHistory.Load;
import io.tickethub.kit.rehearsal.TicketReplay.Result;
import io.tickethub.kit.rehearsal.TicketReplay.Said;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Plays the tickets whose messages differ twice: all their stored messages, of every connector, as
 * the running versions read them, and with the changed version for the messages rehearsed.
 */
final class TicketStage {

  private static final int TICKETS = 25;
  private static final int MOST_MESSAGES = 1_000;
  private static final long MOST_BYTES = 8 << 20;
  private static final String UNKNOWN = "(new ticket)";

  private final RehearsalParts parts;
  private final Versions versions;
  private final TicketComparison comparison;
  private final Progress progress;
  private final Findings findings;
  private final Map<String, Optional<Reading>> readings = new ConcurrentHashMap<>();

  TicketStage(RehearsalParts parts, Versions versions, Progress progress, Findings findings) {
    this.parts = parts;
    this.versions = versions;
    this.progress = progress;
    this.findings = findings;
    String name = versions.span().connector();
    this.comparison =
        new TicketComparison(
            parts.masked(),
            (system, code) -> carries(versions.now(), name, system, code),
            (system, code) -> carries(versions.then(), name, system, code));
  }

  private boolean carries(Reading version, String name, String system, String code) {
    if (system.equals(name)) {
      return version.definition().channelFor(code).isPresent();
    }
    Telling telling = parts.connectors().telling(system, code);
    return telling == Telling.CARRIED || telling == Telling.WAITS;
  }

  void run(Workers workers) {
    List<Long> known = findings.tickets().known();
    List<List<Long>> unknown = findings.tickets().unknown();
    progress.begin("tickets", known.size() + unknown.size());
    for (int i = 0; i < known.size(); i += TICKETS) {
      List<Long> ids = known.subList(i, Math.min(i + TICKETS, known.size()));
      workers.submit(() -> playKnown(ids));
    }
    for (List<Long> messages : unknown) {
      workers.submit(() -> playUnknown(messages));
    }
    workers.finish();
  }

  /** Tickets as they are kept, and everything said of them. */
  private record Lives(
      Map<Long, Ticket> tickets,
      Map<Long, Map<String, String>> names,
      Map<Long, List<JournalEntry>> messages) {}

  private void playKnown(List<Long> ids) {
    progress.step(0);
    List<Long> batch = new ArrayList<>();
    long bytes = 0;
    int leftOut = ids.size();
    for (Load load : parts.reading().execute(status -> parts.messages().loads(ids))) {
      if (load.messages() > MOST_MESSAGES || load.bytes() > MOST_BYTES) {
        continue;
      }
      if (bytes + load.bytes() > MOST_BYTES) {
        play(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(load.ticketId());
      bytes += load.bytes();
      leftOut--;
    }
    play(batch);
    findings.leftOut(leftOut);
    progress.step(leftOut);
  }

  private void play(List<Long> ids) {
    Lives lives = parts.reading().execute(status -> load(ids));
    for (long id : ids) {
      Ticket ticket = lives.tickets().get(id);
      if (ticket != null) {
        Set<TicketReference> names = new HashSet<>();
        lives
            .names()
            .getOrDefault(id, Map.of())
            .forEach((scheme, value) -> names.add(new TicketReference(scheme, value)));
        play(id, ticket.number(), names, lives.messages().getOrDefault(id, List.of()));
      }
      progress.step(1);
    }
  }

  private Lives load(List<Long> ids) {
    Map<Long, List<JournalEntry>> messages = new HashMap<>();
    for (JournalEntry entry : parts.messages().ofTickets(ids)) {
      messages.computeIfAbsent(entry.ticketId(), any -> new ArrayList<>()).add(entry);
    }
    findings
        .tickets()
        .extraMessages(ids)
        .forEach(
            (id, extra) -> {
              if (!extra.isEmpty()) {
                List<JournalEntry> all = messages.computeIfAbsent(id, any -> new ArrayList<>());
                all.addAll(parts.messages().messages(extra.stream().limit(MOST_MESSAGES).toList()));
                all.sort(Comparator.comparingLong(JournalEntry::id));
              }
            });
    return new Lives(parts.tickets().load(ids), parts.references().of(ids), messages);
  }

  private void playUnknown(List<Long> ids) {
    progress.step(0);
    List<JournalEntry> messages =
        parts
            .reading()
            .execute(
                status -> parts.messages().messages(ids.stream().limit(MOST_MESSAGES).toList()));
    play(0, UNKNOWN, Set.of(), messages);
    progress.step(1);
  }

  private void play(
      long id, String number, Set<TicketReference> kept, List<JournalEntry> messages) {
    Map<Long, byte[]> bodies = parts.reading().execute(status -> parts.bodies().bodies(messages));
    if (!bodies.keySet().containsAll(messages.stream().map(JournalEntry::id).toList())) {
      findings.leftOut(1);
      return;
    }
    List<Said> before = new ArrayList<>();
    List<Said> after = new ArrayList<>();
    for (JournalEntry entry : messages) {
      byte[] body = bodies.get(entry.id());
      Origin origin =
          new Origin(entry.connector(), entry.channel(), entry.id(), entry.receivedAt());
      Outcome now = read(entry, body);
      boolean differs = versions.concerns(entry) && !findings.tickets().isUnaffected(entry.id());
      Outcome then = differs ? versions.then().of(entry, body) : now;
      add(before, origin, now);
      add(after, origin, then);
    }
    Set<TicketReference> names = new HashSet<>(kept);
    before.forEach(said -> TicketReplay.references(said).forEach(names::remove));
    names.addAll(hubNumber(kept));
    Result was = new TicketReplay(parts.rules(), id, number, names).of(before);
    Result is = new TicketReplay(parts.rules(), id, number, names).of(after);
    List<Difference> differences = comparison.compare(was, is);
    if (!differences.isEmpty()) {
      boolean unknown = number.equals(UNKNOWN);
      findings
          .differences()
          .add(unknown ? Identifiers.text(messages.get(0).id()) : number, differences);
    }
    findings.replayed();
  }

  private static List<TicketReference> hubNumber(Set<TicketReference> kept) {
    return kept.stream().filter(name -> name.scheme().equals(TicketReference.HUB)).toList();
  }

  private static void add(List<Said> life, Origin origin, Outcome outcome) {
    if (outcome.isTaken()) {
      life.add(new Said(origin, outcome.changes()));
    }
  }

  /** What does not come by a channel, or of a connector that does not run, is left out of both. */
  private Outcome read(JournalEntry entry, byte[] body) {
    if (entry.connector().equals(versions.span().connector())) {
      return versions.now().of(entry, body);
    }
    return readings
        .computeIfAbsent(
            entry.connector(),
            name ->
                parts
                    .running()
                    .apply(name)
                    .map(definition -> new Reading(definition, parts.admission())))
        .map(reading -> reading.of(entry, body))
        .orElseGet(
            () -> Outcome.refused(Problem.of(ProblemCode.MAPPING, "its connector does not run")));
  }
}
