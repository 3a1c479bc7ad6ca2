package io.tickethub.storage;

import java.sql.Connection;
import java.sql.PreparedStatement;
import java.sql.SQLException;
import java.time.Instant;
import java.util.Collection;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.core.RowMapper;

/**
 * A statement of constant text over any number of rows: each column goes over as one array, so a
 * batch of the pipeline costs one round trip a table. In the text, {@code {rows}} stands for the
 * table of rows, parameters after it follow.
 */
public final class ArrayStatement {

  private static final long MICROSECONDS = 1_000_000;

  /** Nanoseconds; PostgreSQL keeps microseconds. */
  private static final long HALF = 500;

  private final String sql;
  private final List<Column> columns;

  private ArrayStatement(String sql, List<Column> columns) {
    this.sql = sql;
    this.columns = columns;
  }

  /** {@code types} are the PostgreSQL types of the rows' columns, in order. */
  public static ArrayStatement of(String text, String... types) {
    List<Column> columns = Stream.of(types).map(Column::of).toList();
    return new ArrayStatement(text.replace("{rows}", rows(columns)), columns);
  }

  private static String rows(List<Column> columns) {
    String arrays =
        columns.stream()
            .map(column -> "?::" + column.sent + "[]")
            .collect(Collectors.joining(", ", "unnest(", ")"));
    if (columns.stream().allMatch(Column::isSentAsItIs)) {
      return arrays;
    }
    List<String> names = IntStream.range(0, columns.size()).mapToObj(i -> "c" + i).toList();
    String values =
        IntStream.range(0, columns.size())
            .mapToObj(i -> columns.get(i).read.formatted(names.get(i)))
            .collect(Collectors.joining(", "));
    return "(select %s from %s as u (%s))".formatted(values, arrays, String.join(", ", names));
  }

  /**
   * How a column goes over: as numbers and bytes wherever the driver can, which costs both sides
   * less than text. A time goes as microseconds.
   *
   * @param sent the PostgreSQL type of its array's elements
   * @param read makes of one what the column is
   * @param value makes an element of what is not null
   */
  private record Column(
      String sent, String read, IntFunction<Object[]> array, Function<Object, Object> value) {

    private static final String AS_IT_IS = "%s";

    private static Column of(String type) {
      return switch (type) {
        case "timestamptz" ->
            new Column(
                "bigint",
                "to_timestamp(0) + %s * interval '1 microsecond'",
                Long[]::new,
                value -> microseconds((Instant) value));
        case "bigint" ->
            new Column(type, AS_IT_IS, Long[]::new, value -> ((Number) value).longValue());
        case "integer" ->
            new Column(type, AS_IT_IS, Integer[]::new, value -> ((Number) value).intValue());
        case "smallint" ->
            new Column(type, AS_IT_IS, Short[]::new, value -> ((Number) value).shortValue());
        case "boolean" -> new Column(type, AS_IT_IS, Boolean[]::new, value -> value);
        case "text" -> new Column(type, AS_IT_IS, String[]::new, Object::toString);
        case "bytea" -> new Column(type, AS_IT_IS, byte[][]::new, value -> value);
        default -> new Column(type, AS_IT_IS, Object[]::new, value -> value);
      };
    }

    private static long microseconds(Instant instant) {
      return instant.getEpochSecond() * MICROSECONDS + (instant.getNano() + HALF) / 1_000;
    }

    private boolean isSentAsItIs() {
      return read.equals(AS_IT_IS);
    }

    private Object element(Object given) {
      return given == null ? null : value.apply(given);
    }
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
    for (int number = 0; number < columns.size(); number++) {
      Column column = columns.get(number);
      Object[] values = column.array.apply(rows.size());
      int next = 0;
      for (Object[] row : rows) {
        values[next++] = column.element(row[number]);
      }
      statement.setArray(number + 1, connection.createArrayOf(column.sent, values));
    }
    for (int i = 0; i < parameters.length; i++) {
      Object parameter = parameters[i];
      if (parameter instanceof Instant instant) {
        statement.setObject(columns.size() + i + 1, instant.atOffset(java.time.ZoneOffset.UTC));
      } else {
        statement.setObject(columns.size() + i + 1, parameter);
      }
    }
    return statement;
  }
}
