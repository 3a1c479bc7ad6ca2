package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import java.time.Instant;
import java.util.Collection;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which messages were received already: the memory that makes a second copy harmless. */
public final class MessageLedger {

  private static final ArrayStatement FIND =
      ArrayStatement.of(
          """
          select l.connector, l.channel, l.external_id, l.version, l.digest, l.message_id
          from message_ledger l join {rows} as r (connector, channel, external_id)
            using (connector, channel, external_id)
          """,
          "text",
          "text",
          "text");

  private static final ArrayStatement INSERT =
      ArrayStatement.of(
          """
          insert into message_ledger
            (connector, channel, external_id, version, digest, message_id, received_at)
          select * from {rows}
          """,
          "text",
          "text",
          "text",
          "integer",
          "bytea",
          "bigint",
          "timestamptz");

  private static final ArrayStatement RENEW =
      ArrayStatement.of(
          """
          update message_ledger l set version = r.version, digest = r.digest,
            message_id = r.message_id, received_at = r.received_at
          from {rows} as r (connector, channel, external_id, version, digest, message_id, received_at)
          where (l.connector, l.channel, l.external_id) = (r.connector, r.channel, r.external_id)
          """,
          "text",
          "text",
          "text",
          "integer",
          "bytea",
          "bigint",
          "timestamptz");

  private static final ArrayStatement COUNT =
      ArrayStatement.of(
          """
          update message_ledger l set duplicates = l.duplicates + r.times
          from {rows} as r (connector, channel, external_id, times)
          where (l.connector, l.channel, l.external_id) = (r.connector, r.channel, r.external_id)
          """,
          "text",
          "text",
          "text",
          "integer");

  private final JdbcTemplate jdbc;

  public MessageLedger(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** By what a message is known: the sender's id of it, within a channel. */
  public record Key(String connector, String channel, String externalId) {}

  /**
   * The newest message of an id.
   *
   * @param digest SHA-256 of its bytes
   */
  public record Seen(int version, byte[] digest, long messageId) {}

  public Map<Key, Seen> find(Collection<Key> keys) {
    Map<Key, Seen> found = new HashMap<>();
    FIND.query(
        jdbc,
        rows(keys),
        (row, number) ->
            found.put(
                new Key(row.getString(1), row.getString(2), row.getString(3)),
                new Seen(row.getInt(4), row.getBytes(5), row.getLong(6))));
    return found;
  }

  private static List<Object[]> rows(Collection<Key> keys) {
    return keys.stream()
        .map(key -> new Object[] {key.connector(), key.channel(), key.externalId()})
        .toList();
  }

  /** A message to be remembered. */
  public record Record(Key key, Seen seen, Instant receivedAt) {
    private Object[] row() {
      return new Object[] {
        key.connector(),
        key.channel(),
        key.externalId(),
        seen.version(),
        seen.digest(),
        seen.messageId(),
        receivedAt
      };
    }
  }

  /** Remembers ids used for the first time. */
  public void insert(Collection<Record> records) {
    INSERT.update(jdbc, records.stream().map(Record::row).toList());
  }

  /** Remembers newer versions of ids used before. */
  public void renew(Collection<Record> records) {
    RENEW.update(jdbc, records.stream().map(Record::row).toList());
  }

  /** Counts second copies. */
  public void countDuplicates(Map<Key, Integer> times) {
    COUNT.update(
        jdbc,
        times.entrySet().stream()
            .map(
                entry ->
                    new Object[] {
                      entry.getKey().connector(),
                      entry.getKey().channel(),
                      entry.getKey().externalId(),
                      entry.getValue()
                    })
            .toList());
  }
}
