package io.tickethub.intake;

import io.tickethub.alert.Alerts;
import io.tickethub.journal.Sealer;
import jakarta.jms.ConnectionFactory;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;

/**
 * Where messages are safe: when {@code put} returns, they are fsynced. What many senders bring at
 * once is written together, so that they share an fsync. Thread-safe.
 */
public final class IntakeQueue implements AutoCloseable {

  static final String NAME = "hub.intake";

  private static final int WRITERS = 2;
  private static final int MOST_WAITING = 1_000;
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final IntakeCodec codec;
  private final IntakeWatch watch;
  private final BlockingQueue<Entry> entries = new ArrayBlockingQueue<>(MOST_WAITING);
  private final List<IntakeWriter> writers = new ArrayList<>();
  private volatile boolean closed;

  /** {@code connections} need no pool; {@code node} is this one's name. */
  public IntakeQueue(ConnectionFactory connections, Sealer sealer, Alerts alerts, String node) {
    this.codec = new IntakeCodec(sealer);
    this.watch = new IntakeWatch(alerts, node, () -> connections.createConnection().close());
    for (int number = 0; number < WRITERS; number++) {
      writers.add(new IntakeWriter(connections, codec, entries, watch, "intake-" + number));
    }
  }

  /**
   * Messages to be kept all or none, and what became of it.
   *
   * @param done ends with an {@link IntakeUnavailableException} if they could not be kept
   */
  record Entry(List<IntakeCodec.Encoded> messages, CompletableFuture<Void> done) {}

  /** Whether messages can be kept, as far as is known. */
  public boolean isAble() {
    return watch.isAble();
  }

  /** Keeps one message. */
  public void put(IntakeMessage message) {
    putAll(List.of(message));
  }

  /**
   * Keeps all of the messages or none.
   *
   * @throws IntakeUnavailableException if nothing is known of their being kept; whoever sent them
   *     has to send them again, and the ledger knows them if they were kept after all
   */
  public void putAll(List<IntakeMessage> messages) {
    Entry entry =
        new Entry(messages.stream().map(codec::encode).toList(), new CompletableFuture<>());
    try {
      long end = System.nanoTime() + PATIENCE.toNanos();
      if (closed || !entries.offer(entry, PATIENCE.toNanos(), TimeUnit.NANOSECONDS)) {
        throw new TimeoutException(closed ? "it is stopping" : "too much is waiting to be written");
      }
      entry.done().get(end - System.nanoTime(), TimeUnit.NANOSECONDS);
    } catch (ExecutionException e) {
      throw unavailable(e.getCause());
    } catch (TimeoutException e) {
      throw unavailable(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw unavailable(e);
    }
  }

  private static IntakeUnavailableException unavailable(Throwable cause) {
    String reason = cause.getMessage() == null ? "the broker does not answer" : cause.getMessage();
    return new IntakeUnavailableException("the hub cannot keep messages now: " + reason, cause);
  }

  /** Writes what waits; from now on nothing more is kept. */
  @Override
  public void close() {
    closed = true;
    writers.forEach(IntakeWriter::close);
    watch.close();
  }
}
