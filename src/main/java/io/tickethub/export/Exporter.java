package io.tickethub.export;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.Exporting;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.export.FileWriting.Written;
import io.tickethub.mapping.MappingException;
import io.tickethub.storage.NodeLock;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.util.Map;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Gives each system its files, on one node at a time. A file is written anew at every attempt and
 * has the same name each time; the next is not given before it was taken.
 */
final class Exporter implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(Exporter.class);
  private static final long LOOK_MILLISECONDS = 1_000;
  private static final Duration FIRST_RETRY = Duration.ofSeconds(5);
  private static final Duration LONGEST_RETRY = Duration.ofMinutes(10);
  private static final int DOUBLINGS = 8;
  private static final int ATTEMPTS_BEFORE_ALERT = 3;

  private final ExportStore store;
  private final FileWriting writing;
  private final Connectors connectors;
  private final ConnectorControls controls;
  private final NodeLock turn;
  private final Alerts alerts;
  private final Clock clock;
  private final CountDownLatch stopping = new CountDownLatch(1);
  private final Thread thread = new Thread(this::run, "exports");
  private volatile boolean running;

  Exporter(
      ExportStore store,
      FileWriting writing,
      Connectors connectors,
      ConnectorControls controls,
      NodeLock turn,
      Alerts alerts,
      Clock clock) {
    this.store = store;
    this.writing = writing;
    this.connectors = connectors;
    this.controls = controls;
    this.turn = turn;
    this.alerts = alerts;
    this.clock = clock;
  }

  private void run() {
    try {
      while (!stopping.await(LOOK_MILLISECONDS, TimeUnit.MILLISECONDS)) {
        lookAtAll();
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void lookAtAll() {
    for (ConnectorDefinition definition : connectors.definitions()) {
      definition
          .exports()
          .forEach(
              (name, export) -> {
                if (turn.isHeld() && controls.pause(definition.name()).isEmpty()) {
                  look(definition.name(), name, export);
                }
              });
    }
  }

  private void look(String connector, String name, Exporting export) {
    try {
      Instant now = clock.instant();
      begin(connector, name, export, now);
      store
          .due(connector, name, now)
          .filter(file -> !store.isStillWritten(file.to()))
          .ifPresent(file -> give(file, export));
    } catch (DataAccessException | TransactionException e) {
      LOG.debug("exports have to wait for the database: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("export {} of {} stumbled, trying again", name, connector, e);
    }
  }

  /** The first file begins with the day of its end, every other where the last one ends. */
  private void begin(String connector, String name, Exporting export, Instant now) {
    ExportFile last = store.last(connector, name).orElse(null);
    if (last != null && last.to().isAfter(now)) {
      return;
    }
    ZonedDateTime to =
        export.schedule().next((last == null ? now : last.to()).atZone(export.zone()));
    if (to != null) {
      Instant from = last == null ? startOfDay(now, export.zone()) : last.to();
      long number = last == null ? 1 : last.number() + 1;
      store.begin(
          new ExportFile(connector, name, number, from, to.toInstant(), 0),
          to.toInstant().plus(export.settle()));
    }
  }

  private static Instant startOfDay(Instant now, ZoneId zone) {
    return now.atZone(zone).toLocalDate().atStartOfDay(zone).toInstant();
  }

  private void give(ExportFile file, Exporting export) {
    try {
      Path place = Files.createTempFile("export-", ".part");
      try {
        Map<String, Object> values = file.values(export.zone());
        Written written = writing.write(file, values, export.channel().translation(), place);
        Map<String, String> headers = export.channel().translation().headers(values);
        connectors.export(file.connector(), file.export(), file.key(), headers, place);
        store.sent(file, written.records(), written.digest(), clock.instant());
        alerts.close(
            AlertKind.EXPORT_FAILS, file.subject(), "file %d was taken".formatted(file.number()));
      } finally {
        Files.deleteIfExists(place);
      }
    } catch (IOException | IllegalStateException | MappingException e) {
      failed(file, e);
    }
  }

  private void failed(ExportFile file, Exception cause) {
    Duration rest = FIRST_RETRY.multipliedBy(1L << Math.min(file.attempts(), DOUBLINGS));
    Instant again = clock.instant().plus(rest.compareTo(LONGEST_RETRY) < 0 ? rest : LONGEST_RETRY);
    LOG.warn(
        "file {} of export {} is not given, again at {}: {}",
        file.number(),
        file.subject(),
        again,
        cause.getMessage());
    store.failed(file, cause.getMessage(), again);
    if (file.attempts() + 1 >= ATTEMPTS_BEFORE_ALERT) {
      alerts.open(AlertKind.EXPORT_FAILS, file.subject(), cause.getMessage());
    }
  }

  @Override
  public void start() {
    thread.start();
    running = true;
  }

  @Override
  public void stop() {
    running = false;
    stopping.countDown();
    try {
      thread.join(TimeUnit.SECONDS.toMillis(10));
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /** After the connectors started and before they stop. */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE;
  }
}
