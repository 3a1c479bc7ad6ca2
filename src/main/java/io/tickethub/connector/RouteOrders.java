package io.tickethub.connector;

import io.tickethub.connector.camel.RouteState;
import java.sql.Timestamp;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Which routes a person has stopped: kept over restarts and reloads, the same on every node. They
 * are known as of the last refresh also while the database does not answer.
 */
final class RouteOrders {

  private final JdbcTemplate jdbc;
  private volatile Map<Key, RouteOrder> orders = Map.of();

  private record Key(String connector, String route) {}

  RouteOrders(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** Reads what other nodes and earlier runs were told. */
  void refresh() {
    Map<Key, RouteOrder> fresh = new HashMap<>();
    jdbc.query(
        "select connector, route, state, reason, ordered_by, ordered_at, last from route_order",
        row -> {
          fresh.put(
              new Key(row.getString(1), row.getString(2)),
              new RouteOrder(
                  row.getString(1),
                  row.getString(2),
                  RouteState.of(row.getString(3)),
                  row.getString(4),
                  row.getString(5),
                  row.getTimestamp(6).toInstant(),
                  row.getLong(7)));
        });
    orders = fresh;
  }

  /** Empty for a route that simply runs. */
  Optional<RouteOrder> find(String connector, String route) {
    return Optional.ofNullable(orders.get(new Key(connector, route)));
  }

  RouteState wanted(String connector, String route) {
    return find(connector, route).map(RouteOrder::state).orElse(RouteState.STARTED);
  }

  List<RouteOrder> all() {
    return List.copyOf(orders.values());
  }

  void give(RouteOrder order) {
    jdbc.update(
        """
        insert into route_order (connector, route, state, reason, ordered_by, ordered_at, last)
        values (?, ?, ?, ?, ?, ?, ?)
        on conflict (connector, route) do update set state = excluded.state,
          reason = excluded.reason, ordered_by = excluded.ordered_by,
          ordered_at = excluded.ordered_at, last = excluded.last
        """,
        order.connector(),
        order.route(),
        order.state().text(),
        order.reason(),
        order.by(),
        Timestamp.from(order.at()),
        order.last());
    refresh();
  }

  void withdraw(String connector, String route) {
    jdbc.update("delete from route_order where connector = ? and route = ?", connector, route);
    refresh();
  }

  /** A drain is over, unless somebody ordered something else meanwhile. */
  boolean drained(RouteOrder order) {
    int changed =
        jdbc.update(
            "update route_order set state = ? where connector = ? and route = ? and state = ? and"
                + " ordered_at = ?",
            RouteState.STOPPED.text(),
            order.connector(),
            order.route(),
            RouteState.DRAINING.text(),
            Timestamp.from(order.at()));
    refresh();
    return changed > 0;
  }
}
