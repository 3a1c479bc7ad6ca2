package io.tickethub.alert;

import java.sql.Array;
import java.sql.Connection;
import java.util.Collection;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** Which beginnings and ends of alerts nobody outside was told of yet. */
public final class AlertNews {

  private final JdbcTemplate jdbc;

  public AlertNews(JdbcTemplate jdbc) {
    this.jdbc = jdbc;
  }

  /** An alert whose beginning or end is still to be told. */
  public record Item(long id, Alert alert, boolean openingTold) {}

  /** The oldest first. */
  public List<Item> untold(int most) {
    return find(most, "");
  }

  /** The same, and until the end of the transaction nobody else tells of them. */
  public List<Item> lock(int most) {
    return find(most, " for update");
  }

  private List<Item> find(int most, String locking) {
    return jdbc.query(
        """
        select * from alert where not opening_told or (closed_at is not null and not end_told)
        order by id limit ?
        """
            + locking,
        (row, number) ->
            new Item(row.getLong("id"), AlertStore.alert(row), row.getBoolean("opening_told")),
        most);
  }

  /** From now on the beginnings of these are told, and the ends of those that are over. */
  public void told(Collection<Item> items) {
    update("opening_told = true", items.stream().map(Item::id).toList());
    update(
        "end_told = true",
        items.stream().filter(item -> !item.alert().isOpen()).map(Item::id).toList());
  }

  private void update(String what, List<Long> ids) {
    if (!ids.isEmpty()) {
      jdbc.update(
          (Connection connection) -> {
            var statement =
                connection.prepareStatement("update alert set " + what + " where id = any (?)");
            Array array = connection.createArrayOf("bigint", ids.toArray());
            statement.setArray(1, array);
            return statement;
          });
    }
  }
}
