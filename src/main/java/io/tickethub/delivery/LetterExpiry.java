package io.tickethub.delivery;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters that a person has closed. */
final class LetterExpiry implements Expiry {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;

  LetterExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "closed dead letters";
  }

  @Override
  public Duration kept() {
    return properties.deliveries();
  }

  private Timestamp limit() {
    return Timestamp.from(clock.instant().minus(kept()));
  }

  @Override
  public Step step() {
    int removed =
        jdbc.update(
            """
            delete from dead_letter where id in (
              select id from dead_letter where closed_at < ? order by closed_at limit ?)
            """,
            limit(),
            MOST);
    return new Step(removed, removed == MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            "select count(*) from (select from dead_letter where closed_at < ? limit ?) d",
            Long.class,
            limit(),
            most);
    return due == null ? 0 : due;
  }
}
