package io.tickethub.connector.version;

import com.fasterxml.jackson.annotation.JsonValue;
import io.tickethub.journal.NodeName;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Instant;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Every content of a connector's folder that was ever deployed, with who and when. */
public final class ConnectorVersions {

  private static final String COLUMNS =
      "number, node, deployed_by, deployed_at, reason, note, digest, file_count, size";

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final NodeName node;
  private final Clock clock;

  public ConnectorVersions(
      JdbcTemplate jdbc, TransactionTemplate transactions, NodeName node, Clock clock) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.node = node;
    this.clock = clock;
  }

  /** Why there is a version. */
  public enum Reason {
    /** New, or other than what the hub ran before it started. */
    STARTED("started"),
    CHANGED("changed"),
    ROLLED_BACK("rolled-back"),
    REMOVED("removed");

    private final String code;

    Reason(String code) {
      this.code = code;
    }

    @JsonValue
    public String code() {
      return code;
    }
  }

  /**
   * Why something was deployed.
   *
   * @param who an operator, or {@code folder: NAME} for the owner of a file
   * @param note what the operator said; may be empty
   */
  public record Cause(Reason reason, String who, String note) {}

  /**
   * One version.
   *
   * @param digest null where the connector was removed
   * @param size bytes of all files
   */
  public record Version(
      int number,
      String node,
      String who,
      Instant at,
      String reason,
      String note,
      String digest,
      int files,
      long size) {}

  /** Keeps a version, unless it is the last one once more; returns its number. */
  public int record(String connector, FolderContent content, Cause cause) {
    boolean removed = cause.reason() == Reason.REMOVED;
    String digest = removed ? null : content.digest();
    Integer number =
        transactions.execute(
            status -> {
              jdbc.query(
                  "select pg_advisory_xact_lock(hashtext('connector_version'), hashtext(?))",
                  row -> {},
                  connector);
              Optional<Version> last = list(connector, 1).stream().findFirst();
              if (last.filter(any -> Objects.equals(any.digest(), digest)).isPresent()) {
                return last.get().number();
              }
              int next = last.map(Version::number).orElse(0) + 1;
              insert(connector, next, removed ? FolderContent.NONE : content, digest, cause);
              if (cause.reason() == Reason.CHANGED || removed) {
                audit(connector, next, removed, cause);
              }
              return next;
            });
    return Objects.requireNonNull(number);
  }

  private void insert(
      String connector, int number, FolderContent content, String digest, Cause cause) {
    jdbc.update(
        """
        insert into connector_version (connector, number, node, deployed_by, deployed_at, reason,
          note, digest, files, file_count, size)
        values (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)
        """,
        connector,
        number,
        node.value(),
        cause.who(),
        Timestamp.from(clock.instant()),
        cause.reason().code(),
        cause.note(),
        digest,
        digest == null ? null : content.zip(),
        content.files().size(),
        content.size());
  }

  /** Whoever changes a folder does it past the hub's own doors, and is to be found all the same. */
  private void audit(String connector, int number, boolean removed, Cause cause) {
    jdbc.update(
        "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
        Timestamp.from(clock.instant()),
        cause.who(),
        removed ? "connector-removed" : "connector-changed",
        connector,
        "before: version %d; after: %s"
            .formatted(number - 1, removed ? "removed" : "version " + number));
  }

  /** The newest first. */
  public List<Version> list(String connector, int limit) {
    return jdbc.query(
        "select %s from connector_version where connector = ? order by number desc limit ?"
            .formatted(COLUMNS),
        (row, index) -> version(row),
        connector,
        limit);
  }

  private static Version version(ResultSet row) throws SQLException {
    return new Version(
        row.getInt("number"),
        row.getString("node"),
        row.getString("deployed_by"),
        row.getTimestamp("deployed_at").toInstant(),
        row.getString("reason"),
        row.getString("note"),
        row.getString("digest"),
        row.getInt("file_count"),
        row.getLong("size"));
  }

  /** The files of a version; none where the connector was removed, empty if there is no such. */
  public Optional<FolderContent> content(String connector, int number) {
    return jdbc
        .query(
            "select files from connector_version where connector = ? and number = ?",
            (row, index) -> {
              byte[] files = row.getBytes(1);
              return files == null ? FolderContent.NONE : FolderContent.unzip(files);
            },
            connector,
            number)
        .stream()
        .findFirst();
  }
}
