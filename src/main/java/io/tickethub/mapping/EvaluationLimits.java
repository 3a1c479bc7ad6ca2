package io.tickethub.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.concurrent.TimeUnit;

/**
 * Bounds one evaluation of an expression in depth and in the processor's time. A thread that has to
 * wait for a processor, or stands still with the whole machine, is not at fault: after half a
 * second by the clock it has half a second of the processor's time left.
 */
final class EvaluationLimits {

  private static final long NANOS = TimeUnit.MILLISECONDS.toNanos(500);
  private static final int DEEPEST = 200;
  private static final ThreadMXBean THREADS = ManagementFactory.getThreadMXBean();

  private final long begin = System.nanoTime();
  private long processorLimit = -1;
  private int depth;

  private EvaluationLimits() {}

  /** Watches over what is evaluated in this frame by the current thread. */
  static void watch(Jsonata.Frame frame) {
    EvaluationLimits limits = new EvaluationLimits();
    frame.setEvaluateEntryCallback(
        (symbol, input, inner) -> {
          limits.depth++;
          limits.check();
        });
    frame.setEvaluateExitCallback(
        (symbol, input, inner, result) -> {
          limits.depth--;
          limits.check();
        });
  }

  private void check() {
    if (depth > DEEPEST) {
      throw new JException("the expression is nested more than %d deep".formatted(DEEPEST), -1);
    }
    if (System.nanoTime() - begin < NANOS) {
      return;
    }
    long used = THREADS.getCurrentThreadCpuTime();
    if (processorLimit < 0) {
      processorLimit = used + NANOS;
    } else if (used > processorLimit) {
      throw new JException("the expression takes longer than a second: is it an endless loop?", -1);
    }
  }
}
