package io.tickethub.connector;

import io.tickethub.connector.ConnectorStatus.State;
import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.SettingValues;
import io.tickethub.connector.folder.UnconfiguredException;
import io.tickethub.definition.DefinitionException;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.intake.ConnectorDirectory;
import io.tickethub.journal.JournalEntry;
import io.tickethub.mapping.MappingException;
import io.tickethub.ticket.Change;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.stream.Stream;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The connectors of this node. One broken folder harms no other. */
public final class Connectors implements ConnectorDirectory {

  private static final Logger LOG = LoggerFactory.getLogger(Connectors.class);

  private final ConnectorProperties properties;
  private final SettingValues settingValues;
  private final ConnectorContext.Parts parts;
  private final Dispatchers dispatchers;
  private final Clock clock;
  private final Map<String, Loaded> loaded = new ConcurrentSkipListMap<>();

  Connectors(
      ConnectorProperties properties,
      SettingValues settingValues,
      ConnectorContext.Parts parts,
      Dispatchers dispatchers,
      Clock clock) {
    this.properties = properties;
    this.settingValues = settingValues;
    this.parts = parts;
    this.dispatchers = dispatchers;
    this.clock = clock;
  }

  /** A folder and what came of it; definition and context are null unless it runs. */
  private record Loaded(
      ConnectorStatus status, ConnectorDefinition definition, ConnectorContext context) {}

  /** Reads every folder and starts what can be started. */
  public void startAll() {
    atOnce(folders(), this::start);
    loaded
        .values()
        .forEach(
            connector -> {
              if (connector.context() != null) {
                dispatchers.attach(connector.context().outlet());
              }
            });
  }

  /** One slow connector must not make the others wait. */
  private static <T> void atOnce(Collection<T> items, Consumer<T> action) {
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletableFuture.allOf(
              items.stream()
                  .map(item -> CompletableFuture.runAsync(() -> action.accept(item), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  private List<Path> folders() {
    try (Stream<Path> entries = Files.list(properties.directory())) {
      return entries
          .filter(entry -> Files.exists(entry.resolve("connector.yaml")))
          .sorted()
          .toList();
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(properties.directory(), e.getMessage()), e);
    }
  }

  private void start(Path folder) {
    String name = folder.getFileName().toString();
    if (!properties.isEnabled(name)) {
      loaded.put(name, without(name, Map.of(), State.DISABLED, "left out by the operator"));
      return;
    }
    Map<String, String> titles = Map.of();
    try {
      ConnectorManifest manifest = ConnectorFolder.manifest(folder);
      titles = manifest.titles();
      Map<String, String> settings = settingValues.resolve(manifest, properties.settingsOf(name));
      ConnectorDefinition definition = ConnectorFolder.read(folder, settings);
      ConnectorContext context = ConnectorContext.start(definition, parts);
      loaded.put(name, running(definition, context));
      LOG.info("connector {} runs with routes {}", name, context.routes());
    } catch (UnconfiguredException e) {
      loaded.put(name, without(name, titles, State.UNCONFIGURED, e.getMessage()));
      LOG.warn("connector {} does not run: {}", name, e.getMessage());
    } catch (RuntimeException e) {
      loaded.put(name, without(name, titles, State.FAILED, cause(e)));
      LOG.error("connector {} does not run: {}", name, cause(e));
    }
  }

  private static String cause(RuntimeException e) {
    Throwable root = e;
    while (!(root instanceof DefinitionException) && root.getCause() != null) {
      root = root.getCause();
    }
    return root instanceof DefinitionException ? root.getMessage() : root.toString();
  }

  private Loaded running(ConnectorDefinition definition, ConnectorContext context) {
    return new Loaded(
        new ConnectorStatus(
            definition.name(),
            definition.manifest().titles(),
            State.RUNNING,
            null,
            clock.instant(),
            context.routes(),
            definition.inbound().keySet().stream().sorted().toList(),
            definition.outbound().keySet().stream().sorted().toList()),
        definition,
        context);
  }

  private Loaded without(String name, Map<String, String> titles, State state, String cause) {
    return new Loaded(
        new ConnectorStatus(
            name, titles, state, cause, clock.instant(), List.of(), List.of(), List.of()),
        null,
        null);
  }

  /** Stops all: first what comes in, then what goes out. */
  public void stopAll() {
    loaded.forEach((name, connector) -> dispatchers.detach(name));
    atOnce(
        loaded.values().stream().map(Loaded::context).filter(Objects::nonNull).toList(),
        ConnectorContext::close);
    loaded.clear();
  }

  @Override
  public Telling telling(String connector, String code) {
    Loaded found = loaded.get(connector);
    if (found == null || found.status().state() == State.DISABLED) {
      return Telling.UNKNOWN;
    }
    if (found.definition() == null) {
      return Telling.WAITS;
    }
    return found.definition().channelFor(code).isPresent() ? Telling.CARRIED : Telling.NOT_CARRIED;
  }

  /**
   * What a stored message means by its connector's mapping of today; throws {@link
   * MappingException} if it means nothing.
   */
  public List<Change> translate(JournalEntry entry, byte[] body) {
    Loaded found = loaded.get(entry.connector());
    if (found == null
        || found.definition() == null
        || !found.definition().inbound().containsKey(entry.channel())) {
      throw new IllegalStateException(
          "connector %s does not run, or has no channel %s any more"
              .formatted(entry.connector(), entry.channel()));
    }
    Admission admission =
        new Admission(
            entry.connector(),
            found.definition().inbound().get(entry.channel()),
            parts.admission());
    ReceivedMessage message =
        new ReceivedMessage(body, entry.provenance().headers(), entry.provenance().fileName());
    return admission.understand(message, entry.receivedAt()).changes();
  }

  /** What a running connector runs with; empty if it does not run. */
  public Optional<ConnectorDefinition> definition(String name) {
    return Optional.ofNullable(loaded.get(name)).map(Loaded::definition);
  }

  public Collection<ConnectorStatus> statuses() {
    return loaded.values().stream().map(Loaded::status).toList();
  }

  public Optional<ConnectorStatus> status(String name) {
    return Optional.ofNullable(loaded.get(name)).map(Loaded::status);
  }

  /** Whether there is such a connector and it does not run. */
  boolean isWaiting(String name) {
    return status(name).filter(status -> status.state() != State.RUNNING).isPresent();
  }
}
