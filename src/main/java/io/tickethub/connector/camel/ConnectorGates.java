package io.tickethub.connector.camel;

import java.time.Duration;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.ReentrantReadWriteLock;

/**
 * Where web requests for a connector wait while it is swapped. Those on their way through end
 * before the swap.
 */
public final class ConnectorGates {

  private static final Duration PATIENCE = Duration.ofSeconds(10);
  private static final Duration DRAIN = Duration.ofSeconds(20);

  /** A connector that swaps for long must not take the web server's threads from the others. */
  private static final int MOST_WAITING = 40;

  private final Map<String, ReentrantReadWriteLock> gates = new ConcurrentHashMap<>();
  private final Semaphore waiting = new Semaphore(MOST_WAITING);

  /** The right to be in; ends when closed. */
  public interface Passage extends AutoCloseable {
    @Override
    void close();
  }

  /** Null if the connector is being swapped and it takes too long. */
  Passage enter(String connector) throws InterruptedException {
    ReentrantReadWriteLock gate = gates.get(connector);
    if (gate == null) {
      return () -> {};
    }
    ReentrantReadWriteLock.ReadLock lock = gate.readLock();
    return isOpen(gate) && lock.tryLock() || waitFor(lock) ? lock::unlock : null;
  }

  /** Nobody overtakes a swap that waits for the last request to end. */
  private static boolean isOpen(ReentrantReadWriteLock gate) {
    return !gate.isWriteLocked() && !gate.hasQueuedThreads();
  }

  private boolean waitFor(ReentrantReadWriteLock.ReadLock lock) throws InterruptedException {
    if (!waiting.tryAcquire()) {
      return false;
    }
    try {
      return lock.tryLock(PATIENCE.toMillis(), TimeUnit.MILLISECONDS);
    } finally {
      waiting.release();
    }
  }

  /** Closes a gate, waits for who is in, and opens it after the action. */
  public void closedDuring(String connector, Runnable action) {
    ReentrantReadWriteLock.WriteLock lock =
        gates.computeIfAbsent(connector, name -> new ReentrantReadWriteLock()).writeLock();
    boolean locked = false;
    try {
      locked = lock.tryLock(DRAIN.toMillis(), TimeUnit.MILLISECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    try {
      action.run();
    } finally {
      if (locked) {
        lock.unlock();
      }
    }
  }
}
