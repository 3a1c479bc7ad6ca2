package io.tickethub.notice;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages of alerts that nobody waits for any more. */
final class NoticeExpiry implements Expiry {

  private static final int MOST = 500;

  private static final String EXPIRED =
      """
      select id from alert_message m where made_at < ?
        and not exists (select from alert_notice n where n.message_id = m.id and n.state = 'waiting')
      order by id limit ?
      """;

  private final JdbcTemplate jdbc;
  private final RetentionProperties properties;
  private final Clock clock;

  NoticeExpiry(JdbcTemplate jdbc, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.properties = properties;
    this.clock = clock;
  }

  @Override
  public String what() {
    return "messages of alerts";
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
        jdbc.update("delete from alert_message where id in (" + EXPIRED + ")", limit(), MOST);
    return new Step(removed, removed == MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            "select count(*) from (" + EXPIRED + ") d", Long.class, limit(), most);
    return due == null ? 0 : due;
  }
}
