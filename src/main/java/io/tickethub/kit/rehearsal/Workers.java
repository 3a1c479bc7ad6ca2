package io.tickethub.kit.rehearsal;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;

/** The threads of one rehearsal: a bounded number of tasks at a time, the first failure stops. */
final class Workers implements AutoCloseable {

  private final ExecutorService threads;
  private final Deque<Future<?>> inFlight = new ArrayDeque<>();
  private final int most;

  Workers(int count) {
    AtomicInteger number = new AtomicInteger();
    threads =
        Executors.newFixedThreadPool(
            count,
            task -> {
              Thread thread = new Thread(task, "rehearsal-" + number.incrementAndGet());
              thread.setDaemon(true);
              return thread;
            });
    most = count + 1;
  }

  void submit(Runnable task) {
    while (inFlight.size() >= most) {
      await(inFlight.remove());
    }
    inFlight.add(threads.submit(task));
  }

  void finish() {
    while (!inFlight.isEmpty()) {
      await(inFlight.remove());
    }
  }

  private static void await(Future<?> future) {
    try {
      future.get();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new IllegalStateException("interrupted", e);
    } catch (ExecutionException e) {
      if (e.getCause() instanceof RuntimeException cause) {
        throw cause;
      }
      throw new IllegalStateException(e.getCause());
    }
  }

  @Override
  public void close() {
    threads.shutdownNow();
  }
}
