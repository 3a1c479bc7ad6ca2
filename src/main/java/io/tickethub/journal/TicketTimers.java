package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import io.tickethub.ticket.TicketTimer;
import io.tickethub.ticket.TicketTimer.Level;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** The time limits that run on tickets, and when each next has something to happen. */
public final class TicketTimers {

  private static final ArrayStatement WRITE =
      ArrayStatement.of(
          """
          insert into ticket_timer (ticket_id, limit_name, target, due, step, level, provisional)
          select * from {rows}
          on conflict (ticket_id, limit_name) do update set target = excluded.target,
            due = excluded.due, step = excluded.step, level = excluded.level,
            provisional = excluded.provisional
          """,
          "bigint",
          "text",
          "timestamptz",
          "timestamptz",
          "text",
          "text",
          "boolean");

  private static final ArrayStatement REMOVE =
      ArrayStatement.of(
          """
          delete from ticket_timer t using {rows} as r (ticket_id, limit_name)
          where t.ticket_id = r.ticket_id and t.limit_name = r.limit_name
          """,
          "bigint",
          "text");

  /** Whoever claims puts the time off: if that is lost, it is due again after a while. */
  private static final String CLAIM =
      """
      with claimed as materialized (
        select ticket_id, limit_name, due from ticket_timer where due <= ?
        order by due limit ? for update skip locked)
      update ticket_timer t set due = ?, attempt = t.attempt + 1
      from claimed c join ticket k on k.id = c.ticket_id
      where t.ticket_id = c.ticket_id and t.limit_name = c.limit_name
      returning k.number, t.limit_name, t.step, t.attempt, c.due
      """;

  private final JdbcTemplate jdbc;

  /** The statement of {@link #claim}, for whoever wants to know its plan. */
  public static String claimStatement() {
    return CLAIM;
  }

  public TicketTimers(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Something that is due.
   *
   * @param ticket the ticket's number
   * @param step what is to happen
   * @param attempt how often it was claimed since the limit began to run
   */
  public record Due(String ticket, String limit, String step, int attempt, Instant due) {}

  /** A time limit in a list. */
  public record Row(
      String ticket,
      String state,
      String owner,
      String limit,
      String level,
      Instant target,
      Instant due,
      String step,
      boolean provisional) {}

  /**
   * Claims what is due, the longest due first; other nodes get other rows.
   *
   * @param again what is claimed is due again after this, unless it was dealt with
   */
  public List<Due> claim(Instant now, Duration again, int most) {
    return jdbc.query(
        CLAIM,
        (row, number) ->
            new Due(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getInt(4),
                row.getTimestamp(5).toInstant()),
        Timestamp.from(now),
        most,
        Timestamp.from(now.plus(again)));
  }

  /** A ticket's timers as they were kept and as they are to be kept. */
  public record Change(
      long ticketId,
      Map<String, TicketTimer> before,
      Map<String, TicketTimer> after,
      boolean claimed) {}

  /** Keeps tickets' timers. Of a claimed ticket all are written: its rows were put off. */
  public void write(Collection<Change> changes) {
    List<Object[]> written = new ArrayList<>();
    List<Object[]> removed = new ArrayList<>();
    for (Change change : changes) {
      change
          .after()
          .forEach(
              (limit, timer) -> {
                if (change.claimed() || !timer.equals(change.before().get(limit))) {
                  written.add(row(change.ticketId(), limit, timer));
                }
              });
      change.before().keySet().stream()
          .filter(limit -> !change.after().containsKey(limit))
          .forEach(limit -> removed.add(new Object[] {change.ticketId(), limit}));
    }
    WRITE.update(jdbc, written);
    REMOVE.update(jdbc, removed);
  }

  private static Object[] row(long ticketId, String limit, TicketTimer timer) {
    return new Object[] {
      ticketId,
      limit,
      timer.target(),
      timer.next(),
      timer.step(),
      text(timer.level()),
      timer.provisional()
    };
  }

  private static String text(Level level) {
    return level.name().toLowerCase(Locale.ROOT);
  }

  /**
   * Timers, in the order in which they come due.
   *
   * @param level warned or breached; null for all that have something to come
   * @param owner the connector whose system works on the ticket; null for all
   */
  public List<Row> list(Level level, String owner, int most) {
    StringBuilder sql =
        new StringBuilder(
            """
            select k.number, k.state, k.owner, t.limit_name, t.level, t.target, t.due, t.step,
              t.provisional
            from ticket_timer t join ticket k on k.id = t.ticket_id where true
            """);
    List<Object> parameters = new ArrayList<>();
    if (level == null) {
      sql.append(" and t.due is not null");
    } else {
      // The partial index is only used if the text shows that the level is not 'running'.
      sql.append(" and t.level = ? and t.level <> 'running'");
      parameters.add(text(level));
    }
    if (owner != null) {
      sql.append(" and k.owner = ?");
      parameters.add(owner);
    }
    sql.append(level == null ? " order by t.due limit ?" : " order by t.target limit ?");
    parameters.add(most);
    return jdbc.query(sql.toString(), TicketTimers::listed, parameters.toArray());
  }

  private static Row listed(ResultSet row, int number) throws SQLException {
    Timestamp due = row.getTimestamp("due");
    return new Row(
        row.getString("number"),
        row.getString("state"),
        row.getString("owner"),
        row.getString("limit_name"),
        row.getString("level"),
        row.getTimestamp("target").toInstant(),
        due == null ? null : due.toInstant(),
        row.getString("step"),
        row.getBoolean("provisional"));
  }

  /** How many limits of open tickets are warned or breached. */
  public Map<String, Long> troubled() {
    Map<String, Long> counts = new TreeMap<>(Map.of("warned", 0L, "breached", 0L));
    jdbc.query(
        "select level, count(*) from ticket_timer where level <> 'running' group by level",
        row -> {
          counts.put(row.getString(1), row.getLong(2));
        });
    return counts;
  }

  /** Timers that fall in a year without holidays are looked at now. Returns how many. */
  public int reviewProvisional(Instant now) {
    return jdbc.update(
        "update ticket_timer set due = ? where provisional and (due is null or due > ?)",
        Timestamp.from(now),
        Timestamp.from(now));
  }
}
