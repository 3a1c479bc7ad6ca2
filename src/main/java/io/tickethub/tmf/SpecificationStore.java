package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.journal.Sealer;
import java.util.List;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/** The trouble ticket specifications in the database; there are few. */
final class SpecificationStore {

  static final int MOST = 1_000;

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  SpecificationStore(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /**
   * A specification as it is kept.
   *
   * @param version counts its changes
   */
  record Kept(String id, int version, ObjectNode document) {}

  /** False if there are too many. */
  boolean add(Kept specification) {
    return jdbc.update(
            """
            insert into trouble_ticket_specification (id, version, document)
            select ?, ?, ? where (select count(*) from trouble_ticket_specification) < ?
            """,
            specification.id(),
            specification.version(),
            sealer.seal(specification.document()),
            MOST)
        > 0;
  }

  List<Kept> all() {
    return jdbc.query(
        "select id, version, document from trouble_ticket_specification order by id",
        (row, number) ->
            new Kept(
                row.getString(1), row.getInt(2), sealer.open(row.getBytes(3), ObjectNode.class)));
  }

  Optional<Kept> find(String id) {
    return jdbc
        .query(
            "select id, version, document from trouble_ticket_specification where id = ?",
            (row, number) ->
                new Kept(
                    row.getString(1),
                    row.getInt(2),
                    sealer.open(row.getBytes(3), ObjectNode.class)),
            id)
        .stream()
        .findFirst();
  }

  /** False if it was changed since it was read. */
  boolean replace(Kept read, ObjectNode document) {
    return jdbc.update(
            """
            update trouble_ticket_specification set version = version + 1, document = ?
            where id = ? and version = ?
            """,
            sealer.seal(document),
            read.id(),
            read.version())
        > 0;
  }

  boolean remove(String id) {
    return jdbc.update("delete from trouble_ticket_specification where id = ?", id) > 0;
  }
}
