package io.tickethub.bench;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.storage.ArrayStatement;
import java.nio.file.Path;
import java.time.Clock;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import org.springframework.boot.Banner;
import org.springframework.boot.WebApplicationType;
import org.springframework.boot.autoconfigure.ImportAutoConfiguration;
import org.springframework.boot.autoconfigure.context.PropertyPlaceholderAutoConfiguration;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import org.springframework.context.annotation.Bean;
import org.springframework.context.annotation.ComponentScan;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * The limit of what PostgreSQL can keep: nothing but the rows, in batches of {@value #BATCH} over
 * {@value #CONNECTIONS} connections. Each report is a message with its body, a ticket, an event and
 * a delivery to each target; nothing is received, mapped, encrypted or sent.
 */
final class StorageProgram implements AutoCloseable {

  private static final int BATCH = 100;
  private static final int CONNECTIONS = 2;

  private static final ArrayStatement MESSAGE =
      ArrayStatement.of(
          "insert into bench_message (id, body) select * from {rows} on conflict do nothing",
          "text",
          "bytea");
  private static final ArrayStatement TICKET =
      ArrayStatement.of(
          """
          insert into bench_ticket select number, 'received', 1, document::jsonb, now()
          from {rows} as r (number, document)
          on conflict (number) do update set events = bench_ticket.events + 1,
            document = excluded.document, updated_at = now()
          """,
          "text",
          "text");
  private static final ArrayStatement EVENT =
      ArrayStatement.of(
          """
          insert into bench_event select number, sequence, message, detail::jsonb
          from {rows} as r (number, sequence, message, detail) on conflict do nothing
          """,
          "text",
          "integer",
          "text",
          "text");
  private static final ArrayStatement DELIVERY =
      ArrayStatement.of(
          "insert into bench_delivery select * from {rows} on conflict do nothing",
          "text",
          "integer",
          "smallint",
          "text");

  private final ConfigurableApplicationContext application;
  private final JdbcTemplate database;
  private final TransactionTemplate transactions;

  @ImportAutoConfiguration(PropertyPlaceholderAutoConfiguration.class)
  @ComponentScan("io.tickethub.storage")
  static class Storage {

    @Bean
    Clock clock() {
      return Clock.systemUTC();
    }
  }

  /** Starts a PostgreSQL like the hub's. */
  StorageProgram(Path directory, Path binaries) {
    application =
        new SpringApplicationBuilder(Storage.class)
            .web(WebApplicationType.NONE)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .run(
                "--logging.level.root=WARN",
                "--hub.database.embedded.directory=" + directory.resolve("postgresql/data"),
                "--hub.database.embedded.binaries=" + binaries);
    database = application.getBean(JdbcTemplate.class);
    transactions = application.getBean(TransactionTemplate.class);
    database.execute(CanonicalTickets.SCHEMA);
    database.execute(
        """
        create table if not exists bench_delivery (number text, sequence integer, target smallint,
          state text, primary key (number, sequence, target))
        """);
  }

  /** Keeps the reports; returns the nanoseconds it took. */
  long keep(List<List<Report>> lists) throws InterruptedException {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try {
      List<Callable<Void>> writers = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        List<Report> reports = new ArrayList<>();
        for (int list = connection; list < lists.size(); list += CONNECTIONS) {
          reports.addAll(lists.get(list));
        }
        writers.add(
            () -> {
              for (int start = 0; start < reports.size(); start += BATCH) {
                keepBatch(reports.subList(start, Math.min(start + BATCH, reports.size())));
              }
              return null;
            });
      }
      long start = System.nanoTime();
      for (Future<Void> writer : threads.invokeAll(writers)) {
        writer.get();
      }
      return System.nanoTime() - start;
    } catch (ExecutionException e) {
      throw new IllegalStateException(e.getCause());
    } finally {
      threads.shutdownNow();
    }
  }

  private void keepBatch(List<Report> batch) {
    List<Object[]> messages = new ArrayList<>();
    Map<String, Object[]> tickets = new LinkedHashMap<>();
    List<Object[]> events = new ArrayList<>();
    List<Object[]> deliveries = new ArrayList<>();
    for (Report report : batch) {
      byte[] body = report.body();
      String document = new String(body, UTF_8);
      messages.add(new Object[] {report.id(), body});
      tickets.put(report.ticket(), new Object[] {report.ticket(), document});
      events.add(new Object[] {report.ticket(), report.sequence(), report.id(), document});
      for (int target = 0; target < Targets.COUNT; target++) {
        deliveries.add(new Object[] {report.ticket(), report.sequence(), target, "pending"});
      }
    }
    transactions.executeWithoutResult(
        status -> {
          MESSAGE.update(database, messages);
          TICKET.update(database, tickets.values());
          EVENT.update(database, events);
          DELIVERY.update(database, deliveries);
        });
  }

  @Override
  public void close() {
    application.close();
  }
}
