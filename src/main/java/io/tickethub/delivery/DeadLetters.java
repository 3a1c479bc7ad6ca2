package io.tickethub.delivery;

import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.storage.ArrayStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Pattern;
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

  private static final ArrayStatement CLOSE =
      ArrayStatement.of(
          """
          update dead_letter l set closed_at = p.at, closed_by = p.who, outcome = p.outcome,
            job_id = p.job, job_step = p.step
          from {rows} as r (id), (select ?::timestamptz as at, ?::text as who, ?::text as outcome,
            ?::bigint as job, ?::integer as step) as p
          where l.id = r.id and l.closed_at is null
          returning l.id
          """,
          "bigint");

  /** What became of a {@code dead_letter l} that was taken. */
  private static final String FATE =
      """
      case
        when l.outcome = 'discarded' then 'done'
        when l.kind = 'delivery' then case d.state
          when 'pending' then 'under way' when 'leased' then 'under way'
          when 'dead' then 'failed' else 'done' end
        else case m.status
          when 'waiting' then 'failed'
          when 'dead' then case when exists (select from dead_letter n
              where n.message_id = l.message_id and n.kind = 'message' and n.id > l.id)
            then 'failed' else 'under way' end
          else 'done' end
        end""";

  private static final Pattern NUMBERS =
      Pattern.compile("\\p{XDigit}{8}-[\\p{XDigit}-]{20,}|\\d{6,}");
  private static final Pattern WORDS = Pattern.compile("[^\\p{L}\\p{N}._#-]+");
  private static final int LONGEST_CODE = 60;

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

    /**
     * Equal for dead letters that have the same reason: CONNECTOR/CHANNEL/KIND/CODE, without long
     * numbers, should a system put them into its codes.
     */
    public String fingerprint() {
      String constant = WORDS.matcher(NUMBERS.matcher(code).replaceAll("#")).replaceAll("-");
      return "%s/%s/%s/%s"
          .formatted(
              connector,
              channel,
              kind.text(),
              constant.substring(0, Math.min(LONGEST_CODE, constant.length())));
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

  private static final ArrayStatement CAUSES =
      ArrayStatement.of(
          "select l.id, l.cause from {rows} as r (id) join dead_letter l on l.id = r.id", "bigint");

  /** Why each of these gave up, for people. */
  public Map<Long, String> causes(Collection<Long> ids) {
    Map<Long, String> causes = new HashMap<>();
    CAUSES.query(
        jdbc,
        ids.stream().map(id -> new Object[] {id}).toList(),
        (row, number) -> causes.put(row.getLong(1), sealer.open(row.getBytes(2), String.class)));
    return causes;
  }

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

  /**
   * The next open ones, by the age of their messages.
   *
   * @param newest what gave up later is left out
   * @param afterMessage with {@code afterLetter}: where the page before ended; -1 for the first
   */
  public List<Entry> next(
      LetterFilter filter, long newest, long afterMessage, long afterLetter, int most) {
    List<Object> parameters = new ArrayList<>();
    String condition = filter.condition(parameters);
    parameters.addAll(List.of(newest, afterMessage, afterLetter, most));
    return jdbc.query(
        """
        select l.* from dead_letter l
        where %s and l.closed_at is null and l.id <= ? and (l.message_id, l.id) > (?, ?)
        order by l.message_id, l.id limit ?
        """
            .formatted(condition),
        this::entry,
        parameters.toArray());
  }

  /** How many open ones {@link #next} would give page by page. */
  public long count(LetterFilter filter, long newest) {
    List<Object> parameters = new ArrayList<>();
    String condition = filter.condition(parameters);
    parameters.add(newest);
    Long count =
        jdbc.queryForObject(
            "select count(*) from dead_letter l where %s and l.closed_at is null and l.id <= ?"
                .formatted(condition),
            Long.class,
            parameters.toArray());
    return count == null ? 0 : count;
  }

  /** The dead letters of a message and of what it led to, the newest first. */
  public List<Entry> ofMessage(long messageId, int most) {
    return jdbc.query(
        "select * from dead_letter where message_id = ? order by id desc limit ?",
        this::entry,
        messageId,
        most);
  }

  public Optional<Entry> find(long id) {
    return jdbc.query("select * from dead_letter where id = ?", this::entry, id).stream()
        .findFirst();
  }

  /** How many are open, by connector; connectors without are left out. */
  public Map<String, Long> openByConnector() {
    Map<String, Long> open = new TreeMap<>();
    jdbc.query(
        "select connector, count(*) from dead_letter where closed_at is null group by connector",
        row -> {
          open.put(row.getString(1), row.getLong(2));
        });
    return open;
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

  /**
   * What a job took.
   *
   * @param fate what became of it: under way, done, or failed again
   * @param ticketId the ticket it is about now; null if none is known
   */
  public record Taken(Entry entry, int step, String fate, Long ticketId) {}

  /** What a job took so far, in its order. */
  public List<Taken> ofJob(long job, int most) {
    return jdbc.query(
        """
        select l.*, %s as fate, coalesce(l.ticket_id, m.ticket_id) as about
        from dead_letter l
          left join delivery d on d.id = l.delivery_id
          left join message m on m.id = l.message_id and l.kind = 'message'
        where l.job_id = ? order by l.job_step, l.message_id, l.id limit ?
        """
            .formatted(FATE),
        (row, number) ->
            new Taken(
                entry(row, number),
                row.getInt("job_step"),
                row.getString("fate"),
                row.getObject("about", Long.class)),
        job,
        most);
  }

  /** A step of a job. */
  public record JobStep(long job, int step) {}

  /** Closes those that are open; returns which. */
  public Set<Long> close(Collection<Long> ids, String by, String outcome, JobStep taker) {
    return Set.copyOf(
        CLOSE.query(
            jdbc,
            ids.stream().map(id -> new Object[] {id}).toList(),
            (row, number) -> row.getLong(1),
            clock.instant(),
            by,
            outcome,
            taker == null ? null : taker.job(),
            taker == null ? null : taker.step()));
  }

  /**
   * How far what a step took has come.
   *
   * @param underWay not tried yet, or to be tried again
   * @param done delivered, applied, or let go by a person
   * @param failed gave up again; a message that waits for its ticket again is among them
   */
  public record Progress(long underWay, long done, long failed) {}

  public Progress progress(JobStep step) {
    return jdbc.queryForObject(
        """
        select count(*) filter (where o.outcome = 'under way'),
          count(*) filter (where o.outcome = 'done'),
          count(*) filter (where o.outcome = 'failed')
        from (
          select %s as outcome
          from dead_letter l
            left join delivery d on d.id = l.delivery_id
            left join message m on m.id = l.message_id and l.kind = 'message'
          where l.job_id = ? and l.job_step = ?) o
        """
            .formatted(FATE),
        (row, number) -> new Progress(row.getLong(1), row.getLong(2), row.getLong(3)),
        step.job(),
        step.step());
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
