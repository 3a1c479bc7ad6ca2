package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.kit.contract.server.Mood;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.kit.contract.server.SystemServer;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** What every channel to a system has to stand. */
final class OutboundCases {

  private static final int OUTAGE = 2;

  private final Stage stage;
  private final HubHolder hub;
  private final Probe probe;
  private final OutboundChannel channel;
  private final Optional<SystemServer> server;
  private final Supplier<List<Received>> received;
  private final Optional<String> code;
  private Journey overRestart;
  private int mark;

  OutboundCases(Stage stage, String name, HubHolder hub, Probe probe) {
    this.stage = stage;
    this.hub = hub;
    this.probe = probe;
    this.channel = stage.definition().outbound().get(name);
    List<Place> places =
        stage.survey().targets().getOrDefault(name, List.of()).stream()
            .filter(place -> place.scheme().startsWith("http") || !place.isDynamic())
            .toList();
    this.server = places.stream().flatMap(place -> stage.server(place).stream()).findFirst();
    this.received =
        server
            .<Supplier<List<Received>>>map(known -> known::received)
            .or(() -> queue(places, hub))
            .orElse(null);
    this.code =
        Happening.WAYS.keySet().stream().filter(channel.form().tells()::contains).findFirst();
  }

  private Optional<Supplier<List<Received>>> queue(List<Place> places, HubHolder hub) {
    return places.stream()
        .filter(place -> place.scheme().equals("jms") && !place.address().startsWith("topic:"))
        .findFirst()
        .map(
            place ->
                new QueueTarget(
                        hub, place.address().replaceFirst("^queue:", ""), channel.form().charset())
                    ::received);
  }

  /** In the order in which they have to be run. */
  List<Case> cases() {
    return List.of(
        named("told", this::told),
        named("temporary-failure", this::temporaryFailure),
        named("reply-lost", this::replyLost),
        named("permanent-failure", this::permanentFailure),
        named("credential-failure", this::credentialFailure),
        named("order", this::order),
        named("idle-partner", this::idlePartner));
  }

  Case beforeRestart() {
    return named("down-before-restart", this::downBeforeRestart);
  }

  Case afterRestart() {
    return named("told-after-restart", this::toldAfterRestart);
  }

  private Case named(String name, Case.Trial trial) {
    return new Case("out %s: %s".formatted(channel.name(), name), trial);
  }

  /** The server is as it was, and the connector tells. */
  void tidy() {
    server.ifPresent(
        known -> {
          known.up();
          known.mood(Mood.OK);
        });
    stage.hasDelivery(false);
    ConnectorControls controls = hub.part(ConnectorControls.class);
    if (controls.pause(stage.name()).isPresent()) {
      controls.resume(stage.name(), "the case is over", "contract suite");
    }
  }

  private Journey journey() {
    if (received == null) {
      throw new NotApplicableException(
          "the suite cannot know where it goes: no fixed address in its route, or no server for it");
    }
    String told =
        code.orElseThrow(
            () ->
                new NotApplicableException(
                    "the suite can make none of these happen: " + channel.form().tells()));
    Journey journey = new Journey(hub, stage, probe, channel.name(), told);
    mark = received.get().size();
    return journey;
  }

  private SystemServer server(Mood mood) {
    SystemServer known =
        server.orElseThrow(
            () -> new NotApplicableException("the hub's own broker is up while the hub is"));
    if (!known.canBe(mood)) {
      throw new NotApplicableException("a server of this protocol cannot say so");
    }
    return known;
  }

  private List<Received> fresh() {
    List<Received> all = received.get();
    return all.subList(Math.min(mark, all.size()), all.size());
  }

  private List<Received> takenOf(Journey journey, DeliveryLog.Entry delivery) {
    byte[] sent = sent(journey, delivery);
    return fresh().stream()
        .filter(message -> message.taken() && Arrays.equals(message.body(), sent))
        .toList();
  }

  /** What the mapping gave. */
  private static byte[] sent(Journey journey, DeliveryLog.Entry delivery) {
    return journey.attempts(delivery).stream()
        .map(DeliveryLog.Attempt::sent)
        .filter(sent -> sent != null)
        .reduce((before, last) -> last)
        .orElse(new byte[0]);
  }

  private boolean onlyAsks() {
    return fresh().stream().noneMatch(message -> message.body().length > 0);
  }

  private void told() {
    Journey journey = journey();
    journey.happen();
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    BrokenContractException.unless(
        delivery.attempt() == 1, "a system that was up was told %d times", delivery.attempt());
    checkOneEffect(journey, delivery);
  }

  private void checkOneEffect(Journey journey, DeliveryLog.Entry delivery) {
    Await.until(
        "something arrives at the system", () -> fresh().stream().anyMatch(Received::taken));
    if (onlyAsks()) {
      return;
    }
    List<Received> taken = takenOf(journey, delivery);
    BrokenContractException.unless(
        !taken.isEmpty(), "nothing that arrived is what the mapping gave: %s", describe());
    BrokenContractException.unless(
        effects(taken).size() == 1,
        "it took effect %d times, as %s",
        effects(taken).size(),
        effects(taken));
  }

  private String describe() {
    return fresh().stream()
        .map(
            message ->
                "%s %s (%d bytes)"
                    .formatted(message.method(), message.place(), message.body().length))
        .toList()
        .toString();
  }

