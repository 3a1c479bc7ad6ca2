package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.harness.EmbeddedHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.unit.DataSize;

/** A person is told before the disk is full, and when it has space again. */
class DiskWatchIT {

  private static final String NODE = "a node with a disk of its own";

  @TempDir static Path directory;
  static EmbeddedHub hub;
  static Alerts alerts;

  @BeforeAll
  static void start() throws Exception {
    Path connectors = Files.createDirectories(directory.resolve("connectors/products")).getParent();
    hub = EmbeddedHub.start(directory, connectors);
    alerts = hub.part(Alerts.class);
  }

  @AfterAll
  static void stop() {
    hub.close();
  }

  @Test
  void anAlertOpensBelowTheReserveAndClosesAboveIt() throws Exception {
    long usable = Files.getFileStore(directory).getUsableSpace();

    try (DiskWatch watch = watch(usable * 2)) {
      watch.start();
      await().until(() -> open().size() == 1);
    }
    try (DiskWatch watch = watch(usable - usable / 20)) {
      watch.start();
      await().during(Duration.ofSeconds(1)).until(() -> open().size() == 1);
    }
    try (DiskWatch watch = watch(usable / 2)) {
      watch.start();
      await().until(() -> open().isEmpty());
    }
    assertThat(hub.get("/api/alerts?closed=true").toString()).contains("MB are left");
  }

  private static DiskWatch watch(long reserve) {
    return new DiskWatch(directory, DataSize.ofBytes(reserve), NODE, alerts);
  }

  private static List<Alert> open() {
    return alerts.open().stream()
        .filter(alert -> alert.kind() == AlertKind.DISK_FULL && alert.subject().equals(NODE))
        .toList();
  }
}
