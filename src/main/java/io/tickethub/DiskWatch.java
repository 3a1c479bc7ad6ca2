package io.tickethub;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.util.unit.DataSize;

/** Tells a person when the disk of the hub's data has little space left, and when it has again. */
final class DiskWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(DiskWatch.class);
  private static final long LOOK_SECONDS = 2;

  /** Over is an alert only with some more than what began it. */
  private static final double ENOUGH = 1.25;

  private final Path data;
  private final long reserve;
  private final String node;
  private final Alerts alerts;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "disk-watch"));

  /**
   * @param reserve below this an alert opens
   * @param node the alert's subject
   */
  DiskWatch(Path data, DataSize reserve, String node, Alerts alerts) {
    this.data = data.toAbsolutePath();
    this.reserve = reserve.toBytes();
    this.node = node;
    this.alerts = alerts;
  }

  void start() {
    timer.scheduleWithFixedDelay(this::look, 0, LOOK_SECONDS, TimeUnit.SECONDS);
  }

  private void look() {
    try {
      long usable = Files.getFileStore(data).getUsableSpace();
      if (usable < reserve) {
        alerts.open(
            AlertKind.DISK_FULL,
            node,
            "%d MB are left where %s is; what cannot be kept is refused"
                .formatted(usable >> 20, data));
      } else if (usable > reserve * ENOUGH) {
        alerts.close(
            AlertKind.DISK_FULL, node, "%d MB are left where %s is".formatted(usable >> 20, data));
      }
    } catch (IOException e) {
      LOG.debug("the space left where {} is cannot be told: {}", data, e.toString());
    }
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
