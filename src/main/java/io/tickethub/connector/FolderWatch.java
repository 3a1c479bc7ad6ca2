package io.tickethub.connector;

import io.tickethub.connector.version.ConnectorVersions.Cause;
import io.tickethub.connector.version.ConnectorVersions.Reason;
import io.tickethub.connector.version.FolderFiles;
import io.tickethub.connector.version.FolderPrint;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.SynchronousQueue;
import java.util.concurrent.ThreadPoolExecutor;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Looks at the connectors' directory again and again, and takes each folder that changed and then
 * stood still. It polls: the file systems that connectors are mounted from tell of no changes.
 */
final class FolderWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(FolderWatch.class);
  private static final Duration STILL = Duration.ofMillis(500);
  private static final Duration PATIENCE_AT_STOP = Duration.ofSeconds(60);
  private static final String TEMPLATES = "templates";
  private static final FolderPrint GONE = new FolderPrint(Map.of());
  private static final FolderPrint UNREADABLE =
      new FolderPrint(Map.of("", new FolderPrint.Trace(-1, FileTime.fromMillis(0), "")));

  private final ConnectorProperties properties;
  private final ConnectorSwap swap;
  private final InstantSource clock;
  private final Map<String, FolderPrint> taken = new ConcurrentHashMap<>();
  private final Map<String, Sighting> moving = new TreeMap<>();
  private final Set<String> busy = ConcurrentHashMap.newKeySet();
  private final ScheduledExecutorService looks =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "connector-watch"));

  /** One slow connector must not make the others wait. */
  private final ThreadPoolExecutor workers =
      new ThreadPoolExecutor(
          0,
          Integer.MAX_VALUE,
          1,
          TimeUnit.SECONDS,
          new SynchronousQueue<>(),
          task -> new Thread(task, "connector-swap"));

  FolderWatch(ConnectorProperties properties, ConnectorSwap swap, InstantSource clock) {
    this.properties = properties;
    this.swap = swap;
    this.clock = clock;
  }

  /** A folder as it was first seen so. */
  private record Sighting(FolderPrint print, Instant since) {}

  /** Takes every folder at once, and from then on what changes. */
  void start() {
    ConnectorRollback.recover(properties.directory());
    CompletableFuture.allOf(
            prints().entrySet().stream()
                .map(
                    entry ->
                        CompletableFuture.runAsync(
                            () -> take(entry.getKey(), entry.getValue()), workers))
                .toArray(CompletableFuture[]::new))
        .join();
    if (!properties.watch().isZero()) {
      long interval = properties.watch().toMillis();
      looks.scheduleWithFixedDelay(this::lookAround, interval, interval, TimeUnit.MILLISECONDS);
    }
  }

  private void lookAround() {
    try {
      Map<String, FolderPrint> seen = prints();
      Set<String> names = new TreeSet<>(seen.keySet());
      names.addAll(taken.keySet());
      names.stream()
          .filter(name -> !busy.contains(name))
          .forEach(name -> look(name, seen.getOrDefault(name, GONE)));
    } catch (RuntimeException e) {
      LOG.warn("the connectors' directory cannot be looked at now: {}", e.getMessage());
    }
  }

  private void look(String name, FolderPrint print) {
    if (print.equals(taken.getOrDefault(name, GONE))) {
      moving.remove(name);
      return;
    }
    Instant now = clock.instant();
    Sighting sighting = moving.get(name);
    if (sighting == null || !sighting.print().equals(print)) {
      moving.put(name, new Sighting(print, now));
    } else if (!now.isBefore(sighting.since().plus(STILL))) {
      moving.remove(name);
      busy.add(name);
      workers.execute(() -> handle(name, print));
    }
  }

  private void handle(String name, FolderPrint print) {
    try {
      if (print.equals(GONE)) {
        taken.remove(name);
        swap.remove(name, new Cause(Reason.REMOVED, "folder: unknown", ""));
      } else {
        take(name, print);
      }
    } catch (RuntimeException e) {
      LOG.error("connector {}: its folder cannot be taken", name, e);
    } finally {
      busy.remove(name);
    }
  }

  private void take(String name, FolderPrint print) {
    Path folder = properties.directory().resolve(name);
    Reason reason = taken.containsKey(name) ? Reason.CHANGED : Reason.STARTED;
    taken.put(name, print);
    swap.take(folder, new Cause(reason, "folder: " + owner(folder, print), ""));
  }

  /** Whose the file is that was written last. */
  private static String owner(Path folder, FolderPrint print) {
    Path newest =
        print.files().entrySet().stream()
            .max(Comparator.comparing(file -> file.getValue().modified()))
            .map(file -> folder.resolve(file.getKey()))
            .orElse(folder);
    try {
      return Files.getOwner(newest).getName();
    } catch (IOException | UnsupportedOperationException e) {
      return "unknown";
    }
  }

  /** The folders of connectors by name. */
  private Map<String, FolderPrint> prints() {
    Map<String, FolderPrint> prints = new TreeMap<>();
    FolderPrint templates = templates();
    try (Stream<Path> entries = Files.list(properties.directory())) {
      for (Path folder : entries.filter(FolderWatch::isConnector).toList()) {
        prints.put(folder.getFileName().toString(), print(folder).with(TEMPLATES, templates));
      }
      return prints;
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(properties.directory(), e), e);
    }
  }

  /** Connectors are made of them too. */
  private FolderPrint templates() {
    Path folder = properties.directory().resolve(TEMPLATES);
    return Files.isDirectory(folder) ? print(folder) : GONE;
  }

  /** Only a folder that is known to be gone is gone. */
  private static boolean isConnector(Path folder) {
    return !FolderFiles.isTemporary(folder)
        && Files.isDirectory(folder)
        && !Files.notExists(folder.resolve("connector.yaml"));
  }

  /** A folder that cannot be read now is as it was. */
  private FolderPrint print(Path folder) {
    try {
      return FolderPrint.of(folder);
    } catch (IOException e) {
      LOG.warn("{} cannot be read: {}", folder, e.toString());
      return taken.getOrDefault(folder.getFileName().toString(), UNREADABLE);
    }
  }

  /** Looks no more; what is being taken is taken to its end. */
  @Override
  public void close() {
    looks.shutdown();
    try {
      looks.awaitTermination(PATIENCE_AT_STOP.toSeconds(), TimeUnit.SECONDS);
      workers.shutdown();
      workers.awaitTermination(PATIENCE_AT_STOP.toSeconds(), TimeUnit.SECONDS);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
