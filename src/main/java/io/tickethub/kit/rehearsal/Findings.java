package io.tickethub.kit.rehearsal;

import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;

/** What a rehearsal has found so far. Thread-safe. */
final class Findings {

  private final Differences differences = new Differences();
  private final AffectedTickets tickets = new AffectedTickets();
  private final Map<String, Long> skipped = new TreeMap<>();
  private final AtomicLong compared = new AtomicLong();
  private final AtomicLong drifted = new AtomicLong();
  private final AtomicLong replayed = new AtomicLong();
  private final AtomicLong tooLong = new AtomicLong();
  private final AtomicLong deliveries = new AtomicLong();

  Differences differences() {
    return differences;
  }

  AffectedTickets tickets() {
    return tickets;
  }

  synchronized void skip(String reason) {
    skipped.merge(reason, 1L, Long::sum);
  }

  synchronized Map<String, Long> skipped() {
    return new TreeMap<>(skipped);
  }

  /** {@code drift}: the running version no longer decides as was decided at its receipt. */
  void compared(boolean drift) {
    compared.incrementAndGet();
    if (drift) {
      drifted.incrementAndGet();
    }
  }

  void replayed() {
    replayed.incrementAndGet();
  }

  void leftOut(long tickets) {
    tooLong.addAndGet(tickets);
  }

  void mappedAgain() {
    deliveries.incrementAndGet();
  }

  /** In numbers. */
  record Counts(
      long messagesCompared,
      long messagesDecidedOtherwiseAtReceipt,
      Map<String, Long> messagesSkipped,
      long ticketsReplayed,
      long ticketsLeftOut,
      long deliveriesMappedAgain) {}

  Counts counts() {
    return new Counts(
        compared.get(),
        drifted.get(),
        skipped(),
        replayed.get(),
        tooLong.get() + tickets.leftOut(),
        deliveries.get());
  }
}
