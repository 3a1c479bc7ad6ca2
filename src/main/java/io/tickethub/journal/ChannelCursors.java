package io.tickethub.journal;

import java.sql.Timestamp;
import java.time.Clock;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far each polled system was read. */
public final class ChannelCursors {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  public ChannelCursors(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** The cursor of a channel; empty before its first page. */
  public Optional<String> find(String connector, String channel) {
    return jdbc
        .queryForList(
            "select value from channel_cursor where connector = ? and channel = ?",
            String.class,
            connector,
            channel)
        .stream()
        .findFirst();
  }

  /**
   * Moves a cursor from {@code before}, null for none, on; false if somebody moved it meanwhile,
   * who is right then.
   */
  public boolean move(String connector, String channel, String before, String after) {
    Timestamp now = Timestamp.from(clock.instant());
    int moved =
        before == null
            ? jdbc.update(
                """
                insert into channel_cursor (connector, channel, value, moved_at)
                values (?, ?, ?, ?) on conflict do nothing
                """,
                connector,
                channel,
                after,
                now)
            : jdbc.update(
                """
                update channel_cursor set value = ?, moved_at = ?
                where connector = ? and channel = ? and value = ?
                """,
                after,
                now,
                connector,
                channel,
                before);
    return moved == 1;
  }
}
