package io.tickethub.connector;

import io.tickethub.connector.ConnectorStatus.State;
import io.tickethub.connector.ConnectorSwitches.Off;
import io.tickethub.connector.RunningConnectors.Loaded;
import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.camel.ConnectorGates;
import io.tickethub.connector.camel.RouteMeters;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.connector.folder.SettingValues;
import io.tickethub.connector.folder.UnconfiguredException;
import io.tickethub.connector.version.ConnectorVersions;
import io.tickethub.connector.version.ConnectorVersions.Cause;
import io.tickethub.connector.version.ConnectorVersions.Reason;
import io.tickethub.connector.version.FolderContent;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.delivery.Dispatchers;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.ReentrantLock;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Starts, swaps and stops one connector at a time, so that nothing is lost or repeated: the new one
 * is made ready, then the old one lets what is in flight finish, then the new one opens. Meanwhile
 * deliveries wait in the database and web requests at the gate.
 */
final class ConnectorSwap {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorSwap.class);

  private final ConnectorProperties properties;
  private final SettingValues settingValues;
  private final ConnectorContext.Parts parts;
  private final ConnectorGates gates;
  private final Dispatchers dispatchers;
  private final RunningConnectors running;
  private final ConnectorVersions versions;
  private final CertificateWarning certificates;
  private final RouteOrders orders;
  private final ConnectorSwitches switches;
  private final Clock clock;
  private final Duration ledger;
  private final Map<String, ReentrantLock> locks = new ConcurrentHashMap<>();

  ConnectorSwap(
      ConnectorProperties properties,
      SettingValues settingValues,
      ConnectorContext.Parts parts,
      ConnectorGates gates,
      Dispatchers dispatchers,
      RunningConnectors running,
      ConnectorVersions versions,
      CertificateWarning certificates,
      RouteOrders orders,
      ConnectorSwitches switches,
      Clock clock,
      Duration ledger) {
    this.properties = properties;
    this.settingValues = settingValues;
    this.parts = parts;
    this.gates = gates;
    this.dispatchers = dispatchers;
    this.running = running;
    this.versions = versions;
    this.certificates = certificates;
    this.orders = orders;
    this.switches = switches;
    this.clock = clock;
    this.ledger = ledger;
  }

  /** Nobody else changes the connector during the action. */
  void alone(String name, Runnable action) {
    ReentrantLock lock = locks.computeIfAbsent(name, any -> new ReentrantLock());
    lock.lock();
    try {
      action.run();
    } finally {
      lock.unlock();
    }
  }

  /** Brings what a folder holds to run, if it can. */
  void take(Path folder, Cause cause) {
    String name = folder.getFileName().toString();
    alone(name, () -> takeAlone(name, folder, cause, false));
  }

  /** The same, also if the folder is as it was: its secrets may be others. */
  void takeAnew(Path folder, Cause cause) {
    String name = folder.getFileName().toString();
    alone(name, () -> takeAlone(name, folder, cause, true));
  }

  /** What other nodes and earlier runs decided about a connector is so here too. */
  void obeySwitch(String name) {
    if (isOtherwise(name)) {
      Path folder = properties.directory().resolve(name);
      alone(
          name,
          () -> {
            if (isOtherwise(name)) {
              takeAlone(name, folder, new Cause(Reason.STARTED, "hub", ""), true);
            }
          });
    }
  }

  private boolean isOtherwise(String name) {
    Optional<Loaded> loaded = running.find(name);
    return switches.off(name).isPresent()
        ? loaded.filter(Loaded::runs).isPresent()
        : loaded.filter(connector -> connector.status().switchedOff()).isPresent();
  }

  private void takeAlone(String name, Path folder, Cause cause, boolean anew) {
    if (!properties.isEnabled(name)) {
      running.put(name, without(name, Map.of(), State.DISABLED, "left out by the operator"));
      return;
    }
    Optional<Off> off = switches.off(name);
    if (off.isPresent()) {
      switchedOff(name, folder, off.get());
      return;
    }
    Optional<Loaded> old = running.find(name).filter(Loaded::runs);
    Map<String, String> titles = Map.of();
    try {
      FolderContent content = DeployedContent.read(folder);
      if (!anew && old.isPresent() && old.get().digest().equals(content.digest())) {
        running.put(name, old.get().saying(null));
        return;
      }
      titles = ConnectorFolder.manifest(folder).titles();
      if (old.isPresent()) {
        check(folder, RouteTemplates.beside(folder));
      }
      bring(definition(folder), content, old, cause);
    } catch (UnconfiguredException e) {
      refuse(name, titles, State.UNCONFIGURED, e.getMessage(), old);
    } catch (RuntimeException e) {
      refuse(name, titles, State.FAILED, causeOf(e), old);
    }
  }

  /** What it would be told waits, and so do its senders. */
  private void switchedOff(String name, Path folder, Off off) {
    Map<String, String> titles = titles(name, folder);
    Loaded waiting =
        without(
            name,
            titles,
            State.DISABLED,
            "%s%s: %s".formatted(ConnectorStatus.SWITCHED_OFF, off.by(), off.reason()));
    stop(name, () -> running.put(name, waiting));
    LOG.warn("connector {} is switched off by {}: {}", name, off.by(), off.reason());
  }

  private Map<String, String> titles(String name, Path folder) {
    try {
      return ConnectorFolder.manifest(folder).titles();
    } catch (RuntimeException e) {
      return running.find(name).map(known -> known.status().titles()).orElse(Map.of());
    }
  }

  private ConnectorDefinition definition(Path folder) {
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    checkRetention(folder, manifest);
    return ConnectorFolder.readToRun(
        folder, settingValues.resolve(manifest, properties.settingsOf(manifest.name())));
  }

  private void checkRetention(Path folder, ConnectorManifest manifest) {
    if (manifest.retention() != null && manifest.retention().bodies().compareTo(ledger) > 0) {
      Path file = folder.resolve("connector.yaml");
      throw new DefinitionException(
          "%s, line %d: retention.bodies is %dd, longer than hub.retention.ledger, %dd: the ledger recognises what comes twice and has to outlive the bodies; lower the one or have the operator raise the other"
              .formatted(
                  file,
                  YamlFiles.line(file, List.of("retention", "bodies")),
                  manifest.retention().bodies().toDays(),
                  ledger.toDays()));
    }
  }

  /** Throws {@link DefinitionException} with all that is wrong. */
  static void check(Path folder, RouteTemplates templates) {
    ConnectorCheck.Report report = ConnectorCheck.check(folder, templates);
    List<String> problems = new ArrayList<>(report.problems());
    report.examples().stream()
        .filter(example -> !example.passed())
        .map(example -> describe(folder, example))
        .forEach(problems::add);
    if (!problems.isEmpty()) {
      throw new DefinitionException(String.join("; ", problems));
    }
  }

  private static String describe(Path folder, ExampleOutcome example) {
    return "%s: %s"
        .formatted(
            folder.resolve("examples").resolve(example.name()), example.difference().orElse(""));
  }

  private void refuse(
      String name, Map<String, String> titles, State state, String cause, Optional<Loaded> old) {
    if (old.isEmpty()) {
      running.put(name, without(name, titles, state, cause));
      LOG.error("connector {} does not run: {}", name, cause);
      return;
    }
    Integer version = old.get().status().version();
    running.put(
        name,
        old.get()
            .saying(
                "the folder's change is not taken, %s goes on: %s"
                    .formatted(version == null ? "what ran before" : "version " + version, cause)));
    LOG.error("connector {} goes on as before, its changed folder is wrong: {}", name, cause);
  }

  private static String causeOf(RuntimeException e) {
    Throwable root = e;
    while (!(root instanceof DefinitionException) && root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof DefinitionException ? root.getMessage() : root.toString();
  }

  private void bring(
      ConnectorDefinition definition, FolderContent content, Optional<Loaded> old, Cause cause) {
    String name = definition.name();
    ConnectorContext fresh = ConnectorContext.prepare(definition, parts);
    dispatchers.detach(name);
    try {
      gates.closedDuring(
          name,
          () -> {
            old.ifPresent(connector -> connector.context().shut());
            open(name, fresh, old);
            running.put(name, loaded(definition, fresh, content.digest(), null));
          });
    } catch (RuntimeException e) {
      old.ifPresent(connector -> dispatchers.attach(connector.context().outlet()));
      throw e;
    }
    dispatchers.attach(fresh.outlet());
    old.ifPresent(connector -> connector.context().close());
    RouteMeters.forget(parts.meters(), name, fresh.routes());
    Integer version = keep(name, content, cause);
    running.put(name, loaded(definition, fresh, content.digest(), version));
    LOG.info(
        "connector {} runs {} with routes {}",
        name,
        version == null ? "" : "version " + version,
        fresh.routes());
    certificates.say(definition);
  }

  /** If the new one does not start, the old one does again. */
  private void open(String name, ConnectorContext fresh, Optional<Loaded> old) {
    try {
      fresh.open(route -> orders.wanted(name, route));
    } catch (RuntimeException e) {
      fresh.close();
      old.ifPresent(connector -> connector.context().open(route -> orders.wanted(name, route)));
      throw e;
    }
  }

  /** A version that cannot be kept is no reason not to run it. */
  private Integer keep(String name, FolderContent content, Cause cause) {
    try {
      return versions.record(name, content, cause);
    } catch (DataAccessException | TransactionException e) {
      LOG.warn("connector {}: the version is not kept: {}", name, e.getMessage());
      return null;
    }
  }

  private Loaded loaded(
      ConnectorDefinition definition, ConnectorContext context, String digest, Integer version) {
    return new Loaded(
        new ConnectorStatus(
            definition.name(),
            definition.manifest().titles(),
            State.RUNNING,
            null,
            clock.instant(),
            context.routes(),
            definition.inbound().keySet().stream().sorted().toList(),
            definition.outbound().keySet().stream().sorted().toList(),
            version),
        definition,
        context,
        digest);
  }

  private Loaded without(String name, Map<String, String> titles, State state, String cause) {
    return Loaded.without(
        new ConnectorStatus(
            name, titles, state, cause, clock.instant(), List.of(), List.of(), List.of(), null));
  }

  /** Drains and stops a connector whose folder is gone. */
  void remove(String name, Cause cause) {
    alone(
        name,
        () -> {
          boolean ran = running.find(name).filter(Loaded::runs).isPresent();
          stop(name);
          RouteMeters.forget(parts.meters(), name, List.of());
          dispatchers.forget(name);
          if (ran) {
            keep(name, FolderContent.NONE, cause);
            LOG.info("connector {} is removed", name);
          }
        });
  }

  /** Drains and stops a connector. */
  void stop(String name) {
    stop(name, () -> running.remove(name));
  }

  /**
   * At no moment is a connector that stays unknown: the pipeline would take it for none, and what
   * happens then would never be told.
   */
  private void stop(String name, Runnable stopped) {
    alone(
        name,
        () -> {
          dispatchers.detach(name);
          gates.closedDuring(
              name,
              () -> {
                running.find(name).filter(Loaded::runs).ifPresent(any -> any.context().close());
                stopped.run();
              });
        });
  }
}
