package io.tickethub.plan;

import io.tickethub.storage.ArrayStatement;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Collection;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which tickets plans have made. */
final class OccurrenceStore {

  private static final ArrayStatement KEEP =
      ArrayStatement.of(
          """
          insert into plan_occurrence (plan, subject, due, made, at)
          select * from {rows} on conflict do nothing
          """,
          "text",
          "text",
          "timestamptz",
          "boolean",
          "timestamptz");

  private final JdbcTemplate jdbc;

  OccurrenceStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** One subject's turn. */
  record Key(String subject, Instant due) {}

  /** What was settled of a plan since an instant. */
  Set<Key> settled(String plan, Instant since) {
    return new HashSet<>(
        jdbc.query(
            "select subject, due from plan_occurrence where plan = ? and due >= ?",
            (row, number) -> new Key(row.getString(1), row.getTimestamp(2).toInstant()),
            plan,
            Timestamp.from(since)));
  }

  void keep(String plan, Collection<Key> keys, boolean made, Instant at) {
    List<Object[]> rows =
        keys.stream().map(key -> new Object[] {plan, key.subject(), key.due(), made, at}).toList();
    KEEP.update(jdbc, rows);
  }

  /** When the plan last made a ticket. */
  Optional<Instant> lastMade(String plan) {
    Timestamp last =
        jdbc.queryForObject(
            "select max(due) from plan_occurrence where plan = ? and made", Timestamp.class, plan);
    return Optional.ofNullable(last).map(Timestamp::toInstant);
  }

  /** How many of a plan's turns were too late to be made. */
  long missed(String plan) {
    Long missed =
        jdbc.queryForObject(
            "select count(*) from plan_occurrence where plan = ? and not made", Long.class, plan);
    return missed == null ? 0 : missed;
  }

  /** Lets go of what was settled long ago. */
  void forget(Instant before) {
    jdbc.update("delete from plan_occurrence where due < ?", Timestamp.from(before));
  }
}
