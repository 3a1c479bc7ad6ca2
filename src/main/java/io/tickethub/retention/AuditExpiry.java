package io.tickethub.retention;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who did what. Its identifiers grow with time, so it is read from its beginning only. */
final class AuditExpiry implements Expiry {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;

  AuditExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "audit";
  }

  @Override
  public Duration kept() {
    return properties.audit();
  }

  private Timestamp limit() {
    return Timestamp.from(clock.instant().minus(kept()));
  }

  @Override
  public Step step() {
    int removed =
        jdbc.update(
            """
            delete from audit where at < ? and id in (select id from audit order by id limit ?)
            """,
            limit(),
            MOST);
    return new Step(removed, removed == MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            """
            select count(*) from (select at from audit order by id limit ?) a where at < ?
            """,
            Long.class,
            most,
            limit());
    return due == null ? 0 : due;
  }
}
