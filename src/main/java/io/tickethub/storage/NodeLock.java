package io.tickethub.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import javax.sql.DataSource;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A lock that one node of a cluster holds, and that dies with it: it belongs to a database session.
 * Thread-safe.
 */
public final class NodeLock implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(NodeLock.class);
  private static final Duration CHECK = Duration.ofSeconds(2);

  private final DataSource dataSource;
  private final long number;
  private final String purpose;
  private final InstantSource clock;
  private Connection session;
  private boolean held;
  private Instant checkedAt = Instant.MIN;

  /** {@code purpose} names what only one node may do. */
  public NodeLock(DataSource dataSource, String purpose, InstantSource clock) {
    this.dataSource = dataSource;
    this.purpose = purpose;
    this.number = purpose.hashCode();
    this.clock = clock;
  }

  /**
   * Whether this node holds the lock, taking it if it is free. Without the database nobody is sure
   * to hold it.
   */
  public synchronized boolean isHeld() {
    Instant now = clock.instant();
    if (now.isBefore(checkedAt.plus(CHECK))) {
      return held;
    }
    checkedAt = now;
    try {
      if (held && session.isValid((int) CHECK.toSeconds())) {
        return true;
      }
      release();
      session = dataSource.getConnection();
      held = tryLock();
      if (held) {
        LOG.info("this node has the turn for {}", purpose);
      } else {
        release();
      }
    } catch (SQLException e) {
      LOG.debug("the turn for {} is not known: {}", purpose, e.getMessage());
      release();
    }
    return held;
  }

  private boolean tryLock() throws SQLException {
    try (PreparedStatement statement = session.prepareStatement("select pg_try_advisory_lock(?)")) {
      statement.setLong(1, number);
      try (ResultSet result = statement.executeQuery()) {
        return result.next() && result.getBoolean(1);
      }
    }
  }

  /** A pool gets its session back, without the lock. */
  private void release() {
    boolean locked = held;
    held = false;
    if (session == null) {
      return;
    }
    try (Connection ended = session) {
      if (locked) {
        unlock(ended);
      }
    } catch (SQLException e) {
      LOG.debug("the session of the lock for {} was gone already", purpose);
    } finally {
      session = null;
    }
  }

  /** A session that may have kept the lock must not be anybody's again. */
  private void unlock(Connection ended) throws SQLException {
    try (PreparedStatement statement = ended.prepareStatement("select pg_advisory_unlock(?)")) {
      statement.setLong(1, number);
      statement.execute();
    } catch (SQLException e) {
      ended.abort(Runnable::run);
      throw e;
    }
  }

  @Override
  public synchronized void close() {
    release();
  }
}
