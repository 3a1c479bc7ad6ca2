package io.tickethub.kit.rehearsal;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageHistory.Span;
import io.tickethub.kit.rehearsal.Rehearsal.Order;
import io.tickethub.kit.rehearsal.Rehearsal.State;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CancellationException;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/** The rehearsals of this node: one at a time, each kept for an hour. Thread-safe. */
public final class Rehearsals implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Rehearsals.class);
  private static final Duration KEPT = Duration.ofHours(1);
  private static final int MOST_KEPT = 20;

  private final RehearsalParts parts;
  private final Path connectors;
  private final Identifiers identifiers;
  private final Clock clock;
  private final Map<String, Rehearsal> known = new LinkedHashMap<>();

  /** {@code connectors} holds the folders of the hub itself. */
  Rehearsals(RehearsalParts parts, Path connectors, Identifiers identifiers, Clock clock) {
    this.parts = parts;
    this.connectors = connectors;
    this.identifiers = identifiers;
    this.clock = clock;
  }

  /**
   * Begins one.
   *
   * @param archive a ZIP of the changed folder; null for the folder the hub has
   * @throws io.tickethub.definition.DefinitionException if the folder is broken
   * @throws IllegalStateException if another one is running, or the connector does not run
   */
  public Rehearsal start(Order order, byte[] archive) {
    ConnectorDefinition running =
        parts
            .running()
            .apply(order.connector())
            .orElseThrow(
                () ->
                    new IllegalStateException(
                        "connector %s does not run: there is nothing to compare with"
                            .formatted(order.connector())));
    Rehearsal rehearsal = enter(order);
    try {
      Path folder = connectors.resolve(order.connector());
      RouteTemplates templates = RouteTemplates.beside(folder);
      ConnectorDefinition changed =
          archive == null
              ? CandidateFolder.compile(folder, templates)
              : CandidateFolder.compile(archive, folder, templates);
      checkChannel(order, running);
      Versions versions =
          new Versions(
              new Reading(running, parts.admission()),
              new Reading(changed, parts.admission()),
              new Span(
                  order.connector(),
                  order.channel(),
                  order.window().firstId(),
                  order.window().endId()));
      Thread thread = new Thread(() -> run(rehearsal, versions), "rehearsal");
      thread.setDaemon(true);
      thread.start();
      return rehearsal;
    } catch (RuntimeException e) {
      leave(rehearsal);
      throw e;
    }
  }

  private static void checkChannel(Order order, ConnectorDefinition running) {
    if (order.channel() != null && !running.inbound().containsKey(order.channel())) {
      throw new IllegalArgumentException(
          "connector %s receives by no channel '%s'; it has %s"
              .formatted(
                  order.connector(),
                  order.channel(),
                  running.inbound().keySet().stream().sorted().toList()));
    }
  }

  private synchronized Rehearsal enter(Order order) {
    Instant now = clock.instant();
    known.values().removeIf(one -> !one.isRunning() && one.startedAt().plus(KEPT).isBefore(now));
    known.values().stream()
        .filter(Rehearsal::isRunning)
        .findFirst()
        .ifPresent(
            one -> {
              throw new IllegalStateException(
                  "the rehearsal %s of connector %s is running: wait for it or cancel it"
                      .formatted(one.id(), one.connector()));
            });
    if (known.size() == MOST_KEPT) {
      known.remove(known.keySet().iterator().next());
    }
    Rehearsal rehearsal = new Rehearsal(Identifiers.text(identifiers.next()), order, now);
    known.put(rehearsal.id(), rehearsal);
    return rehearsal;
  }

  private synchronized void leave(Rehearsal rehearsal) {
    known.remove(rehearsal.id());
  }

  private void run(Rehearsal rehearsal, Versions versions) {
    try {
      new RehearsalRun(parts, versions, rehearsal).run();
      rehearsal.finished(State.DONE, null, clock.instant());
    } catch (CancellationException e) {
      rehearsal.finished(State.CANCELLED, null, clock.instant());
    } catch (RuntimeException | Error e) {
      boolean unwanted = rehearsal.progress().isCancelled();
      if (!unwanted) {
        LOG.error("rehearsal {} failed", rehearsal.id(), e);
      }
      rehearsal.finished(
          unwanted ? State.CANCELLED : State.FAILED,
          unwanted ? null : "it failed inside the hub; its log has the failure",
          clock.instant());
    }
  }

  /** Empty if there is none, or no longer. */
  public synchronized Optional<Rehearsal> find(String connector, String id) {
    return Optional.ofNullable(known.get(id)).filter(one -> one.connector().equals(connector));
  }

  /** Stops it soon; nothing happens if it is over. */
  public void cancel(Rehearsal rehearsal) {
    rehearsal.progress().cancel();
  }

  @Override
  public synchronized void close() {
    known.values().forEach(this::cancel);
  }
}
