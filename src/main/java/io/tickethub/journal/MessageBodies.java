package io.tickethub.journal;

import java.sql.Date;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * What messages were, byte for byte, until it expires: each body lies in the partition of the day
 * on which it does. Bodies from before there were partitions lie in their message's row.
 */
public final class MessageBodies {

  private final JdbcTemplate jdbc;
  private final Sealer sealer;
  private final BodyRetention retention;
  private final ZoneId zone;

  /** {@code zone} decides when a day begins. */
  public MessageBodies(JdbcTemplate jdbc, Sealer sealer, BodyRetention retention, ZoneId zone) {
    this.jdbc = jdbc;
    this.sealer = sealer;
    this.retention = retention;
    this.zone = zone;
  }

  /** The first day on which a body that is received then need not be kept. */
  LocalDate expiry(String connector, Instant receivedAt) {
    return receivedAt.atZone(zone).toLocalDate().plusDays(retention.days(connector));
  }

  LocalDate expiry(ResultSet row) throws SQLException {
    Date day = row.getDate("body_expires_on");
    return day == null
        ? expiry(row.getString("connector"), row.getTimestamp("received_at").toInstant())
        : day.toLocalDate();
  }

  /** The body as it was received; throws {@link BodyExpiredException} if it is no longer kept. */
  public byte[] body(JournalEntry entry) {
    byte[] body = bodies(List.of(entry)).get(entry.id());
    if (body == null) {
      throw new BodyExpiredException("message %s: %s".formatted(text(entry), expired(entry)));
    }
    return body;
  }

  private static String text(JournalEntry entry) {
    return Identifiers.text(entry.id());
  }

  /** Says that a body expired, when and why. */
  public String expired(JournalEntry entry) {
    return "its body expired on %s (retention of connector %s is %d days)"
        .formatted(entry.bodyExpiresOn(), entry.connector(), retention.days(entry.connector()));
  }

  public boolean isKept(JournalEntry entry) {
    Boolean kept =
        jdbc.queryForObject(
            """
            select exists (select from message_body where expires_on in (%s) and message_id = ?)
              or exists (select from message where id = ? and body is not null)
            """
                .formatted(days(List.of(entry))),
            Boolean.class,
            entry.id(),
            entry.id());
    return Boolean.TRUE.equals(kept);
  }

  /** The bodies of these messages, by message, as received; those that expired are left out. */
  public Map<Long, byte[]> bodies(Collection<JournalEntry> entries) {
    Map<Long, byte[]> bodies = new HashMap<>();
    if (entries.isEmpty()) {
      return bodies;
    }
    Object[] ids = entries.stream().map(JournalEntry::id).toArray();
    String sql =
        """
        select message_id, body from message_body where expires_on in (%s) and message_id = any (?)
        union all
        select id, body from message where id = any (?) and body is not null
        """
            .formatted(days(entries));
    jdbc.query(
        connection -> {
          var statement = connection.prepareStatement(sql);
          var array = connection.createArrayOf("bigint", ids);
          statement.setArray(1, array);
          statement.setArray(2, array);
          return statement;
        },
        row -> {
          bodies.put(row.getLong(1), sealer.openBytes(row.getBytes(2)));
        });
    return bodies;
  }

  /** Constants, so that the plan holds and locks these days' partitions and no other. */
  private static String days(Collection<JournalEntry> entries) {
    return entries.stream()
        .map(JournalEntry::bodyExpiresOn)
        .distinct()
        .sorted()
        .map("date '%s'"::formatted)
        .collect(Collectors.joining(", "));
  }
}
