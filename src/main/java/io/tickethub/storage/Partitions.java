package io.tickethub.storage;

import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The partitions of a table by ranges, called TABLE_LABEL. A change of them waits for others a
 * moment only: whoever writes waits no longer, and the change is tried again later. The default
 * partition takes what has none.
 */
public final class Partitions {

  private static final Logger LOG = LoggerFactory.getLogger(Partitions.class);
  private static final String PATIENCE = "set local lock_timeout = '100ms'";
  private static final Pattern RANGE =
      Pattern.compile("FOR VALUES FROM \\((?:MINVALUE|'?([^')]*)'?)\\) TO \\('?([^')]*)'?\\)");

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final String table;

  /** {@code table} is a name of the hub's own. */
  public Partitions(JdbcTemplate jdbc, TransactionTemplate transactions, String table) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.table = table;
  }

  /**
   * A partition.
   *
   * @param from the first value; null if it has none
   * @param end the first value after it; null for the default partition
   */
  public record Partition(String name, String from, String end) {}

  /** The oldest first; the default partition last. */
  public List<Partition> list() {
    return jdbc.query(
        """
        select c.relname, pg_get_expr(c.relpartbound, c.oid) from pg_inherits i
          join pg_class c on c.oid = i.inhrelid
        where i.inhparent = ?::regclass order by pg_get_expr(c.relpartbound, c.oid) = 'DEFAULT', 1
        """,
        (row, number) -> partition(row.getString(1), row.getString(2)),
        table);
  }

  private static Partition partition(String name, String bounds) {
    Matcher range = RANGE.matcher(bounds);
    return range.matches()
        ? new Partition(name, range.group(1), range.group(2))
        : new Partition(name, null, null);
  }

  /** Partitions that were taken out and not removed: whoever did it did not come to the end. */
  public List<String> loose() {
    return jdbc.queryForList(
        """
        select c.relname from pg_class c
        where c.relkind = 'r' and c.relname ~ ? and c.relnamespace = current_schema()::regnamespace
          and not exists (select from pg_inherits i where i.inhrelid = c.oid)
        order by 1
        """,
        String.class,
        "^%s_[0-9]{8}$".formatted(table));
  }

  /** How a partition is called. */
  public String name(String label) {
    return "%s_%s".formatted(table, label);
  }

  /**
   * Makes a partition, or puts a loose one back; false if it cannot be made now, such as when what
   * belongs into it is in the default partition already.
   *
   * @param from the first value, as text
   * @param end the first value after it, as text
   */
  public boolean create(String label, String from, String end) {
    String name = name(label);
    try {
      transactions.executeWithoutResult(
          status -> {
            jdbc.execute(PATIENCE);
            jdbc.execute(
                "create table if not exists %s (like %s including defaults including storage)"
                    .formatted(name, table));
            jdbc.execute(
                "alter table %s attach partition %s for values from ('%s') to ('%s')"
                    .formatted(table, name, from, end));
          });
      return true;
    } catch (DataAccessException e) {
      LOG.debug("partition {} is not made now: {}", name, e.getMessage());
      return false;
    }
  }

  /** Drops a partition, or one that is loose, with all that is in it. Waits for others a moment. */
  public void drop(String name) {
    jdbc.execute(PATIENCE);
    jdbc.execute("drop table if exists " + name);
  }

  public long count(String name) {
    Long count = jdbc.queryForObject("select count(*) from " + name, Long.class);
    return count == null ? 0 : count;
  }
}
