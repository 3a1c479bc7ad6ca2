package io.tickethub.journal;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.zaxxer.hikari.HikariConfig;
import com.zaxxer.hikari.HikariDataSource;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.SettableClock;
import io.tickethub.storage.Partitions;
import io.tickethub.storage.RetentionProperties;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.flywaydb.core.Flyway;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.jdbc.support.JdbcTransactionManager;
import org.springframework.transaction.support.TransactionTemplate;

/** A journal from before bodies were in partitions, and a retention that is changed. */
class BodyExpiryIT {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final String SCHEMA = "upgraded";

  @TempDir static Path directory;
  static EmbeddedHub hub;
  static HikariDataSource connections;
  static JdbcTemplate jdbc;
  static Sealer sealer;

  private static final SettableClock CLOCK = new SettableClock(Instant.now());
  private static final Identifiers IDENTIFIERS = new Identifiers(CLOCK, 1, Instant.EPOCH);

  private final Map<String, Integer> days = new TreeMap<>(Map.of("a", 100));
  private final MessageBodies bodies = new MessageBodies(jdbc, sealer, retention(), ZONE);
  private final MessageJournal journal = new MessageJournal(jdbc, sealer, bodies);

  @BeforeAll
  static void start() throws Exception {
    Path connectors = Files.createDirectories(directory.resolve("connectors/products")).getParent();
    hub = EmbeddedHub.start(directory, connectors);
    sealer = hub.part(Sealer.class);
    HikariDataSource hubs = hub.part(HikariDataSource.class);
    migrate(hubs, "5");
    HikariConfig config = new HikariConfig();
    config.setJdbcUrl(hubs.getJdbcUrl());
    config.setUsername(hubs.getUsername());
    config.setPassword(hubs.getPassword());
    config.setSchema(SCHEMA);
    config.setMaximumPoolSize(2);
    connections = new HikariDataSource(config);
    jdbc = new JdbcTemplate(connections);
  }

  private static void migrate(HikariDataSource hubs, String target) {
    Flyway.configure()
        .dataSource(hubs.getJdbcUrl(), hubs.getUsername(), hubs.getPassword())
        .schemas(SCHEMA)
        .target(target)
        .load()
        .migrate();
  }

  @AfterAll
  static void stop() {
    connections.close();
    hub.close();
  }

  private BodyRetention retention() {
    return new BodyRetention() {
      @Override
      public int days(String connector) {
        return days.get(connector);
      }

      @Override
      public Map<String, Integer> running() {
        return days;
      }
    };
  }

  private void pass() {
    TransactionTemplate transactions =
        new TransactionTemplate(new JdbcTransactionManager(connections));
    BodyExpiry expiry =
        new BodyExpiry(
            jdbc,
            new Partitions(jdbc, transactions, "message_body"),
            retention(),
            new RetentionProperties(
                Duration.ofDays(180),
                Duration.ofDays(180),
                Duration.ofDays(730),
                Duration.ofDays(730),
                Duration.ofHours(1)),
            ZONE,
            CLOCK);
    expiry.prepare();
    expiry.begin();
    while (transactions.execute(status -> expiry.step()).more()) {}
  }

  private JournalEntry entry(long id) {
    return journal.find(id).orElseThrow();
  }

  private String body(long id) {
    return new String(journal.body(entry(id)), UTF_8);
  }

  private static long insertAsBefore(String text) {
    long id = IDENTIFIERS.next();
    jdbc.update(
        """
        insert into message (id, connector, channel, external_id, version, status, facts, body, size,
          received_at, recorded_at) values (?, 'a', 'c', ?, 1, 'applied', ?, ?, 3, ?, ?)
        """,
        id,
        "x" + id,
        sealer.seal(Provenance.NONE),
        sealer.sealBytes(text.getBytes(UTF_8)),
        Timestamp.from(CLOCK.instant()),
        Timestamp.from(CLOCK.instant()));
    jdbc.update(
        """
        insert into delivery_attempt (delivery_id, attempt, channel, started_at, finished_at, outcome,
          sent) values (?, 1, 'c', now(), now(), 'delivered', ?)
        """,
        id,
        sealer.sealBytes(text.getBytes(UTF_8)));
    return id;
  }

  private long arrive() {
    long id = IDENTIFIERS.next();
    journal.append(
        List.of(
            new Arrival(
                id,
                "a",
                "c",
                "x" + id,
                1,
                MessageStatus.APPLIED,
                null,
                null,
                Provenance.NONE,
                sealer.sealBytes("new".getBytes(UTF_8)),
                3,
                CLOCK.instant())));
    return id;
  }

  @Test
  void whatWasKeptBeforeTheUpgradeIsReadAndExpiresAndWhatComesAfterFollowsTheSetting() {
    long before = insertAsBefore("old");
    migrate(hub.part(HikariDataSource.class), "6");
    pass();
    assertThat(body(before)).isEqualTo("old");
    assertThat(bodies.isKept(entry(before))).isTrue();
    DeliveryLog log = new DeliveryLog(jdbc, sealer);
    assertThat(log.attempts(before).get(0).sent()).isEqualTo("old".getBytes(UTF_8));
    long after = arrive();
    assertThat(body(after)).isEqualTo("new");
    assertThat(bodies.bodies(List.of(entry(before), entry(after)))).hasSize(2);
    CLOCK.advance(Duration.ofDays(50));
    long later = arrive();
    CLOCK.advance(Duration.ofDays(40));
    pass();
    assertThat(body(before)).isEqualTo("old");

    days.put("a", 60);
    pass();
    LocalDate today = CLOCK.instant().atZone(ZONE).toLocalDate();
    assertThat(entry(later).bodyExpiresOn()).isEqualTo(today.plusDays(20));
    assertThat(body(later)).isEqualTo("new");
    assertThatThrownBy(() -> body(before)).isInstanceOf(BodyExpiredException.class);
    CLOCK.advance(Duration.ofDays(1));
    pass();
    assertThatThrownBy(() -> body(after))
        .hasMessageContaining("expired on " + today)
        .hasMessageContaining("retention of connector a is 60 days");
    assertThat(bodies.isKept(entry(after))).isFalse();
    assertThat(body(later)).isEqualTo("new");
  }
}
