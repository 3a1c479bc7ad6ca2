package io.tickethub.journal;

import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
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

  /**
   * One channel's cursor.
   *
   * @param value as the system named it
   */
  public record Cursor(String channel, String value, Instant movedAt) {}

  /** Those of a connector, by channel. */
  public List<Cursor> of(String connector) {
    return jdbc.query(
        "select channel, value, moved_at from channel_cursor where connector = ? order by channel",
        (row, number) ->
            new Cursor(row.getString(1), row.getString(2), row.getTimestamp(3).toInstant()),
        connector);
  }

  /** Puts a cursor where a person wants it; empty means the channel's start. Gives what it was. */
  public Optional<String> set(String connector, String channel, Optional<String> value) {
    Optional<String> before = find(connector, channel);
    if (value.isEmpty()) {
      jdbc.update(
          "delete from channel_cursor where connector = ? and channel = ?", connector, channel);
    } else {
      jdbc.update(
          """
          insert into channel_cursor (connector, channel, value, moved_at) values (?, ?, ?, ?)
          on conflict (connector, channel)
          do update set value = excluded.value, moved_at = excluded.moved_at
          """,
          connector,
          channel,
          value.get(),
          Timestamp.from(clock.instant()));
    }
    return before;
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