  /**
   * What the system knows each effect by: the key; without one every request is an effect of its
   * own, while files of one name are one.
   */
  private Set<String> effects(List<Received> taken) {
    boolean isWeb = server.filter(known -> known == stage.web()).isPresent();
    Set<String> effects = new TreeSet<>();
    for (Received message : taken) {
      String key = message.headers().get("Idempotency-Key");
      String duplicate = message.headers().get("_AMQ_DUPL_ID");
      String place = isWeb ? message.place() + " #" + effects.size() : message.place();
      effects.add(key != null ? key : duplicate != null ? duplicate : place);
    }
    return effects;
  }

  private void temporaryFailure() {
    SystemServer known = server(Mood.UNAVAILABLE);
    Journey journey = journey();
    known.mood(Mood.UNAVAILABLE);
    journey.happen();
    journey.awaitFailures(OUTAGE);
    known.mood(Mood.OK);
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    checkSameKey(journey, delivery);
    checkOneEffect(journey, delivery);
  }

  private void checkSameKey(Journey journey, DeliveryLog.Entry delivery) {
    if (channel.form().idempotency() != Idempotency.KEY || server.orElse(null) != stage.web()) {
      return;
    }
    byte[] sent = sent(journey, delivery);
    List<String> keys =
        fresh().stream()
            .filter(message -> sent.length > 0 && Arrays.equals(message.body(), sent))
            .map(message -> String.valueOf(message.headers().get("Idempotency-Key")))
            .distinct()
            .toList();
    BrokenContractException.unless(
        keys.size() <= 1 && !keys.contains("null"),
        "'idempotency: key' is declared, but the attempts had the keys %s",
        keys);
  }

  private void replyLost() {
    if (channel.form().idempotency() == Idempotency.NONE) {
      throw new NotApplicableException("the manifest declares 'idempotency: none'");
    }
    SystemServer known = server(Mood.LOSING_REPLIES);
    boolean isAsked = channel.form().idempotency() == Idempotency.ASK;
    if (isAsked && stage.examples().reply(channel.name(), true).isEmpty()) {
      throw new NotApplicableException(
          "no example has told.json, reply.* and answered.json with known: true");
    }
    Journey journey = journey();
    known.mood(Mood.LOSING_REPLIES);
    journey.happen();
    Await.until(
        "something arrives at the system", () -> fresh().stream().anyMatch(Received::taken));
    stage.hasDelivery(true);
    if (!onlyAsks()) {
      journey.awaitFailures(1);
    }
    known.mood(Mood.OK);
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    if (onlyAsks()) {
      throw new NotApplicableException("it only asks: asking twice has no effect");
    }
    checkSameKey(journey, delivery);
    checkOneEffect(journey, delivery);
  }

  private void permanentFailure() {
    SystemServer known = server(Mood.REFUSING);
    Journey journey = journey();
    known.mood(Mood.REFUSING);
    journey.happen();
    Await.until("a dead letter says why", () -> !journey.deadLetters().isEmpty());
    known.mood(Mood.OK);
    journey.replayUntilDelivered();
    checkOneEffect(journey, journey.awaitDelivered());
  }

  private void credentialFailure() {
    SystemServer known = server(Mood.LOCKED);
    Journey journey = journey();
    known.mood(Mood.LOCKED);
    journey.happen();
    ConnectorControls controls = hub.part(ConnectorControls.class);
    Await.until(
        "the connector is paused because its credentials are refused",
        () -> controls.pause(stage.name()).isPresent());
    known.mood(Mood.OK);
    controls.resume(stage.name(), "credentials mended", "contract suite");
    checkOneEffect(journey, journey.awaitDelivered());
  }

  private void order() {
    SystemServer known = server(Mood.UNAVAILABLE);
    String repeated =
        channel.form().tells().stream()
            .filter(Happening::repeats)
            .sorted()
            .findFirst()
            .orElseThrow(
                () ->
                    new NotApplicableException(
                        "it carries nothing that happens several times to a ticket"));
    Journey journey = new Journey(hub, stage, probe, channel.name(), repeated);
    mark = received.get().size();
    known.mood(Mood.UNAVAILABLE);
    journey.happen();
    journey.again();
    journey.again();
    journey.awaitFailures(1);
    known.mood(Mood.OK);
    Await.until(
        "all three are delivered",
        () ->
            journey.deliveries().size() == 3
                && journey.deliveries().stream()
                    .allMatch(delivery -> delivery.state().equals("delivered")));
    checkOrder(journey);
  }

  private void checkOrder(Journey journey) {
    List<Received> taken = fresh().stream().filter(Received::taken).toList();
    int next = 0;
    for (DeliveryLog.Entry delivery : journey.deliveries()) {
      byte[] sent = sent(journey, delivery);
      while (next < taken.size() && !Arrays.equals(taken.get(next).body(), sent)) {
        next++;
      }
      BrokenContractException.unless(
          next < taken.size(), "event %d did not arrive in its order", delivery.sequence());
      next++;
    }
  }

  private void idlePartner() {
    SystemServer known = server(Mood.OK);
    Journey first = journey();
    first.happen();
    first.awaitDelivered();
    known.down();
    known.up();
    Journey second = journey();
    second.happen();
    checkOneEffect(second, second.awaitDelivered());
  }

  private void downBeforeRestart() {
    SystemServer known = server(Mood.UNAVAILABLE);
    overRestart = journey();
    known.down();
    overRestart.happen();
    overRestart.awaitFailures(1);
  }

  private void toldAfterRestart() {
    server(Mood.OK).up();
    if (overRestart == null) {
      throw new NotApplicableException("nothing waited over the restart");
    }
    checkOneEffect(overRestart, overRestart.awaitDelivered());
  }
}
