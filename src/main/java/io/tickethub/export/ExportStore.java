package io.tickethub.export;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.springframework.jdbc.core.JdbcTemplate;

/** How far each export has come. */
final class ExportStore {

  private static final int KEPT = 400;

  private final JdbcTemplate jdbc;

  ExportStore(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** The newest file of an export, given or not. */
  Optional<ExportFile> last(String connector, String export) {
    return jdbc
        .query(
            "select * from export_file where connector = ? and export = ? order by number desc limit 1",
            this::file,
            connector,
            export)
        .stream()
        .findFirst();
  }

  /** Begins the next file; nothing if somebody did already. */
  void begin(ExportFile file, Instant due) {
    jdbc.update(
        """
        insert into export_file (connector, export, number, from_at, to_at, due)
        values (?, ?, ?, ?, ?, ?) on conflict do nothing
        """,
        file.connector(),
        file.export(),
        file.number(),
        Timestamp.from(file.from()),
        Timestamp.from(file.to()),
        Timestamp.from(due));
  }

  /** The oldest file that was not given, if it is due. */
  Optional<ExportFile> due(String connector, String export, Instant now) {
    return jdbc
        .query(
            """
            select * from export_file where connector = ? and export = ? and sent_at is null
            order by number limit 1
            """,
            (row, number) ->
                row.getTimestamp("due").toInstant().isAfter(now) ? null : file(row, number),
            connector,
            export)
        .stream()
        .filter(java.util.Objects::nonNull)
        .findFirst();
  }

  /** Whether a transaction that writes began before a time and has not ended. */
  boolean isStillWritten(Instant before) {
    return Boolean.TRUE.equals(
        jdbc.queryForObject(
            """
            select exists (select from pg_stat_activity
              where datname = current_database() and backend_xid is not null and xact_start < ?)
            """,
            Boolean.class,
            Timestamp.from(before)));
  }

  void failed(ExportFile file, String cause, Instant again) {
    jdbc.update(
        """
        update export_file set attempts = attempts + 1, failure = ?, due = ?
        where connector = ? and export = ? and number = ?
        """,
        cause,
        Timestamp.from(again),
        file.connector(),
        file.export(),
        file.number());
  }

  void sent(ExportFile file, long records, String digest, Instant now) {
    jdbc.update(
        """
        update export_file set sent_at = ?, records = ?, digest = ?, failure = null
        where connector = ? and export = ? and number = ?
        """,
        Timestamp.from(now),
        records,
        digest,
        file.connector(),
        file.export(),
        file.number());
    jdbc.update(
        "delete from export_file where connector = ? and export = ? and number < ?",
        file.connector(),
        file.export(),
        file.number() - KEPT);
  }

  /** The newest file, if it was not given and holds any time, ends now. */
  Optional<Long> end(String connector, String export, Instant now) {
    return jdbc
        .queryForList(
            """
            update export_file set to_at = ?, due = ?
            where connector = ? and export = ? and sent_at is null and from_at < ? and to_at > ?
              and number = (select max(number) from export_file where connector = ? and export = ?)
            returning number
            """,
            Long.class,
            Timestamp.from(now),
            Timestamp.from(now),
            connector,
            export,
            Timestamp.from(now),
            Timestamp.from(now),
            connector,
            export)
        .stream()
        .findFirst();
  }

  /** By connector, the file that was given last. */
  Map<String, Exports.Taken> lastTaken() {
    Map<String, Exports.Taken> last = new TreeMap<>();
    jdbc.query(
        """
        select distinct on (connector) connector, export, number, records, sent_at
        from export_file where sent_at is not null order by connector, sent_at desc
        """,
        row -> {
          last.put(
              row.getString("connector"),
              new Exports.Taken(
                  row.getString("export"),
                  row.getLong("number"),
                  row.getLong("records"),
                  row.getTimestamp("sent_at").toInstant()));
        });
    return last;
  }

  Optional<Exports.Standing> standing(String connector, String export, long number) {
    return jdbc
        .query(
            "select * from export_file where connector = ? and export = ? and number = ?",
            (row, at) ->
                new Exports.Standing(
                    row.getLong("number"),
                    row.getTimestamp("from_at").toInstant(),
                    row.getTimestamp("to_at").toInstant(),
                    row.getInt("attempts"),
                    row.getString("failure"),
                    row.getObject("records", Long.class),
                    row.getString("digest")),
            connector,
            export,
            number)
        .stream()
        .findFirst();
  }

  private ExportFile file(ResultSet row, int number) throws SQLException {
    return new ExportFile(
        row.getString("connector"),
        row.getString("export"),
        row.getLong("number"),
        row.getTimestamp("from_at").toInstant(),
        row.getTimestamp("to_at").toInstant(),
        row.getInt("attempts"));
  }
}
