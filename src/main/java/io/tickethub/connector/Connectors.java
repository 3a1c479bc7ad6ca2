package io.tickethub.connector;

import io.tickethub.connector.ConnectorStatus.State;
import io.tickethub.connector.camel.RouteControl;
import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.Receipt;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.version.ConnectorVersions.Cause;
import io.tickethub.connector.version.ConnectorVersions.Reason;
import io.tickethub.delivery.DeliveryFailedException;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.intake.ConnectorDirectory;
import io.tickethub.journal.JournalEntry;
import io.tickethub.mapping.MappingException;
import io.tickethub.ticket.Change;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;

/** The connectors of this node. One broken folder harms no other. */
public final class Connectors implements ConnectorDirectory {

  private static final Duration LOOK_FOR_SILENCE = Duration.ofSeconds(2);

  private final RunningConnectors running;
  private final ConnectorSwap swap;
  private final FolderWatch watch;
  private final SilenceWatch silence;
  private final AdmissionParts admission;
  private final RouteOperations routes;
  private final ConnectorSwitches switches;
  private final Path directory;

  Connectors(
      RunningConnectors running,
      ConnectorSwap swap,
      FolderWatch watch,
      SilenceWatch silence,
      AdmissionParts admission,
      RouteOperations routes,
      ConnectorSwitches switches,
      Path directory) {
    this.running = running;
    this.swap = swap;
    this.watch = watch;
    this.silence = silence;
    this.admission = admission;
    this.routes = routes;
    this.switches = switches;
    this.directory = directory;
  }

  /** Reads every folder, starts what can be started, and goes on watching the folders. */
  public void startAll() {
    routes.start();
    watch.start();
    silence.start(LOOK_FOR_SILENCE);
  }

  /** Stops all, each with what goes out before what comes in. */
  public void stopAll() {
    silence.close();
    routes.close();
    watch.close();
    ExecutorService threads = Executors.newCachedThreadPool();
    try {
      CompletableFuture.allOf(
              running.names().stream()
                  .map(name -> CompletableFuture.runAsync(() -> swap.stop(name), threads))
                  .toArray(CompletableFuture[]::new))
          .join();
    } finally {
      threads.shutdown();
    }
  }

  @Override
  public Telling telling(String connector, String code) {
    Optional<ConnectorStatus> found = status(connector);
    if (found.isEmpty() || found.get().state() == State.DISABLED && !found.get().switchedOff()) {
      return Telling.UNKNOWN;
    }
    return running
        .definition(connector)
        .map(definition -> definition.channelFor(code).isPresent())
        .map(carried -> carried ? Telling.CARRIED : Telling.NOT_CARRIED)
        .orElse(Telling.WAITS);
  }

  /**
   * What a stored message means by its connector's mapping of today; throws {@link
   * MappingException} if it means nothing.
   */
  public List<Change> translate(JournalEntry entry, byte[] body) {
    ReceivedMessage message =
        new ReceivedMessage(body, entry.provenance().headers(), entry.provenance().fileName());
    return admission(entry).understand(message, entry.receivedAt()).changes();
  }

  /**
   * Lets a message that was refused come in again, by its connector's mapping of today; throws
   * {@link MappingException} if it still means nothing.
   */
  public Receipt admitAgain(JournalEntry refused, byte[] body) {
    return admission(refused).admitAgain(refused, body);
  }

  /**
   * Lets a message come in that a person made of a kept one; throws {@link MappingException} if it
   * means nothing.
   *
   * @param externalId the sender's id of the new message
   */
  public Receipt admitEdited(JournalEntry original, byte[] body, String externalId) {
    return admission(original).admitEdited(original, body, externalId);
  }

