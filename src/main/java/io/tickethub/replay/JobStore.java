package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters.Progress;
import io.tickethub.delivery.LetterFilter;
import io.tickethub.delivery.Replay;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The jobs in the database. A running one is one node's, by a lease. */
final class JobStore {

  private final JdbcTemplate jdbc;

  JobStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  void add(Job job, String node, Instant leasedUntil) {
    LetterFilter filter = job.filter();
    jdbc.update(
        """
        insert into dead_letter_job (id, action, fingerprint, connector, code, ticket_id, since,
          until, newest, failures, reason, started_by, started_at, selected, state, node,
          leased_until)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        job.id(),
        job.action().name().toLowerCase(Locale.ROOT),
        filter.fingerprint(),
        filter.connector(),
        filter.code(),
        filter.ticketId(),
        timestamp(filter.since()),
        timestamp(filter.until()),
        job.newest(),
        job.failures(),
        job.reason(),
        job.startedBy(),
        timestamp(job.startedAt()),
        job.selected(),
        job.state().text(),
        node,
        timestamp(leasedUntil));
  }

  long countRunning() {
    Long count =
        jdbc.queryForObject(
            "select count(*) from dead_letter_job where state = 'running'", Long.class);
    return count == null ? 0 : count;
  }

  /** The running jobs of this node, and those whose node is gone, from now on this node's. */
  List<Job> claim(String node, Instant now, Duration lease) {
    return jdbc.query(
        """
        update dead_letter_job set node = ?, leased_until = ?
        where state = 'running' and (node = ? or leased_until < ?)
        returning *
        """,
        this::job,
        node,
        timestamp(now.plus(lease)),
        node,
        timestamp(now));
  }

  /**
   * Notes that a page was taken; false if the job is no longer this node's, was stopped, or has
   * meanwhile got further.
   */
  boolean took(Job job, Page page, String node) {
    return jdbc.update(
            """
            update dead_letter_job set step_taken = step_taken + ?, step_refused = step_refused + ?,
              skipped = skipped + ?, exhausted = ?, last_message = ?, last_letter = ?,
              cause = coalesce(cause, ?)
            where id = ? and state = 'running' and node = ? and step = ? and step_taken = ?
            """,
            page.taken(),
            page.refused(),
            page.skipped(),
            page.last(),
            page.lastMessage(),
            page.lastLetter(),
            page.refusal(),
            job.id(),
            node,
            job.step(),
            job.stepTaken())
        == 1;
  }

  /**
   * A page of dead letters that was taken.
   *
   * @param refusal why the first of those refused was; null if none was
   * @param skipped of those taken: closed by somebody else meanwhile
   * @param last nothing comes after it
   */
  record Page(
      int taken,
      int refused,
      String refusal,
      int skipped,
      boolean last,
      long lastMessage,
      long lastLetter) {}

  /** Begins the next step. */
  boolean next(Job job, Progress step) {
    return jdbc.update(
            """
            update dead_letter_job set step = step + 1, step_taken = 0, step_refused = 0,
              done = done + ?, failed = failed + ?
            where id = ? and state = 'running' and step = ?
            """,
            step.done(),
            step.failed(),
            job.id(),
            job.step())
        == 1;
  }

  /** Ends it; false if it has ended already. */
  boolean end(Job job, Job.State state, String cause, Progress step, Instant now) {
    return jdbc.update(
            """
            update dead_letter_job set state = ?, cause = coalesce(?, cause), finished_at = ?, done = done + ?,
              failed = failed + ?, under_way = ?
            where id = ? and state = 'running'
            """,
            state.text(),
            cause,
            timestamp(now),
            step.done(),
            step.failed(),
            step.underWay(),
            job.id())
        == 1;
  }

  Optional<Job> find(long id) {
    return jdbc.query("select * from dead_letter_job where id = ?", this::job, id).stream()
        .findFirst();
  }

  /** The newest first. */
  List<Job> list(int most) {
    return jdbc.query("select * from dead_letter_job order by id desc limit ?", this::job, most);
  }

  private Job job(ResultSet row, int number) throws SQLException {
    return new Job(
        row.getLong("id"),
        Replay.Action.valueOf(row.getString("action").toUpperCase(Locale.ROOT)),
        new LetterFilter(
            row.getString("fingerprint"),
            row.getString("connector"),
            row.getString("code"),
            row.getObject("ticket_id", Long.class),
            instant(row, "since"),
            instant(row, "until")),
        row.getLong("newest"),
        row.getDouble("failures"),
        row.getString("reason"),
        row.getString("started_by"),
        instant(row, "started_at"),
        row.getLong("selected"),
        Job.State.of(row.getString("state")),
        row.getString("cause"),
        instant(row, "finished_at"),
        row.getInt("step"),
        row.getInt("step_taken"),
        row.getInt("step_refused"),
        row.getBoolean("exhausted"),
        row.getLong("done"),
        row.getLong("failed"),
        row.getLong("skipped"),
        row.getLong("under_way"),
        row.getLong("last_message"),
        row.getLong("last_letter"));
  }

  private static Instant instant(ResultSet row, String column) throws SQLException {
    Timestamp timestamp = row.getTimestamp(column);
    return timestamp == null ? null : timestamp.toInstant();
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }
}
