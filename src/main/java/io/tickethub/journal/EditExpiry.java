package io.tickethub.journal;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which message was made of which. */
final class EditExpiry implements Expiry {

  private static final int MOST = 500;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;

  EditExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "edits";
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
            delete from message_edit where edited in (
              select edited from message_edit where edited_at < ? limit ?)
            """,
            limit(),
            MOST);
    return new Step(removed, removed == MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            "select count(*) from (select from message_edit where edited_at < ? limit ?) d",
            Long.class,
            limit(),
            most);
    return due == null ? 0 : due;
  }
}
