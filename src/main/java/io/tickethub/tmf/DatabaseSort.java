package io.tickethub.tmf;

import io.tickethub.tmf.ListQuery.Order;
import java.sql.Timestamp;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Optional;

/**
 * An order of tickets that the database gives: total, so that every ticket has its place in it.
 *
 * @param property by which a client asks for it
 */
record DatabaseSort(String property, String column, boolean descending) {

  private static final String ID = "t.id";

  /** Empty if the database does not give the order. */
  static Optional<DatabaseSort> of(List<Order> orders) {
    if (orders.isEmpty()) {
      return Optional.of(new DatabaseSort("id", ID, true));
    }
    Order first = orders.get(0);
    String column =
        switch (first.property()) {
          case "id" -> ID;
          case "creationDate" -> "t.opened_at";
          case "lastUpdate" -> "t.updated_at";
          default -> null;
        };
    return column == null || orders.size() > 1
        ? Optional.empty()
        : Optional.of(new DatabaseSort(first.property(), column, first.descending()));
  }

  /** For {@code order by}. */
  String text(boolean backwards) {
    String direction = descending == backwards ? "" : " desc";
    return column.equals(ID)
        ? column + direction
        : "%s%s, t.id%s".formatted(column, direction, direction);
  }

  /** A condition with the parameters of {@link #place}. */
  String beyond(boolean backwards) {
    String sign = descending == backwards ? ">" : "<";
    return column.equals(ID)
        ? "%s %s ?".formatted(ID, sign)
        : "(%s, t.id) %s (?, ?)".formatted(column, sign);
  }

  Object[] place(PageCursor cursor) {
    if (!cursor.sort().equals(name())) {
      throw TmfException.badRequest("this cursor is of a list that is sorted otherwise");
    }
    return column.equals(ID)
        ? new Object[] {cursor.id()}
        : new Object[] {
          Timestamp.from(Instant.EPOCH.plus(cursor.key(), ChronoUnit.MICROS)), cursor.id()
        };
  }

  /** The place of a ticket. */
  PageCursor cursor(long id, Instant openedAt, Instant updatedAt) {
    long key =
        switch (column) {
          case ID -> id;
          case "t.opened_at" -> ChronoUnit.MICROS.between(Instant.EPOCH, openedAt);
          default -> ChronoUnit.MICROS.between(Instant.EPOCH, updatedAt);
        };
    return new PageCursor(name(), key, id);
  }

  private String name() {
    return descending ? "-" + property : property;
  }
}
