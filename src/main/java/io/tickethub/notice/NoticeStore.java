package io.tickethub.notice;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Messages, and what became of each with each recipient. What is due goes by the steady clock. */
final class NoticeStore {

  static final String WAITING = "waiting";
  static final String TRIAL = "trial";
  static final String TAKEN = "taken";
  static final String GIVEN_UP = "given-up";

  /** Who makes messages that nobody asked for. */
  static final String HUB = "hub";

  private final JdbcTemplate jdbc;
  private final ObjectMapper json;

  NoticeStore(JdbcTemplate jdbc, ObjectMapper json) {
    this.jdbc = jdbc;
    this.json = json;
  }

  /**
   * A message on its way to one recipient.
   *
   * @param attempts that were begun
   */
  record Pending(long id, String recipient, int attempts, AlertMessage message) {

    /** The same at every attempt, another for every message of any hub. */
    String key() {
      return NoticeStore.key(id, message);
    }
  }

  static String key(long id, AlertMessage message) {
    return "alert-%d-%d".formatted(id, message.at().getEpochSecond());
  }

  /** Returns the message's id; {@code state}: of each recipient's part. */
  long add(
      AlertMessage message, Collection<String> recipients, Instant now, String by, String state) {
    Long id =
        jdbc.queryForObject(
            """
            insert into alert_message (made_at, steady, made_by, title, content)
            values (?, ?, ?, ?, ?) returning id
            """,
            Long.class,
            Timestamp.from(message.at()),
            Timestamp.from(now),
            by,
            message.title(),
            written(message));
    for (String recipient : recipients) {
      jdbc.update(
          "insert into alert_notice (message_id, recipient, state, due) values (?, ?, ?, ?)",
          id,
          recipient,
          state,
          Timestamp.from(now));
    }
    return id;
  }

  /** How often the hub made messages since then; those made together are for different people. */
  int countSince(Instant since) {
    Integer count =
        jdbc.queryForObject(
            "select count(distinct steady) from alert_message where steady > ? and made_by = ?",
            Integer.class,
            Timestamp.from(since),
            HUB);
    return count == null ? 0 : count;
  }

  /** The oldest of each recipient, if it is due: what stands behind it waits for it. */
  List<Pending> due(Instant now) {
    return jdbc.query(
        """
        select n.message_id, n.recipient, n.attempts, m.content from (
          select distinct on (recipient) * from alert_notice where state = 'waiting'
          order by recipient, message_id) n
        join alert_message m on m.id = n.message_id where n.due <= ?
        """,
        (row, number) ->
            new Pending(
                row.getLong("message_id"),
                row.getString("recipient"),
                row.getInt("attempts"),
                read(row)),
        Timestamp.from(now));
  }

  /** False if somebody else was first. Until then nobody else tries. */
  boolean claim(Pending pending, Instant until) {
    return jdbc.update(
            """
            update alert_notice set attempts = attempts + 1, due = ?
            where message_id = ? and recipient = ? and attempts = ? and state = 'waiting'
            """,
            Timestamp.from(until),
            pending.id(),
            pending.recipient(),
            pending.attempts())
        == 1;
  }

  void taken(long id, String recipient, Instant at) {
    finish(id, recipient, TAKEN, null, at);
  }

  void givenUp(long id, String recipient, String failure, Instant at) {
    finish(id, recipient, GIVEN_UP, failure, at);
  }

  private void finish(long id, String recipient, String state, String failure, Instant at) {
    jdbc.update(
        """
        update alert_notice set state = ?, failure = ?, finished_at = ?,
          attempts = greatest(1, attempts)
        where message_id = ? and recipient = ? and state in ('waiting', 'trial')
        """,
        state,
        failure,
        Timestamp.from(at),
        id,
        recipient);
  }

  void failed(Pending pending, String failure, Instant again) {
    jdbc.update(
        """
        update alert_notice set failure = ?, due = ?
        where message_id = ? and recipient = ? and attempts = ? and state = 'waiting'
        """,
        failure,
        Timestamp.from(again),
        pending.id(),
        pending.recipient(),
        pending.attempts() + 1);
  }

  /** The newest first. */
  List<AlertNotices.Sent> list(int most) {
    Map<Long, AlertNotices.Sent> messages = new LinkedHashMap<>();
    jdbc.query(
        """
        select m.id, m.made_at, m.made_by, m.title, m.content,
          n.recipient, n.state, n.attempts, n.failure, n.finished_at
        from (select * from alert_message order by id desc limit ?) m
        left join alert_notice n on n.message_id = m.id order by m.id desc, n.recipient
        """,
        row -> {
          long id = row.getLong("id");
          AlertNotices.Sent message = messages.get(id);
          if (message == null) {
            message =
                new AlertNotices.Sent(
                    id,
                    row.getTimestamp("made_at").toInstant(),
                    row.getString("made_by"),
                    row.getString("title"),
                    read(row).text(),
                    new ArrayList<>());
            messages.put(id, message);
          }
          if (row.getString("recipient") != null) {
            message.recipients().add(fate(row));
          }
        },
        most);
    return List.copyOf(messages.values());
  }

  private static AlertNotices.Fate fate(ResultSet row) throws SQLException {
    Timestamp finished = row.getTimestamp("finished_at");
    return new AlertNotices.Fate(
        row.getString("recipient"),
        row.getString("state"),
        row.getInt("attempts"),
        row.getString("failure"),
        finished == null ? null : finished.toInstant());
  }

  private String written(AlertMessage message) {
    try {
      return json.writeValueAsString(message);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private AlertMessage read(ResultSet row) throws SQLException {
    try {
      return json.readValue(row.getString("content"), AlertMessage.class);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(
          "message %d of alerts cannot be read".formatted(row.getLong(1)), e);
    }
  }
}
