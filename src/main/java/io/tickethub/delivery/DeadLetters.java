package io.tickethub.delivery;

import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.storage.ArrayStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What gave up and waits for a person: messages the hub could not apply, deliveries a system would
 * not take.
 */
public final class DeadLetters {

  private static final ArrayStatement ADD =
      ArrayStatement.of(
          """
          insert into dead_letter (id, kind, message_id, delivery_id, ticket_id, connector, channel,
            code, cause, fingerprint, created_at)
          select * from {rows}
          """,
          "bigint",
          "text",
          "bigint",
          "bigint",
          "bigint",
          "text",
          "text",
          "text",
          "bytea",
          "text",
          "timestamptz");

  private final JdbcTemplate jdbc;
  private final Sealer sealer;
  private final Identifiers identifiers;
  private final Clock clock;

  public DeadLetters(JdbcTemplate jdbc, Sealer sealer, Identifiers identifiers, Clock clock) {
    this.jdbc = jdbc;
    this.sealer = sealer;
    this.identifiers = identifiers;
    this.clock = clock;
  }

  /** What a dead letter is. */
  public enum Kind {
    MESSAGE,
    DELIVERY;

    String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }
  }

  /**
   * One that gave up.
   *
   * @param messageId the message; for a delivery, the message that caused it
   * @param deliveryId null for a message
   * @param ticketId null if none is known
   * @param code the failure's constant code
   * @param cause what failed, for people
   */
  public record Letter(
      Kind kind,
      long messageId,
      Long deliveryId,
      Long ticketId,
      String connector,
      String channel,
      String code,
      String cause) {

    /** Equal for dead letters that have the same reason. */
    String fingerprint() {
      return "%s/%s/%s".formatted(connector, channel, code);
    }
  }

  public void add(Collection<Letter> letters) {
    Instant now = clock.instant();
    ADD.update(
        jdbc,
        letters.stream()
            .map(
                letter ->
                    new Object[] {
                      identifiers.next(),
                      letter.kind().text(),
                      letter.messageId(),
                      letter.deliveryId(),
                      letter.ticketId(),
                      letter.connector(),
                      letter.channel(),
                      letter.code(),
                      sealer.seal(letter.cause()),
                      letter.fingerprint(),
                      now
                    })
            .toList());
  }

  /** A dead letter as it is kept. */
  public record Entry(
      long id,
      Letter letter,
      Instant createdAt,
      Instant closedAt,
      String closedBy,
      String outcome) {}

  /** The newest, open ones only unless {@code closedToo}; {@code connector} null for any. */
  public List<Entry> list(String connector, boolean closedToo, int most) {
    return jdbc.query(
        """
        select * from dead_letter
        where (closed_at is null or ?) and (?::text is null or connector = ?)
        order by id desc limit ?
        """,
        this::entry,
        closedToo,
        connector,
        connector,
        most);
  }

  public Optional<Entry> find(long id) {
    return jdbc.query("select * from dead_letter where id = ?", this::entry, id).stream()
        .findFirst();
  }

  public long countOpen() {
    Long count =
        jdbc.queryForObject("select count(*) from dead_letter where closed_at is null", Long.class);
    return count == null ? 0 : count;
  }

  /** Closes an open dead letter; false if it is not open. */
  public boolean close(long id, String by, String outcome) {
    return jdbc.update(
            "update dead_letter set closed_at = ?, closed_by = ?, outcome = ? where id = ? and closed_at is null",
            Timestamp.from(clock.instant()),
            by,
            outcome,
            id)
        == 1;
  }

  private Entry entry(ResultSet row, int number) throws SQLException {
    Timestamp closedAt = row.getTimestamp("closed_at");
    return new Entry(
        row.getLong("id"),
        new Letter(
            Kind.valueOf(row.getString("kind").toUpperCase(java.util.Locale.ROOT)),
            row.getLong("message_id"),
            row.getObject("delivery_id", Long.class),
            row.getObject("ticket_id", Long.class),
            row.getString("connector"),
            row.getString("channel"),
            row.getString("code"),
            sealer.open(row.getBytes("cause"), String.class)),
        row.getTimestamp("created_at").toInstant(),
        closedAt == null ? null : closedAt.toInstant(),
        row.getString("closed_by"),
        row.getString("outcome"));
  }
}
