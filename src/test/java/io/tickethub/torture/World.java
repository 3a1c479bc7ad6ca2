package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.HubProcess;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.Ports;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/** A hub in a process of its own, a desk that reports to it, and systems that it tells. */
final class World implements AutoCloseable {

  static final String DESK = "desk";

  private static final Duration STANDSTILL = Duration.ofSeconds(60);

  private final Map<String, Target> targets = new LinkedHashMap<>();
  private final List<FaultProxy> networks = new ArrayList<>();
  private final SourceLedger ledger = new SourceLedger();
  private final Stage stage;
  private final List<Target> reporters = new ArrayList<>();
  private final HubProcess hub;

  /** What can be chosen about a world. */
  static final class Plan {
    private final Map<String, PlainConnector> connectors = new LinkedHashMap<>();
    private final Map<String, Boolean> honouring = new LinkedHashMap<>();
    private final Map<String, String> environment = new LinkedHashMap<>();
    private final Set<String> distant = new HashSet<>();
    private final Map<String, String> folders = new LinkedHashMap<>();
    private final Set<String> reporters = new LinkedHashSet<>(Set.of(DESK));
    private String configuration = "";
    private String databaseUrl = "";
    private String brokerUrl = "";
    private Path data;

    /** A system that honours the idempotency key; {@code delivery} as YAML in braces. */
    Plan honouringKeys(String name, String delivery) {
      connectors.put(name, PlainConnector.named(name).delivery(delivery));
      honouring.put(name, true);
      return this;
    }

    /** A system that honours no key and can be asked what it has. */
    Plan canBeAsked(String name, String delivery) {
      connectors.put(name, PlainConnector.named(name).delivery(delivery).canBeAsked());
      honouring.put(name, false);
      return this;
    }

    /** These systems are reached over a network that can fail. */
    Plan overNetwork(String... names) {
      distant.addAll(List.of(names));
      return this;
    }

    /** Another system that reports, as the desk does. */
    Plan reporter(String name) {
      reporters.add(name);
      return this;
    }

    /** A connector whose folder is written by the scenario; its settings as YAML in braces. */
    Plan folder(String name, String settings) {
      folders.put(name, settings);
      return this;
    }

    /** More of {@code hub.yaml}, below {@code hub}, indented by two. */
    Plan configuration(String yaml) {
      configuration = yaml;
      return this;
    }

    /** A database and a broker that are there already. */
    Plan backends(String database, String broker) {
      databaseUrl = database;
      brokerUrl = broker;
      return this;
    }

    /** For the hub's process. */
    Plan environment(String name, String value) {
      environment.put(name, value);
      return this;
    }

    /** Where the hub keeps its data; without it, below the stage's directory. */
    Plan data(Path directory) {
      data = directory;
      return this;
    }
  }

  /** Three systems, one of which has to be asked. */
  static Plan threeTargets() {
    String delivery = "{first-retry: 200ms, longest-retry: 2s, concurrency: 8}";
    return new Plan()
        .honouringKeys("north", delivery)
        .honouringKeys("south", delivery)
        .canBeAsked("field", delivery);
  }

