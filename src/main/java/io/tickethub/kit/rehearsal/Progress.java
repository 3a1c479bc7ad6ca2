package io.tickethub.kit.rehearsal;

import java.util.concurrent.CancellationException;
import java.util.concurrent.atomic.AtomicLong;

/** How far a rehearsal has come, and whether it is still wanted. Thread-safe. */
final class Progress {

  private final AtomicLong done = new AtomicLong();
  private volatile String stage = "messages";
  private volatile long total;
  private volatile boolean cancelled;

  void begin(String newStage, long newTotal) {
    stage = newStage;
    total = newTotal;
    done.set(0);
  }

  /** Throws {@link CancellationException} once nobody wants to know any more. */
  void step(long items) {
    done.addAndGet(items);
    if (cancelled) {
      throw new CancellationException("cancelled");
    }
  }

  void cancel() {
    cancelled = true;
  }

  boolean isCancelled() {
    return cancelled;
  }

  String stage() {
    return stage;
  }

  long done() {
    return done.get();
  }

  long total() {
    return total;
  }
}
