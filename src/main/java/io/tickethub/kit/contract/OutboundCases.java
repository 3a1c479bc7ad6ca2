package io.tickethub.kit.contract;

import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.kit.contract.server.Mood;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.kit.contract.server.SystemServer;
import java.util.Arrays;
import java.util.List;

/** What every channel to a system has to stand. */
final class OutboundCases {

  private static final int OUTAGE = 2;

  private final OutboundScene scene;
  private final Stage stage;
  private final OutboundChannel channel;
  private Journey overRestart;
  private RuntimeException unprepared;

  OutboundCases(OutboundScene scene) {
    this.scene = scene;
    this.stage = scene.stage();
    this.channel = scene.channel();
  }

  /** In the order in which they have to be run. */
  List<Case> cases() {
    return List.of(
        scene.named("told", this::told),
        scene.named("temporary-failure", this::temporaryFailure),
        scene.named("reply-lost", this::replyLost),
        scene.named("permanent-failure", this::permanentFailure),
        scene.named("credential-failure", this::credentialFailure),
        scene.named("false-server", this::falseServer),
        scene.named("order", this::order),
        scene.named("idle-partner", this::idlePartner));
  }

  void tidy() {
    scene.tidy();
  }

  Case beforeRestart() {
    return scene.named("down-before-restart", this::downBeforeRestart);
  }

  Case afterRestart() {
    return scene.named("waiting-told-after-restart", this::toldAfterRestart);
  }

  /** What has to hold after something happened to the hub. */
  Case toldAfter(String event) {
    return scene.named("told-after-" + event, this::told);
  }

  private void told() {
    Journey journey = scene.journey();
    journey.happen();
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    BrokenContractException.unless(
        delivery.attempt() == 1, "a system that was up was told %d times", delivery.attempt());
    scene.checkOneEffect(journey, delivery);
    scene.checkFileName(journey, delivery);
  }

  private void temporaryFailure() {
    SystemServer known = scene.server(Mood.UNAVAILABLE);
    Journey journey = scene.journey();
    known.mood(Mood.UNAVAILABLE);
    journey.happen();
    journey.awaitFailures(OUTAGE);
    known.mood(Mood.OK);
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    scene.checkSameKey(journey, delivery);
    scene.checkOneEffect(journey, delivery);
  }

  private void replyLost() {
    if (channel.form().idempotency() == Idempotency.NONE) {
      throw new NotApplicableException("the manifest declares 'idempotency: none'");
    }
    SystemServer known = scene.server(Mood.LOSING_REPLIES);
    boolean isAsked = channel.form().idempotency() == Idempotency.ASK;
    if (isAsked && stage.examples().reply(channel.name(), true).isEmpty()) {
      throw new NotApplicableException(
          "no example has told.json, reply.* and answered.json with known: true");
    }
    Journey journey = scene.journey();
    stage.webSystem().losesRepliesTo(channel.name());
    known.mood(Mood.LOSING_REPLIES);
    journey.happen();
    Await.until(
        "something arrives at the system", () -> scene.fresh().stream().anyMatch(Received::taken));
    stage.webSystem().hasDelivery(true);
    if (!scene.onlyAsks()) {
      journey.awaitFailures(1);
    }
    known.mood(Mood.OK);
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    if (scene.onlyAsks()) {
      throw new NotApplicableException("it only asks: asking twice has no effect");
    }
    scene.checkSameKey(journey, delivery);
    scene.checkOneEffect(journey, delivery);
  }

  private void permanentFailure() {
    SystemServer known = scene.server(Mood.REFUSING);
    Journey journey = scene.journey();
    known.mood(Mood.REFUSING);
    journey.happen();
    Await.until("a dead letter says why", () -> !journey.deadLetters().isEmpty());
    known.mood(Mood.OK);
    journey.replayUntilDelivered();
    scene.checkOneEffect(journey, journey.awaitDelivered());
  }

  private void credentialFailure() {
    SystemServer known = scene.server(Mood.LOCKED);
    Journey journey = scene.journey();
    known.mood(Mood.LOCKED);
    journey.happen();
    ConnectorControls controls = scene.hub().part(ConnectorControls.class);
    Await.until(
        "the connector is paused because its credentials are refused",
        () -> controls.pause(stage.name()).isPresent());
    known.mood(Mood.OK);
    controls.resume(stage.name(), "credentials mended", "contract suite");
    scene.checkOneEffect(journey, journey.awaitDelivered());
  }

  private void falseServer() {
    SystemServer known = scene.server(Mood.IMPERSONATED);
    Journey journey = scene.journey();
    known.mood(Mood.IMPERSONATED);
    journey.happen();
    journey.awaitFailures(1);
    BrokenContractException.unless(
        scene.fresh().isEmpty(), "a server with a certificate that nobody trusts was told");
    known.mood(Mood.OK);
    scene.resume();
    scene.checkOneEffect(journey, journey.awaitDelivered());
  }

  /** After an outage, where the system can have one without the hub. */
  private void order() {
    String repeated =
        channel.form().tells().stream()
            .filter(Happening::repeats)
            .sorted()
            .findFirst()
            .orElseThrow(
                () ->
                    new NotApplicableException(
                        "it carries nothing that happens several times to a ticket"));
    Journey journey = scene.journey(repeated);
    scene.anyServer().ifPresent(known -> known.mood(Mood.UNAVAILABLE));
    journey.happen();
    journey.again();
    journey.again();
    if (scene.anyServer().isPresent()) {
      journey.awaitFailures(1);
      scene.anyServer().get().mood(Mood.OK);
    }
    Await.until(
        "all three are delivered",
        () ->
            journey.deliveries().size() == 3
                && journey.deliveries().stream()
                    .allMatch(delivery -> delivery.state().equals("delivered")));
    checkOrder(journey);
  }

  private void checkOrder(Journey journey) {
    List<Received> taken = scene.fresh().stream().filter(Received::taken).toList();
    int next = 0;
    for (DeliveryLog.Entry delivery : journey.deliveries()) {
      byte[] sent = OutboundScene.sent(journey, delivery);
      while (next < taken.size() && !Arrays.equals(taken.get(next).body(), sent)) {
        next++;
      }
      BrokenContractException.unless(
          next < taken.size(), "event %d did not arrive in its order", delivery.sequence());
      next++;
    }
  }

  private void idlePartner() {
    SystemServer known = scene.server(Mood.OK);
    Journey first = scene.journey();
    first.happen();
    first.awaitDelivered();
    known.down();
    known.up();
    Journey second = scene.journey();
    second.happen();
    scene.checkOneEffect(second, second.awaitDelivered());
  }

  /** Brings a ticket to where the system is to be told, while it is still up. */
  void prepareRestart() {
    try {
      scene.server(Mood.UNAVAILABLE);
      overRestart = scene.journey();
    } catch (NotApplicableException | BrokenContractException e) {
      unprepared = e;
    }
  }

  private void downBeforeRestart() {
    if (unprepared != null) {
      throw unprepared;
    }
    scene.server(Mood.UNAVAILABLE).down();
    overRestart.happen();
    overRestart.awaitFailures(1);
  }

  private void toldAfterRestart() {
    scene.server(Mood.OK).up();
    if (overRestart == null) {
      throw new NotApplicableException("nothing waited over the restart");
    }
    scene.checkOneEffect(overRestart, overRestart.awaitDelivered());
  }
}
