package io.tickethub.tmf;

import io.tickethub.connector.channel.Digests;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.intake.Pipeline;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.ticket.Change;
import io.tickethub.trace.Step;
import io.tickethub.trace.Tracing;
import java.time.Clock;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Brings the changes of a request the way of every message: kept on disk, then applied; and waits
 * for what became of it. Thread-safe.
 */
final class TicketSubmission {

  static final String CHANNEL = "tmf621";
  static final String METHOD = "tmf621-method";

  /** Another node may apply the message: then nobody wakes who waits here. */
  private static final Duration LOOK = Duration.ofMillis(300);

  private final IntakeQueue queue;
  private final MessageLedger ledger;
  private final MessageJournal journal;
  private final Identifiers identifiers;
  private final Sealer sealer;
  private final Tracing tracing;
  private final Clock clock;
  private final Duration patience;
  private final Map<Long, CompletableFuture<Void>> waiting = new ConcurrentHashMap<>();

  TicketSubmission(
      IntakeQueue queue,
      MessageLedger ledger,
      MessageJournal journal,
      Identifiers identifiers,
      Sealer sealer,
      Pipeline pipeline,
      Tracing tracing,
      Clock clock,
      Duration patience) {
    this.queue = queue;
    this.ledger = ledger;
    this.journal = journal;
    this.identifiers = identifiers;
    this.sealer = sealer;
    this.tracing = tracing;
    this.clock = clock;
    this.patience = patience;
    pipeline.watch(this::wake);
  }

  private void wake(long message) {
    CompletableFuture<Void> sleeper = waiting.get(message);
    if (sleeper != null) {
      sleeper.complete(null);
    }
  }

  /**
   * A request as a message.
   *
   * @param id the sender's id of it: the same id and body are the same request
   * @param trace its {@code traceparent}, unchecked; null for none
   */
  record Request(
      long messageId, String system, String id, String method, byte[] body, String trace) {
    private MessageLedger.Key key() {
      return new MessageLedger.Key(system, CHANNEL, id);
    }
  }

  /** A number for the next message. */
  long nextId() {
    return identifiers.next();
  }

  /** What became of a message that took effect. */
  record Applied(long messageId, long ticketId) {}

  /**
   * What became of the same request, if it came before.
   *
   * @throws TmfException if its id was used for another one
   */
  boolean cameBefore(Request request) {
    MessageLedger.Seen seen = ledger.find(List.of(request.key())).get(request.key());
    if (seen != null && !Arrays.equals(seen.digest(), Digests.sha256(request.body()))) {
      throw TmfException.conflict(
          "the same Idempotency-Key, externalId or external identifier was used before for other content");
    }
    return seen != null;
  }

  /**
   * Keeps a request and waits for it to take effect.
   *
   * @return empty if it is kept, but has not taken effect in time
   */
  Optional<Applied> submit(Request request, List<Change> changes) {
    CompletableFuture<Void> woken = new CompletableFuture<>();
    waiting.put(request.messageId(), woken);
    try {
      keep(request, changes);
      return await(request, woken);
    } finally {
      waiting.remove(request.messageId());
    }
  }

  private void keep(Request request, List<Change> changes) {
    Step step =
        tracing
            .receive(request.trace())
            .with("hub.connector", request.system())
            .with("hub.channel", CHANNEL);
    try (Step.Current current = step.makeCurrent()) {
      queue.put(
          new IntakeMessage(
              request.messageId(),
              request.system(),
              CHANNEL,
              request.id(),
              SameIdOtherBytes.CONFLICT,
              Digests.sha256(request.body()),
              new Provenance(
                  Map.of(METHOD, request.method()), null, null, null, null, step.context()),
              clock.instant(),
              changes,
              null,
              false,
              sealer.sealBytes(request.body()),
              request.body().length));
      step.end();
    } catch (IntakeUnavailableException e) {
      step.fail("unavailable");
      throw e;
    }
  }

  /** Who was woken and finds nothing yet looks again now and then. */
  private Optional<Applied> await(Request request, CompletableFuture<Void> woken) {
    long end = System.nanoTime() + patience.toNanos();
    CompletableFuture<Void> never = new CompletableFuture<>();
    int looked = 0;
    while (true) {
      boolean last = sleep(woken.isDone() && looked++ > 0 ? never : woken, end);
      Optional<Applied> applied = result(request);
      if (applied.isPresent() || last) {
        return applied;
      }
    }
  }

  /** True if there is no time left. */
  private static boolean sleep(CompletableFuture<Void> woken, long end) {
    long left = end - System.nanoTime();
    try {
      woken.get(Math.max(0, Math.min(left, LOOK.toNanos())), TimeUnit.NANOSECONDS);
      return left <= 0;
    } catch (TimeoutException e) {
      return left <= LOOK.toNanos();
    } catch (ExecutionException e) {
      throw new IllegalStateException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return true;
    }
  }

  /** What became of a request; empty if nothing is known yet. */
  Optional<Applied> result(Request request) {
    if (!cameBefore(request)) {
      return Optional.empty();
    }
    long messageId = ledger.find(List.of(request.key())).get(request.key()).messageId();
    JournalEntry entry = journal.find(messageId).orElse(null);
    if (entry == null) {
      return Optional.empty();
    }
    if (entry.status() != MessageStatus.APPLIED) {
      throw TmfException.conflict(
          "the change could not be applied (%s); message %s is kept for a person to look at"
              .formatted(entry.status().text(), Identifiers.text(messageId)));
    }
    return Optional.of(new Applied(messageId, entry.ticketId()));
  }
}
