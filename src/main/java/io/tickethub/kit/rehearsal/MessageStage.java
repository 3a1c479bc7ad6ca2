package io.tickethub.kit.rehearsal;

import io.tickethub.connector.channel.Digests;
import io.tickethub.intake.Naming;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageHistory.Span;
import io.tickethub.journal.MessageHistory.Weight;
import io.tickethub.journal.MessageStatus;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketReference;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Has both versions read each stored message, and notes which tickets that would change. */
final class MessageStage {

  private static final int PAGE = 5_000;
  private static final int MOST_MESSAGES = 250;
  private static final long MOST_BYTES = 4 << 20;
  private static final int MOST_IDS = 200_000;

  /** What the hub found before a mapping was asked. */
  private static final Set<ProblemCode> NOT_OF_THE_MAPPING =
      EnumSet.of(
          ProblemCode.TOO_LARGE,
          ProblemCode.REPEATED_KEY,
          ProblemCode.REPEATED_ID,
          ProblemCode.HEADER,
          ProblemCode.FILE_NAME,
          ProblemCode.UNAUTHENTICATED,
          ProblemCode.FORBIDDEN);

  private final RehearsalParts parts;
  private final Versions versions;
  private final MessageComparison comparison;
  private final Progress progress;
  private final Findings findings;
  private final Map<Long, Long> newIds = new ConcurrentHashMap<>();

  MessageStage(RehearsalParts parts, Versions versions, Progress progress, Findings findings) {
    this.parts = parts;
    this.versions = versions;
    this.comparison = new MessageComparison(parts.masked());
    this.progress = progress;
    this.findings = findings;
  }

  void run(Workers workers) {
    Span span = versions.span();
    progress.begin("messages", parts.reading().execute(status -> parts.messages().count(span)));
    long from = span.first();
    while (true) {
      long next = from;
      List<Weight> page =
          parts.reading().execute(status -> parts.messages().next(span, next, PAGE));
      if (page.isEmpty()) {
        break;
      }
      split(page).forEach(ids -> workers.submit(() -> read(ids)));
      from = page.get(page.size() - 1).id() + 1;
    }
    workers.finish();
  }

  /** So that what is in memory at a time is bounded, however large the messages. */
  private static List<List<Long>> split(List<Weight> page) {
    List<List<Long>> batches = new ArrayList<>();
    List<Long> batch = new ArrayList<>();
    long bytes = 0;
    for (Weight message : page) {
      if (!batch.isEmpty()
          && (batch.size() == MOST_MESSAGES || bytes + message.size() > MOST_BYTES)) {
        batches.add(batch);
        batch = new ArrayList<>();
        bytes = 0;
      }
      batch.add(message.id());
      bytes += message.size();
    }
    batches.add(batch);
    return batches;
  }

  private void read(List<Long> ids) {
    progress.step(0);
    List<JournalEntry> entries = parts.reading().execute(status -> parts.messages().messages(ids));
    Map<Long, byte[]> bodies = parts.reading().execute(status -> parts.bodies().bodies(entries));
    List<Ticketless> ticketless = new ArrayList<>();
    for (JournalEntry entry : entries) {
      compare(entry, bodies.get(entry.id()), ticketless);
      progress.step(1);
    }
    settle(ticketless);
  }

  /** A message whose ticket the journal does not tell. */
  private record Ticketless(long id, Change change, boolean affected) {}

  private void compare(JournalEntry entry, byte[] body, List<Ticketless> ticketless) {
    if (entry.problem() != null && NOT_OF_THE_MAPPING.contains(entry.problem().code())) {
      findings.skip("refused before its mapping: " + entry.problem().code().code());
      return;
    }
    if (!versions.now().hasChannel(entry.channel())) {
      findings.skip("no message of a channel: answers to deliveries, channels that are gone");
      return;
    }
    if (body == null) {
      findings.skip("its body expired (retention of the connector)");
      return;
    }
    Outcome before = versions.now().of(entry, body);
    Outcome after = versions.then().of(entry, body);
    findings.compared(before.isTaken() != (entry.status() != MessageStatus.REJECTED));
    List<Difference> differences = comparison.compare(entry.channel(), before, after);
    boolean affected =
        before.isTaken() != after.isTaken() || !before.changes().equals(after.changes());
    if (affected) {
      findings.tickets().differs(entry.id());
    }
    if (!differences.isEmpty()) {
      differences = withRepetition(entry.channel(), before, after, differences);
      findings.differences().add(Identifiers.text(entry.id()), differences);
    }
    if (entry.ticketId() != null) {
      if (affected) {
        findings.tickets().add(entry.ticketId());
      }
    } else if (after.isTaken() || before.isTaken()) {
      Change first = (after.isTaken() ? after : before).changes().get(0);
      if (first.ticket().customer() == null) {
        ticketless.add(new Ticketless(entry.id(), first, affected));
      }
    }
  }

  private List<Difference> withRepetition(
      String channel, Outcome before, Outcome after, List<Difference> differences) {
    boolean otherId =
        before.isTaken() && after.isTaken() && !before.messageId().equals(after.messageId());
    if (!otherId || newIds.size() >= MOST_IDS) {
      return differences;
    }
    long old = digest(channel, before.messageId());
    Long user = newIds.putIfAbsent(digest(channel, after.messageId()), old);
    if (user == null || user == old) {
      return differences;
    }
    List<Difference> more = new ArrayList<>(differences);
    more.add(
        new Difference(
            Kind.REPETITION, channel, "message id", before.messageId(), after.messageId()));
    return more;
  }

  private static long digest(String channel, String id) {
    return ByteBuffer.wrap(Digests.sha256((channel + "\n" + id).getBytes(StandardCharsets.UTF_8)))
        .getLong();
  }

  private void settle(List<Ticketless> ticketless) {
    if (ticketless.isEmpty()) {
      return;
    }
    String system = versions.now().definition().name();
    Map<TicketReference, Long> known =
        parts
            .reading()
            .execute(
                status ->
                    parts
                        .references()
                        .resolve(
                            ticketless.stream()
                                .flatMap(
                                    message ->
                                        Naming.references(system, message.change().ticket())
                                            .stream())
                                .toList()));
    for (Ticketless message : ticketless) {
      Optional<Long> ticket =
          Naming.references(system, message.change().ticket()).stream()
              .map(known::get)
              .filter(Objects::nonNull)
              .findFirst();
      if (ticket.isEmpty()) {
        findings
            .tickets()
            .addUnknown(message.change().ticket().orderingText(), message.id(), message.affected());
      } else if (message.affected()) {
        findings.tickets().add(ticket.get(), message.id());
      }
    }
  }
}
