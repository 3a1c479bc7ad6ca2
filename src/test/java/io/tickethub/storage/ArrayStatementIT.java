package io.tickethub.storage;

import static org.assertj.core.api.Assertions.assertThat;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tickethub.harness.EmbeddedHub;
import java.nio.file.Path;
import java.sql.Date;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;

/** Rows that go over as arrays come out as they went in. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ArrayStatementIT {

  private static final ArrayStatement INSERT =
      ArrayStatement.of(
          "insert into sample select * from {rows}",
          "bigint",
          "integer",
          "smallint",
          "boolean",
          "text",
          "bytea",
          "timestamptz",
          "date");
  private static final ArrayStatement TIMES =
      ArrayStatement.of(
          "select r.at, p.twice from {rows} as r (at), (select ?::timestamptz as twice) p",
          "timestamptz");

  private EmbeddedDatabase database;
  private HikariDataSource pool;
  private JdbcTemplate jdbc;

  @BeforeAll
  void start(@TempDir Path directory) {
    database =
        EmbeddedDatabase.start(
            new DatabaseProperties.Embedded(
                directory.resolve("database"), EmbeddedHub.home().resolve("target/postgresql"), 0));
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(database.url());
    config.setUsername(database.username());
    config.setPassword(database.password());
    pool = new HikariDataSource(config);
    jdbc = new JdbcTemplate(pool);
    jdbc.execute(
        """
        create table sample (number bigint, part integer, small smallint, good boolean, words text,
          raw bytea, at timestamptz, on_day date)
        """);
  }

  @AfterAll
  void stop() throws Exception {
    pool.close();
    database.close();
  }

  @Test
  void everyTypeAndNullOfEach() {
    Object[] full = {
      Long.MIN_VALUE,
      -1,
      (short) 7,
      true,
      "\"防城港\", {NULL} \\ 'x'",
      new byte[] {0, -1, 92},
      Instant.parse("2026-03-02T01:15:00.123456Z"),
      Date.valueOf("2028-02-29")
    };
    jdbc.update("delete from sample");
    INSERT.update(jdbc, List.of(full, new Object[8]));

    List<Object[]> kept =
        jdbc.query(
            "select * from sample order by number nulls last",
            (row, number) ->
                new Object[] {
                  row.getObject(1),
                  row.getObject(2),
                  row.getObject(3) == null ? null : row.getShort(3),
                  row.getObject(4),
                  row.getString(5),
                  row.getBytes(6),
                  row.getTimestamp(7) == null ? null : row.getTimestamp(7).toInstant(),
                  row.getDate(8)
                });

    assertThat(kept).hasSize(2);
    assertThat(Arrays.deepEquals(kept.get(0), full)).as(Arrays.deepToString(kept.get(0))).isTrue();
    assertThat(kept.get(1)).containsOnlyNulls();
  }

  @Test
  void aNumberOfAnotherSizeAndACodeAreTaken() {
    Object[] row = {7, 8L, 9, null, Thread.State.NEW, null, null, null};
    jdbc.update("delete from sample");
    INSERT.update(jdbc, List.<Object[]>of(row));
    assertThat(
            jdbc.queryForObject(
                "select number || ' ' || part || ' ' || small || ' ' || words from sample",
                String.class))
        .isEqualTo("7 8 9 NEW");
  }

  /** What is written in a batch and what is compared with it singly must be the same time. */
  @Test
  void aTimeIsExactToTheMicrosecondAsInAParameter() {
    Random random = new Random(11);
    for (int sample = 0; sample < 2_000; sample++) {
      long second = random.nextLong(-2_208_988_800L, 4_102_444_800L);
      Instant at = Instant.ofEpochSecond(second, 1_000L * random.nextInt(1_000_000));
      List<Object[]> rows = new ArrayList<>();
      rows.add(new Object[] {at});

      TIMES.query(
          jdbc,
          rows,
          (row, number) -> {
            assertThat(row.getTimestamp(1).toInstant()).isEqualTo(at);
            assertThat(row.getTimestamp(2).toInstant()).isEqualTo(at);
            return at;
          },
          at);
    }
  }
}