  private Admission admission(JournalEntry entry) {
    ConnectorDefinition definition =
        running
            .definition(entry.connector())
            .filter(found -> found.inbound().containsKey(entry.channel()))
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "connector %s does not run, or has no channel %s any more"
                            .formatted(entry.connector(), entry.channel())));
    return new Admission(entry.connector(), definition.inbound().get(entry.channel()), admission);
  }

  /**
   * Asks a system for the list of its tickets; where the answer is the list, it is kept when this
   * returns.
   *
   * @throws IllegalStateException if the connector does not run, or there was no answer
   */
  public void askForList(String connector, long run, String key, Map<String, Object> input) {
    running
        .find(connector)
        .filter(RunningConnectors.Loaded::runs)
        .orElseThrow(
            () -> new IllegalStateException("connector %s does not run".formatted(connector)))
        .context()
        .askForList(run, key, input);
  }

  /**
   * Gives a system a file of one of its exports.
   *
   * @throws IllegalStateException if the connector does not run, or did not take it
   */
  public void export(
      String connector, String export, String key, Map<String, String> headers, Path file) {
    running
        .find(connector)
        .filter(RunningConnectors.Loaded::runs)
        .orElseThrow(
            () -> new IllegalStateException("connector %s does not run".formatted(connector)))
        .context()
        .export(export, key, headers, file);
  }

  /**
   * Tells a system something that no ticket's history holds.
   *
   * @throws IllegalStateException if the connector does not run, or no channel of it carries the
   *     code
   * @throws DeliveryFailedException if the system did not take it
   */
  public void tell(OutboundDelivery delivery) throws DeliveryFailedException {
    RunningConnectors.Loaded connector =
        running
            .find(delivery.connector())
            .filter(RunningConnectors.Loaded::runs)
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "connector %s does not run".formatted(delivery.connector())));
    if (connector.definition().channelFor(delivery.code()).isEmpty()) {
      throw new IllegalStateException(
          "no channel of connector %s says 'tells: [%s]'"
              .formatted(delivery.connector(), delivery.code()));
    }
    connector.context().outlet().deliver(delivery);
  }

  /** What a running connector runs with; empty if it does not run. */
  public Optional<ConnectorDefinition> definition(String name) {
    return running.definition(name);
  }

  /** Those that run with their definitions. */
  public List<ConnectorDefinition> definitions() {
    return running.all().stream()
        .filter(RunningConnectors.Loaded::runs)
        .map(RunningConnectors.Loaded::definition)
        .toList();
  }

  /**
   * A channel from a system.
   *
   * @param last when it was last heard; null if never, as far as is known
   * @param expectedEvery how long it may be quiet before a person is told; null if for ever
   */
  public record Heard(String channel, Instant last, Duration expectedEvery) {}

  /** The channels from a system that runs; empty if it does not. */
  public List<Heard> heard(String name) {
    Map<String, Instant> last = silence.heard(name);
    return running
        .definition(name)
        .map(
            definition ->
                definition.inbound().entrySet().stream()
                    .map(
                        channel ->
                            new Heard(
                                channel.getKey(),
                                last.get(channel.getKey()),
                                channel.getValue().form().expectedEvery()))
                    .sorted(Comparator.comparing(Heard::channel))
                    .toList())
        .orElse(List.of());
  }

  public Collection<ConnectorStatus> statuses() {
    return running.all().stream().map(RunningConnectors.Loaded::status).toList();
  }

  public Optional<ConnectorStatus> status(String name) {
    return running.find(name).map(RunningConnectors.Loaded::status);
  }

  /**
   * Reads a connector's folder and its secrets anew, and runs what it finds; what is wrong with
   * them stands in its status.
   */
  public ConnectorStatus reload(String name, String by, String reason) {
    swap.takeAnew(folder(name), new Cause(Reason.CHANGED, by, reason));
    return status(name).orElseThrow();
  }

  /** Stops a connector until somebody switches it on; what it would be told waits. */
  public ConnectorStatus switchOff(String name, String by, String reason) {
    Path folder = folder(name);
    switches.switchOff(name, reason, by);
    swap.takeAnew(folder, new Cause(Reason.CHANGED, by, reason));
    return status(name).orElseThrow();
  }

  public ConnectorStatus switchOn(String name, String by, String reason) {
    Path folder = folder(name);
    switches.switchOn(name);
    swap.takeAnew(folder, new Cause(Reason.CHANGED, by, reason));
    return status(name).orElseThrow();
  }

  /** Of a connector the hub knows: the name comes from outside. */
  public Path folder(String name) {
    return status(name)
        .map(status -> directory.resolve(status.name()))
        .orElseThrow(
            () -> new NoSuchElementException("there is no connector '%s'".formatted(name)));
  }

  /** How a connector's routes are steered; empty if it does not run. */
  Optional<RouteControl> control(String name) {
    return running
        .find(name)
        .filter(RunningConnectors.Loaded::runs)
        .map(loaded -> loaded.context().control());
  }

  /** Whether there is such a connector and it does not run. */
  boolean isWaiting(String name) {
    return status(name).filter(status -> status.state() != State.RUNNING).isPresent();
  }
}
