package io.tickethub.kit.contract;

import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for a condition, but never for ever. */
final class Await {

  private static final Duration PATIENCE = Duration.ofSeconds(15);
  private static final Duration STEP = Duration.ofMillis(25);

  private Await() {}

  /** Throws {@link BrokenContractException} naming {@code what} if it does not come true. */
  static void until(String what, BooleanSupplier condition) {
    until(() -> what, condition);
  }

  static void until(Supplier<String> what, BooleanSupplier condition) {
    long start = System.nanoTime();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new BrokenContractException(
            "waited %d s in vain until %s".formatted(PATIENCE.toSeconds(), what.get()));
      }
      if (Thread.currentThread().isInterrupted()) {
        throw new BrokenContractException("interrupted while waiting until " + what.get());
      }
      LockSupport.parkNanos(STEP.toNanos());
    }
  }
}