  World(Stage stage, Plan plan) throws IOException {
    this.stage = stage;
    Path connectors = stage.directory().resolve("connectors");
    StringBuilder settings = new StringBuilder();
    for (String name : plan.reporters) {
      PlainConnector.named(name).writeTo(connectors);
      Target reporter = new Target(name, true);
      reporters.add(reporter);
      settings.append(setting(reporter));
    }
    for (Map.Entry<String, PlainConnector> entry : plan.connectors.entrySet()) {
      entry.getValue().writeTo(connectors);
      Target target = new Target(entry.getKey(), plan.honouring.get(entry.getKey()));
      targets.put(entry.getKey(), target);
      settings.append(
          plan.distant.contains(entry.getKey()) ? overNetwork(target) : setting(target));
    }
    plan.folders.forEach(
        (name, values) -> settings.append("      %s: %s\n".formatted(name, values)));
    int port = Ports.free(1).get(0);
    Path data = plan.data == null ? stage.directory().resolve("data") : plan.data;
    Files.writeString(
        stage.directory().resolve("hub.yaml"),
        """
        hub:
          data: %s
          listen: {port: %d}
          operations:
            token: %s/data/keys/operator-token
          database: {url: "%s", username: %s, embedded: {binaries: %s}}
          broker: {url: "%s"}
          connectors:
            directory: %s
            routes: %s
            settings:
        %s%s
        """
            .formatted(
                data,
                port,
                stage.directory(),
                plan.databaseUrl,
                plan.databaseUrl.isEmpty() ? "hub" : "postgres",
                stage.home().resolve("target/postgresql"),
                plan.brokerUrl,
                connectors,
                PlainWorld.routes(),
                settings,
                plan.configuration));
    this.hub = stage.hub(URI.create("http://127.0.0.1:" + port)).with(plan.environment);
  }

  private static String setting(Target target) {
    return setting(target.name(), target.port());
  }

  private static String setting(String name, int port) {
    return "      %s: {base-url: \"http://127.0.0.1:%d\"}\n".formatted(name, port);
  }

  private String overNetwork(Target target) throws IOException {
    FaultProxy proxy = new FaultProxy(target.port());
    networks.add(proxy);
    return setting(target.name(), proxy.port());
  }

  /** The weather on the way to the distant systems. */
  void network(FaultProxy.Weather weather) throws IOException {
    for (FaultProxy network : networks) {
      network.weather(weather);
    }
  }

  HubProcess hub() {
    return hub;
  }

  Target target(String name) {
    return targets.get(name);
  }

  List<Target> targets() {
    return List.copyOf(targets.values());
  }

  SourceLedger ledger() {
    return ledger;
  }

  SendingSystem desk() {
    return reporter(DESK);
  }

  SendingSystem reporter(String name) {
    return new SendingSystem(hub.url(), name);
  }

  /** Starts the hub and notes how long it took to be ready. */
  Duration start() throws IOException, InterruptedException {
    Duration ready = hub.start();
    stage.verdict().most("slowest start, s", ready.toMillis() / 1000.0);
    return ready;
  }

  /**
   * Waits until everything received was told, or nothing moves any more; what is missing then is
   * for the audit.
   */
  void settle() throws InterruptedException {
    long moved = System.nanoTime();
    long told = 0;
    for (int second = 1; System.nanoTime() < moved + STANDSTILL.toNanos(); second++) {
      TimeUnit.SECONDS.sleep(1);
      long now = told();
      if (now != told) {
        moved = System.nanoTime();
      }
      if (second % 10 == 0) {
        stage.say("settling: %d notes told of %d", now, ledger.notes() * targets.size());
      }
      told = now;
      if (isAllTold() && isQuiet()) {
        return;
      }
    }
    stage.say(
        "nothing has moved for %d s%n%s",
        STANDSTILL.toSeconds(), new Standstill(hub, this::told).explanation());
  }

  private long told() {
    return targets.values().stream().mapToLong(target -> target.ledger().notes()).sum();
  }

  private boolean isAllTold() {
    return targets.values().stream().allMatch(target -> target.ledger().notes() >= ledger.notes());
  }

  private boolean isQuiet() throws InterruptedException {
    try {
      JsonNode status = hub.get("/api/status");
      long waiting = status.path("waitingMessages").asLong();
      for (JsonNode connector : status.get("connectors")) {
        waiting += connector.path("waiting").asLong();
      }
      return waiting == 0;
    } catch (IOException e) {
      stage.say("the hub does not answer: %s", e.getMessage());
      return false;
    }
  }

  @Override
  public void close() throws IOException {
    hub.close();
    for (Target reporter : reporters) {
      reporter.close();
    }
    for (FaultProxy network : networks) {
      network.close();
    }
    for (Target target : targets.values()) {
      target.close();
    }
  }
}
