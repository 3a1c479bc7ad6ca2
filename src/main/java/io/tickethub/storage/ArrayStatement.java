package io.tickethub.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.stream.Collectors;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * A statement of constant text over any number of rows: each column goes over as one array, so a
 * batch of the pipeline costs one round trip a table. In the text, {@code {rows}} stands for the
 * table of rows, parameters after it follow.
 */
public final class ArrayStatement {

  private final String sql;
  private final List<String> types;

  private ArrayStatement(String sql, List<String> types) {
    this.sql = sql;
    this.types = types;
  }

  /** {@code types} are the PostgreSQL types of the rows' columns, in order. */
  public static ArrayStatement of(String text, String... types) {
    String arrays =
        List.of(types).stream()
            .map(type -> "?::" + type + "[]")
            .collect(Collectors.joining(", ", "unnest(", ")"));
    return new ArrayStatement(text.replace("{rows}", arrays), List.of(types));
  }

  /** Changes rows; does nothing for no rows. Returns how many were changed. */
  public int update(JdbcTemplate jdbc, Collection<Object[]> rows, Object... parameters) {
    if (rows.isEmpty()) {
      return 0;
    }
    Integer changed =
        jdbc.execute(
            (Connection connection) -> {
              try (PreparedStatement statement = prepare(connection, rows, parameters)) {
                return statement.executeUpdate();
              }
            });
    return changed == null ? 0 : changed;
  }

  /** Finds rows; nothing for no rows. */
  public <T> List<T> query(
      JdbcTemplate jdbc, Collection<Object[]> rows, RowMapper<T> mapper, Object... parameters) {
    if (rows.isEmpty()) {
      return List.of();
    }
    return jdbc.query(connection -> prepare(connection, rows, parameters), mapper);
  }

  private PreparedStatement prepare(
      Connection connection, Collection<Object[]> rows, Object... parameters) throws SQLException {
    PreparedStatement statement = connection.prepareStatement(sql);
    for (int column = 0; column < types.size(); column++) {
      List<Object> values = new ArrayList<>(rows.size());
      for (Object[] row : rows) {
        values.add(row[column] instanceof Instant instant ? instant.toString() : row[column]);
      }
      boolean binary = types.get(column).equals("bytea");
      Object[] array = binary ? values.toArray(byte[][]::new) : values.toArray();
      statement.setArray(column + 1, connection.createArrayOf(types.get(column), array));
    }
    for (int i = 0; i < parameters.length; i++) {
      Object parameter = parameters[i];
      if (parameter instanceof Instant instant) {
        statement.setObject(types.size() + i + 1, instant.atOffset(java.time.ZoneOffset.UTC));
      } else {
        statement.setObject(types.size() + i + 1, parameter);
      }
    }
    return statement;
  }
}
