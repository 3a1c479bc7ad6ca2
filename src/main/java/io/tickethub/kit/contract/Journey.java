package io.tickethub.kit.contract;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.delivery.Replay;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.contract.Probe.ProbeTicket;
import io.tickethub.ticket.TicketEvent;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

/** A ticket on its way to the moment at which the connector's system is to be told something. */
final class Journey {

  private final HubHolder hub;
  private final Stage stage;
  private final Probe probe;
  private final String channel;
  private final String code;
  private final List<Happening> way;
  private final Set<Long> earlier = new TreeSet<>();
  private ProbeTicket ticket;
  private int said;

  /** Opens a ticket, and lets happen what comes before {@code code} is told. */
  Journey(HubHolder hub, Stage stage, Probe probe, String channel, String code) {
    this.hub = hub;
    this.stage = stage;
    this.probe = probe;
    this.channel = channel;
    this.code = code;
    this.way = Happening.wayTo(code, stage.examples().wayToIntroduction());
    if (!way.isEmpty()) {
      open();
      for (Happening before : way.subList(0, way.size() - 1)) {
        probe.says(ticket, before);
        said++;
      }
      awaitAllDelivered();
      deliveries().forEach(delivery -> earlier.add(delivery.id()));
    }
  }

  private void open() {
    said++;
    ticket = probe.open(stage.examples().candidates(channel, code));
  }

  /** Lets it happen. */
  void happen() {
    if (way.isEmpty()) {
      open();
    } else {
      probe.says(ticket, way.get(way.size() - 1));
    }
  }

  /** Lets the same happen again. */
  void again() {
    probe.says(ticket, way.get(way.size() - 1));
  }

  /** What the connector's system is told of the ticket since it opened. */
  List<DeliveryLog.Entry> deliveries() {
    return hub.part(DeliveryLog.class).ofTicket(ticket.id()).stream()
        .filter(delivery -> delivery.connector().equals(stage.name()))
        .filter(delivery -> !earlier.contains(delivery.id()))
        .toList();
  }

  /** The delivery that it is about. */
  Optional<DeliveryLog.Entry> delivery() {
    return deliveries().stream().filter(delivery -> delivery.code().equals(code)).findFirst();
  }

  List<DeliveryLog.Attempt> attempts(DeliveryLog.Entry delivery) {
    return hub.part(DeliveryLog.class).attempts(delivery.id());
  }

  /** The most that any of the ticket's deliveries failed. */
  long failures() {
    return deliveries().stream()
        .mapToLong(
            delivery ->
                attempts(delivery).stream()
                    .filter(attempt -> attempt.failureCode() != null)
                    .count())
        .max()
        .orElse(0);
  }

  void awaitFailures(int wanted) {
    Await.until(
        () -> "the delivery failed %d times; %s".formatted(wanted, describe()),
        () -> failures() >= wanted);
  }

  /** Waits for the delivery and returns it. */
  DeliveryLog.Entry awaitDelivered() {
    Await.until(
        () -> "'%s' is delivered; %s".formatted(code, describe()),
        () -> noneIsDead() && delivery().filter(Journey::isDelivered).isPresent());
    return delivery().orElseThrow();
  }

  void awaitAllDelivered() {
    Await.until(
        () -> "everything told before is delivered; " + describe(),
        () ->
            noneIsDead() && isAllApplied() && deliveries().stream().allMatch(Journey::isDelivered));
  }

  /** What the system did not take will not be delivered by waiting. */
  private boolean noneIsDead() {
    BrokenContractException.unless(
        deliveries().stream().noneMatch(delivery -> delivery.state().equals("dead")),
        "the hub gave up: %s",
        describe());
    return true;
  }

  /** Whether the hub has recorded all that the probe said. */
  private boolean isAllApplied() {
    return hub.part(TicketStore.class).events(ticket.id()).stream()
            .filter(event -> event.source().equals(Probe.name(stage.name())))
            .filter(event -> !event.inferred())
            .count()
        >= said;
  }

  private static boolean isDelivered(DeliveryLog.Entry delivery) {
    return delivery.state().equals("delivered");
  }

  /** The dead letters of what the system did not take. */
  List<DeadLetters.Entry> deadLetters() {
    Set<Long> dead = new TreeSet<>();
    deliveries().stream()
        .filter(delivery -> delivery.state().equals("dead"))
        .forEach(delivery -> dead.add(delivery.id()));
    return hub.part(DeadLetters.class).list(stage.name(), false, 200).stream()
        .filter(entry -> dead.contains(entry.letter().deliveryId()))
        .toList();
  }

  /** Replays dead letters until everything is delivered. */
  void replayUntilDelivered() {
    Await.until(
        () -> "the replayed delivery is delivered; " + describe(),
        () -> {
          deadLetters().forEach(letter -> hub.part(Replay.class).replay(letter, "contract suite"));
          return delivery().filter(Journey::isDelivered).isPresent();
        });
  }

  private String describe() {
    if (ticket == null) {
      return "no ticket was opened";
    }
    List<String> lines =
        deliveries().stream()
            .map(
                delivery ->
                    "%s is %s after %d attempts%s"
                        .formatted(
                            delivery.code(),
                            delivery.state(),
                            delivery.attempt(),
                            lastFailure(delivery)))
            .toList();
    return lines.isEmpty()
        ? "nothing is to be told; " + describeTicket()
        : String.join("; ", lines);
  }

  /** How far the hub has come with what the probe said. */
  private String describeTicket() {
    String events =
        hub.part(TicketStore.class).events(ticket.id()).stream()
            .map(TicketEvent::code)
            .collect(Collectors.joining(", "));
    JournalView said = new JournalView(hub, Probe.name(stage.name()), Probe.CHANNEL);
    return "the ticket's events: %s; the probe's last message: %s"
        .formatted(events, said.describeLast());
  }

  private String lastFailure(DeliveryLog.Entry delivery) {
    return attempts(delivery).stream()
        .filter(attempt -> attempt.failureText() != null)
        .reduce((before, last) -> last)
        .map(attempt -> " (%s)".formatted(attempt.failureText()))
        .orElse("");
  }
}
