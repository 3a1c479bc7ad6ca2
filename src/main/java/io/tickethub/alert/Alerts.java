package io.tickethub.alert;

import java.time.Clock;
import java.util.ArrayDeque;
import java.util.Comparator;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.TransactionException;

/**
 * The alerts of this node. Opening one that is open and closing one that is not does nothing, and
 * neither waits for the database: an alert may be about it. Thread-safe.
 */
public final class Alerts implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Alerts.class);
  private static final int MOST_UNWRITTEN = 1_000;
  private static final long REFRESH_SECONDS = 5;

  private final Map<Key, Alert> open = new ConcurrentHashMap<>();
  private final Deque<Alert> unwritten = new ArrayDeque<>();
  private final AlertStore store;
  private final Clock clock;
  private volatile boolean begun;
  private final ScheduledExecutorService writer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "alerts"));

  private record Key(AlertKind kind, String subject) {}

  /** Alerts that are in this memory only. */
  public Alerts(JdbcTemplate jdbc, Clock clock) {
    this.store = new AlertStore(jdbc);
    this.clock = clock;
  }

  /**
   * From now on they are written down, and those of other nodes and of earlier runs are known.
   * Reading them again and again lets the node that sees the end close what another opened.
   */
  void begin() {
    begun = true;
    refresh();
    writer.scheduleWithFixedDelay(
        this::refresh, REFRESH_SECONDS, REFRESH_SECONDS, TimeUnit.SECONDS);
  }

  private void refresh() {
    try {
      writeAll();
      Map<Key, Alert> known = new HashMap<>();
      for (Alert alert : store.list(false, MOST_UNWRITTEN)) {
        known.put(new Key(alert.kind(), alert.subject()), alert);
      }
      synchronized (unwritten) {
        if (unwritten.isEmpty()) {
          open.keySet().retainAll(known.keySet());
          known.forEach(open::putIfAbsent);
        }
      }
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("alerts of other nodes are not known now: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("reading the alerts of other nodes failed, trying again", e);
    }
  }

  /** Something has begun that a person has to know; {@code cause} holds no personal data. */
  public void open(AlertKind kind, String subject, String cause) {
    Alert alert = new Alert(kind, subject, cause, clock.instant(), null, null);
    synchronized (unwritten) {
      if (open.putIfAbsent(new Key(kind, subject), alert) != null) {
        return;
      }
      keep(alert);
    }
    LOG.error("alert: {} {}: {}", kind.text(), subject, cause);
    write();
  }

  /** It is over. */
  public void close(AlertKind kind, String subject, String end) {
    if (open.isEmpty()) {
      return;
    }
    synchronized (unwritten) {
      Alert alert = open.remove(new Key(kind, subject));
      if (alert == null) {
        return;
      }
      keep(new Alert(kind, subject, alert.cause(), alert.openedAt(), clock.instant(), end));
    }
    LOG.warn("alert over: {} {}: {}", kind.text(), subject, end);
    write();
  }

  /** Whether one is open on this node. */
  public boolean isOpen(AlertKind kind, String subject) {
    return open.containsKey(new Key(kind, subject));
  }

  /** What is open on this node, the newest first. */
  public List<Alert> open() {
    return open.values().stream().sorted(Comparator.comparing(Alert::openedAt).reversed()).toList();
  }

  /**
   * Those of all nodes, the newest first; without the database, what is open on this node.
   *
   * @param closedToo those too that are over
   */
  public List<Alert> list(boolean closedToo, int most) {
    try {
      return store.list(closedToo, most);
    } catch (DataAccessException e) {
      LOG.debug("alerts are listed from memory: {}", e.getMessage());
      return open().stream().limit(most).toList();
    }
  }

  private void keep(Alert alert) {
    if (begun) {
      if (unwritten.size() == MOST_UNWRITTEN) {
        unwritten.removeFirst();
      }
      unwritten.addLast(alert);
    }
  }

  private void write() {
    if (begun) {
      writer.execute(this::writeSoon);
    }
  }

  private void writeSoon() {
    try {
      writeAll();
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("alerts wait to be written: {}", e.getMessage());
    }
  }

  private void writeAll() {
    for (Alert next = first(); next != null; next = first()) {
      if (next.isOpen()) {
        store.open(next);
      } else {
        store.close(next);
      }
      synchronized (unwritten) {
        unwritten.remove(next);
      }
    }
  }

  private Alert first() {
    synchronized (unwritten) {
      return unwritten.peekFirst();
    }
  }

  @Override
  public void close() throws InterruptedException {
    writer.shutdown();
    writer.awaitTermination(5, TimeUnit.SECONDS);
  }
}
