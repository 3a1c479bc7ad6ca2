package io.tickethub.assessment;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.TicketJson;
import java.io.UncheckedIOException;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.YearMonth;
import java.util.Collection;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** Published months, and which tickets were closed when. */
final class AssessmentStore {

  /** The index {@code ticket_event_closed} has these words. */
  private static final String CLOSED =
      """
      select e.recorded_at, e.ticket_id, t.number, t.owner
      from ticket_event e join ticket t on t.id = e.ticket_id
      where e.to_state in ('archived', 'rejected', 'cancelled')
        and e.from_state not in ('archived', 'rejected', 'cancelled')
        and (e.recorded_at, e.ticket_id) > (?, ?) and e.recorded_at < ?
      order by e.recorded_at, e.ticket_id limit ?
      """;

  private static final ArrayStatement KEEP =
      ArrayStatement.of(
          """
          insert into assessment_ticket (month, version, ticket_id, number, ticket_version,
            last_owner, facts)
          select * from {rows}
          """,
          "text",
          "integer",
          "bigint",
          "text",
          "integer",
          "text",
          "text");

  private final JdbcTemplate jdbc;
  private final JsonMapper json = TicketJson.mapper();

  AssessmentStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The statement of {@link #closed}, for whoever wants to know its plan. */
  static String closedStatement() {
    return CLOSED;
  }

  /** A closed ticket; {@code owner} null if nobody had it at last. */
  record Closed(Instant at, long ticketId, String number, String owner) {}

  /** A ticket that figures were made from. */
  record Kept(long ticketId, String number, int version, String lastOwner, TicketFacts facts) {}

  /** Tickets closed after a time and ticket, and before an end, in that order. */
  List<Closed> closed(Instant after, long ticketId, Instant before, int most) {
    return jdbc.query(
        CLOSED,
        (row, number) ->
            new Closed(
                row.getTimestamp(1).toInstant(),
                row.getLong(2),
                row.getString(3),
                row.getString(4)),
        Timestamp.from(after),
        ticketId,
        Timestamp.from(before),
        most);
  }

  /** Keeps every other node from making the same month until the transaction ends. */
  void lock(YearMonth month) {
    jdbc.query(
        "select pg_advisory_xact_lock(hashtextextended(?, 0))", row -> {}, "assessment " + month);
  }

  void insert(Assessment assessment) {
    jdbc.update(
        "insert into assessment (month, version, reason, made_by, made_at, figures) values (?, ?, ?, ?, ?, ?)",
        assessment.month().toString(),
        assessment.version(),
        assessment.reason(),
        assessment.madeBy(),
        Timestamp.from(assessment.madeAt()),
        text(assessment.figures()));
  }

  void keep(YearMonth month, int version, Collection<Kept> tickets) {
    KEEP.update(
        jdbc,
        tickets.stream()
            .map(
                kept ->
                    new Object[] {
                      month.toString(),
                      version,
                      kept.ticketId(),
                      kept.number(),
                      kept.version(),
                      kept.lastOwner(),
                      text(kept.facts())
                    })
            .toList());
  }

  void announced(Assessment assessment, Instant at) {
    jdbc.update(
        "update assessment set announced_at = ? where month = ? and version = ?",
        Timestamp.from(at),
        assessment.month().toString(),
        assessment.version());
  }

  /** The newest first. */
  List<Assessment> list(int most) {
    return jdbc.query(
        "select * from assessment order by month desc, version desc limit ?", this::read, most);
  }

  List<Assessment> unannounced() {
    return jdbc.query(
        "select * from assessment where announced_at is null order by month, version limit 10",
        this::read);
  }

  /** {@code version} null for the newest. */
  Optional<Assessment> find(YearMonth month, Integer version) {
    return jdbc
        .query(
            """
            select * from assessment where month = ? and (?::integer is null or version = ?)
            order by version desc limit 1
            """,
            this::read,
            month.toString(),
            version,
            version)
        .stream()
        .findFirst();
  }

  /** The tickets of a version after one, in order of their ids. */
  List<Kept> tickets(YearMonth month, int version, long after, int most) {
    return jdbc.query(
        """
        select ticket_id, number, ticket_version, last_owner, facts from assessment_ticket
        where month = ? and version = ? and ticket_id > ? order by ticket_id limit ?
        """,
        (row, number) ->
            new Kept(
                row.getLong(1),
                row.getString(2),
                row.getInt(3),
                row.getString(4),
                value(row.getString(5), TicketFacts.class)),
        month.toString(),
        version,
        after,
        most);
  }

  private Assessment read(ResultSet row, int number) throws SQLException {
    Timestamp announced = row.getTimestamp("announced_at");
    return new Assessment(
        YearMonth.parse(row.getString("month")),
        row.getInt("version"),
        row.getString("reason"),
        row.getString("made_by"),
        row.getTimestamp("made_at").toInstant(),
        announced == null ? null : announced.toInstant(),
        value(row.getString("figures"), Figures.class));
  }

  private String text(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  private <T> T value(String text, Class<T> type) {
    try {
      return json.readValue(text, type);
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }
}
