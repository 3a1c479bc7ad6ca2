package io.tickethub.storage;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Semaphore;
import java.util.concurrent.TimeUnit;
import java.util.function.BooleanSupplier;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * A thread that does what the database has for this node, again and again: at once when somebody
 * says that there is something new, and otherwise now and then. It outlives every failure.
 */
public final class WorkLoop implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(WorkLoop.class);
  private static final Duration PATIENCE = Duration.ofSeconds(10);

  private final Duration whileBusy;
  private final Duration whileIdle;
  private final BooleanSupplier work;
  private final Semaphore wake = new Semaphore(0);
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread;

  /**
   * @param name of the thread
   * @param whileBusy the rest after a turn that found something to do
   * @param whileIdle the rest after one that found nothing, or failed
   * @param work one turn; true if there was something to do
   */
  public WorkLoop(String name, Duration whileBusy, Duration whileIdle, BooleanSupplier work) {
    this.whileBusy = whileBusy;
    this.whileIdle = whileIdle;
    this.work = work;
    this.thread = new Thread(this::run, name);
  }

  public void start() {
    thread.start();
  }

  /** There is something new. */
  public void signal() {
    wake.release();
  }

  private void run() {
    try {
      while (stopping.getCount() > 0) {
        wake.drainPermits();
        Duration rest = turn() ? whileBusy : whileIdle;
        wake.tryAcquire(rest.toMillis(), TimeUnit.MILLISECONDS);
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private boolean turn() {
    try {
      return work.getAsBoolean();
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("{} has to wait for the database: {}", thread.getName(), e.getMessage());
    } catch (RuntimeException | Error e) {
      LOG.error("{} stumbled, trying again", thread.getName(), e);
    }
    return false;
  }

  /** Lets the turn under way end. */
  @Override
  public void close() {
    stopping.countDown();
    wake.release();
    try {
      thread.join(PATIENCE.toMillis());
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
