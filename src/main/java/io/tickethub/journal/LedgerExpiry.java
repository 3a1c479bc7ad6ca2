package io.tickethub.journal;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * The ledger goes with the rows of its messages, so that it needs no index by time. What waits for
 * a person or a ticket stays.
 */
final class LedgerExpiry implements Expiry {

  private static final int MOST = 500;

  private static final String NOT_NEEDED =
      """
      m.status <> 'waiting' and not exists (
        select from dead_letter l where l.message_id = m.id and l.closed_at is null)
      """;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;
  private long looked;

  LedgerExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "messages and ledger";
  }

  @Override
  public Duration kept() {
    return properties.ledger();
  }

  @Override
  public void begin() {
    looked = 0;
  }

  private long limit() {
    return Identifiers.firstOf(clock.instant().minus(kept()));
  }

  @Override
  public Step step() {
    return jdbc.queryForObject(
        """
        with page as materialized (
          select * from (select id, connector, channel, external_id, status from message
            where id > ? and id < ? order by id limit ?) m),
        expired as materialized (select * from page m where %s),
        forgotten as (
          delete from message_ledger l using expired e
          where l.connector = e.connector and l.channel = e.channel
            and l.external_id = e.external_id and l.message_id = e.id),
        gone as (delete from message m using expired e where m.id = e.id returning m.id)
        select (select count(*) from gone), count(*), max(id) from page
        """
            .formatted(NOT_NEEDED),
        (row, number) -> {
          looked = row.getLong(2) == 0 ? 0 : row.getLong(3);
          return new Step(row.getLong(1), row.getLong(2) == MOST);
        },
        looked,
        limit(),
        MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            "select count(*) from (select from message m where m.id < ? and %s limit ?) d"
                .formatted(NOT_NEEDED),
            Long.class,
            limit(),
            most);
    return due == null ? 0 : due;
  }
}
