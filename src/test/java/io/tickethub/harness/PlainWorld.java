package io.tickethub.harness;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.TicketEvent;
import java.io.IOException;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;

/** A hub in this process among systems that are connected by {@link PlainConnector}s. */
public final class PlainWorld implements AutoCloseable {

  private static final String ROUTES = "--hub.connectors.routes=";
  private static final Duration PATIENCE = Duration.ofSeconds(20);

  private final Map<String, TargetSystem> targets = new LinkedHashMap<>();
  private final Path directory;
  private final List<String> configuration = new ArrayList<>();
  private Clock clock;
  private EmbeddedHub hub;

  private PlainWorld(Path directory) {
    this.directory = directory;
  }

  /** Starts the systems and the hub; {@code values} are of its configuration. */
  public static PlainWorld start(Path directory, List<PlainConnector> connectors, String... values)
      throws IOException {
    PlainWorld world = prepare(directory, connectors, values);
    world.startHub();
    return world;
  }

  /** The same, with a clock of the test's own. */
  public static PlainWorld startAt(
      Clock clock, Path directory, List<PlainConnector> connectors, String... values)
      throws IOException {
    PlainWorld world = prepare(directory, connectors, values);
    world.clock = clock;
    world.startHub();
    return world;
  }

  /** Starts the systems only. */
  public static PlainWorld prepare(
      Path directory, List<PlainConnector> connectors, String... values) throws IOException {
    PlainWorld world = new PlainWorld(directory);
    for (PlainConnector connector : connectors) {
      connector.writeTo(world.connectors());
      TargetSystem target = new TargetSystem();
      world.targets.put(connector.name(), target);
      world.configuration.add(
          "--hub.connectors.settings.%s.base-url=%s".formatted(connector.name(), target.url()));
    }
    if (List.of(values).stream().noneMatch(value -> value.startsWith(ROUTES))) {
      world.configuration.add(ROUTES + routes());
    }
    world.configuration.addAll(List.of(values));
    return world;
  }

  /** Rules by which every system hears of every ticket. */
  public static Path routes() {
    return EmbeddedHub.home().resolve("src/test/resources/flow/routes");
  }

  public void startHub() {
    String[] values = configuration.toArray(String[]::new);
    hub =
        clock == null
            ? EmbeddedHub.start(directory, connectors(), values)
            : EmbeddedHub.startAt(clock, directory, connectors(), values);
  }

  /** Starts the hub without the settings of a connector. */
  public void startHubWithout(String connector) {
    String setting = "--hub.connectors.settings.%s.base-url=".formatted(connector);
    hub =
        EmbeddedHub.start(
            directory,
            connectors(),
            configuration.stream()
                .filter(value -> !value.startsWith(setting))
                .toArray(String[]::new));
  }

  private Path connectors() {
    return directory.resolve("connectors");
  }

  public EmbeddedHub hub() {
    return hub;
  }

  /** Where a system is told things. */
  public TargetSystem target(String name) {
    return targets.get(name);
  }

  /** A system that reports. */
  public SendingSystem sender(String name) {
    return new SendingSystem(hub.url(), name);
  }

  /** The hub's number of what a system calls {@code ticket}; waits until it is known. */
  public String number(String ticket) {
    return hub.part(TicketStore.class).load(List.of(id(ticket))).get(id(ticket)).number();
  }

  /** The hub's id of what a system calls {@code ticket}; waits until it is known. */
  public long id(String ticket) {
    TicketReferences references = hub.part(TicketReferences.class);
    return await()
        .atMost(PATIENCE)
        .until(() -> references.ticketsCalled(ticket), found -> found.size() == 1)
        .get(0);
  }

  /** The history of what a system calls {@code ticket}. */
  public List<TicketEvent> events(String ticket) {
    return hub.part(TicketStore.class).events(id(ticket));
  }

  /** What was noted of a ticket, in the order of its history. */
  public List<String> notes(String ticket) {
    return events(ticket).stream()
        .map(TicketEvent::detail)
        .map(EventDetail::note)
        .filter(Objects::nonNull)
        .toList();
  }

  /** Waits until exactly this is noted of a ticket, in this order. */
  public void awaitNotes(String ticket, List<String> notes) {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(notes(ticket)).containsExactlyElementsOf(notes));
  }

  /** What {@code /api/status} says of a connector. */
  public JsonNode status(String connector) throws IOException, InterruptedException {
    for (JsonNode line : hub.get("/api/status").get("connectors")) {
      if (line.get("name").asText().equals(connector)) {
        return line;
      }
    }
    throw new IllegalArgumentException(connector);
  }

  @Override
  public void close() {
    if (hub != null) {
      hub.close();
    }
    targets.values().forEach(TargetSystem::close);
  }
}
