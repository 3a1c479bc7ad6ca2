package io.tickethub.delivery;

import java.sql.ResultSet;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Dead letters by their reason, and what replaying them would mean. Counted by the database. */
public final class LetterGroups {

  private final JdbcTemplate jdbc;

  public LetterGroups(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /**
   * Dead letters of one reason.
   *
   * @param kind message or delivery
   * @param open how many wait for a person
   * @param closed how many were replayed, discarded or edited
   * @param first when the first of them gave up
   * @param sample the newest, an open one if there is one
   */
  public record Group(
      String fingerprint,
      String connector,
      String channel,
      String kind,
      String code,
      long open,
      long closed,
      Instant first,
      Instant last,
      long sample) {}

  /**
   * The groups, those with most open ones first.
   *
   * @param connector null for any
   * @param closedToo those too of which none is open
   */
  public List<Group> groups(String connector, boolean closedToo, int most) {
    return jdbc.query(
        """
        select fingerprint, min(connector), min(channel), min(kind), min(code),
          count(*) filter (where closed_at is null) as open, count(closed_at) as closed,
          min(created_at), max(created_at),
          coalesce(max(id) filter (where closed_at is null), max(id))
        from dead_letter
        where ?::text is null or connector = ?
        group by fingerprint
        having ? or count(*) > count(closed_at)
        order by open desc, closed desc, fingerprint limit ?
        """,
        (row, number) ->
            new Group(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getString(4),
                row.getString(5),
                row.getLong(6),
                row.getLong(7),
                row.getTimestamp(8).toInstant(),
                row.getTimestamp(9).toInstant(),
                row.getLong(10)),
        connector,
        connector,
        closedToo,
        most);
  }

  /**
   * How many of a selection are of one connector, kind and code.
   *
   * @param open those that would be taken
   * @param tickets of how many tickets these are, as far as it is known; 0 for messages
   * @param closed those that would be left alone: replayed, discarded or edited before
   * @param settled those of the open ones whose delivery is not dead any more: nothing would be
   *     sent
   */
  public record Share(
      String connector,
      String kind,
      String code,
      long open,
      long tickets,
      long closed,
      long settled) {}

  public List<Share> shares(LetterFilter filter) {
    List<Object> parameters = new ArrayList<>();
    return jdbc.query(
        """
        select l.connector, l.kind, l.code, count(*) filter (where l.closed_at is null) as open,
          count(distinct l.ticket_id) filter (where l.closed_at is null), count(l.closed_at),
          count(*) filter (where l.closed_at is null and l.kind = 'delivery'
            and d.state is distinct from 'dead')
        from dead_letter l left join delivery d on d.id = l.delivery_id and l.closed_at is null
        where %s
        group by l.connector, l.kind, l.code order by open desc, l.connector, l.code limit 200
        """
            .formatted(filter.condition(parameters)),
        (row, number) ->
            new Share(
                row.getString(1),
                row.getString(2),
                row.getString(3),
                row.getLong(4),
                row.getLong(5),
                row.getLong(6),
                row.getLong(7)),
        parameters.toArray());
  }

  /**
   * One of the first that would be taken.
   *
   * @param ticket the hub's number; null for a message
   * @param behind how many deliveries of its ticket wait behind it, to go on in their order
   */
  public record Turn(long letter, String kind, String connector, String ticket, long behind) {}

  /** The first that would be taken, in the order in which they would be. */
  public List<Turn> first(LetterFilter filter, int most) {
    List<Object> parameters = new ArrayList<>();
    String condition = filter.condition(parameters);
    parameters.add(most);
    return jdbc.query(
        """
        select f.id, f.kind, f.connector, t.number,
          (select count(*) from delivery d where d.connector = f.connector
            and d.ticket_id = f.ticket_id and d.state in ('pending', 'leased'))
        from (select l.id, l.message_id, l.kind, l.connector, l.ticket_id from dead_letter l
          where %s and l.closed_at is null order by l.message_id, l.id limit ?) f
        left join ticket t on t.id = f.ticket_id
        order by f.message_id, f.id
        """
            .formatted(condition),
        LetterGroups::turn,
        parameters.toArray());
  }

  /** How many deliveries wait behind those that would be taken, to go on in their order. */
  public long behind(LetterFilter filter) {
    List<Object> parameters = new ArrayList<>();
    Long count =
        jdbc.queryForObject(
            """
            select count(*) from (select distinct l.connector, l.ticket_id from dead_letter l
                where %s and l.closed_at is null and l.kind = 'delivery') f
              join delivery d on d.connector = f.connector and d.ticket_id = f.ticket_id
                and d.state in ('pending', 'leased')
            """
                .formatted(filter.condition(parameters)),
            Long.class,
            parameters.toArray());
    return count == null ? 0 : count;
  }

  private static Turn turn(ResultSet row, int number) throws SQLException {
    return new Turn(
        row.getLong(1), row.getString(2), row.getString(3), row.getString(4), row.getLong(5));
  }
}
