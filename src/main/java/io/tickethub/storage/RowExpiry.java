package io.tickethub.storage;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Single rows of a table that expire by a time they hold, 500 a step. */
public final class RowExpiry implements Expiry {

  private static final int MOST = 500;

  private final String what;
  private final Duration kept;
  private final String remove;
  private final String count;
  private final JdbcTemplate jdbc;
  private final Clock clock;

  /**
   * Which rows. All of it is part of a statement and comes from the source, never from outside.
   *
   * @param table their table
   * @param key its primary key, of one column
   * @param expired which of them may go: a condition with one parameter, the time before which they
   *     expire; an index finds them, or the table is small
   */
  public record Rows(String table, String key, String expired) {}

  /** {@code what} as {@link Expiry#what}, {@code kept} as {@link Expiry#kept}. */
  public RowExpiry(String what, Rows rows, Duration kept, JdbcTemplate jdbc, Clock clock) {
    this.what = what;
    this.kept = kept;
    this.remove =
        "delete from %1$s where %2$s in (select %2$s from %1$s where %3$s limit ?)"
            .formatted(rows.table(), rows.key(), rows.expired());
    this.count =
        "select count(*) from (select from %s where %s limit ?) expired"
            .formatted(rows.table(), rows.expired());
    this.jdbc = jdbc;
    this.clock = clock;
  }

  @Override
  public String what() {
    return what;
  }

  @Override
  public Duration kept() {
    return kept;
  }

  private Timestamp limit() {
    return Timestamp.from(clock.instant().minus(kept));
  }

  @Override
  public Step step() {
    int removed = jdbc.update(remove, limit(), MOST);
    return new Step(removed, removed == MOST);
  }

  @Override
  public long due(long most) {
    Long due = jdbc.queryForObject(count, Long.class, limit(), most);
    return due == null ? 0 : due;
  }
}
