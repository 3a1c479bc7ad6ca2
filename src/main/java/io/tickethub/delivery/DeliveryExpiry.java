package io.tickethub.delivery;

import io.tickethub.journal.Identifiers;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Finished deliveries, oldest first; how many there were is left with their ticket. What is
 * pending, under way or dead stays.
 */
final class DeliveryExpiry implements Expiry {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;
  private long looked;

  DeliveryExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "deliveries";
  }

  @Override
  public Duration kept() {
    return properties.deliveries();
  }

  @Override
  public void begin() {
    looked = 0;
  }

  private Instant limit() {
    return clock.instant().minus(kept());
  }

  @Override
  public Step step() {
    Instant limit = limit();
    return jdbc.queryForObject(
        """
        with page as materialized (
          select id from delivery where id > ? and id < ?
            and state in ('delivered', 'discarded') and coalesce(finished_at, created_at) < ?
          order by id limit ? for update skip locked),
        gone as (
          delete from delivery d using page p where d.id = p.id
          returning d.ticket_id, d.connector, d.state, coalesce(d.finished_at, d.created_at) as at),
        left_over as (
          insert into delivery_past (ticket_id, connector, delivered, discarded, finished_at)
          select ticket_id, connector, count(*) filter (where state = 'delivered'),
            count(*) filter (where state = 'discarded'), max(at)
          from gone group by ticket_id, connector
          on conflict (ticket_id, connector) do update set
            delivered = delivery_past.delivered + excluded.delivered,
            discarded = delivery_past.discarded + excluded.discarded,
            finished_at = greatest(delivery_past.finished_at, excluded.finished_at))
        select (select count(*) from gone), max(id) from page
        """,
        (row, number) -> {
          long removed = row.getLong(1);
          looked = row.getLong(2);
          return new Step(removed, removed > 0);
        },
        looked,
        Identifiers.firstOf(limit),
        Timestamp.from(limit),
        MOST);
  }

  @Override
  public long due(long most) {
    Instant limit = limit();
    Long due =
        jdbc.queryForObject(
            """
            select count(*) from (
              select from delivery where id < ? and state in ('delivered', 'discarded')
                and coalesce(finished_at, created_at) < ? limit ?) d
            """,
            Long.class,
            Identifiers.firstOf(limit),
            Timestamp.from(limit),
            most);
    return due == null ? 0 : due;
  }
}
