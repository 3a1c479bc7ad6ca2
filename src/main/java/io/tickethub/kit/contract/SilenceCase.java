package io.tickethub.kit.contract;

import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.kit.contract.server.Mood;

/**
 * The system takes what it is told and never answers. All channels of a connector wait for the same
 * time-out at once: prepare, then the silence and {@link #begin}, {@link #awaitTimeOut}, the end of
 * the silence, and the case itself.
 */
final class SilenceCase {

  static final String NAME = "never-answered";

  private final OutboundScene scene;
  private Journey journey;
  private RuntimeException problem;

  SilenceCase(OutboundScene scene) {
    this.scene = scene;
  }

  /** Brings a ticket to where the system is to be told, while it still answers. */
  void prepare() {
    attempt(
        () -> {
          if (scene.channel().form().idempotency() == Idempotency.NONE) {
            throw new NotApplicableException("the manifest declares 'idempotency: none'");
          }
          scene.server(Mood.SILENT);
          journey = scene.journey();
        });
  }

  void begin() {
    attempt(() -> journey.happen());
  }

  void awaitTimeOut() {
    attempt(() -> journey.awaitFailures(1));
  }

  private void attempt(Runnable step) {
    if (problem != null) {
      return;
    }
    try {
      step.run();
    } catch (NotApplicableException | BrokenContractException e) {
      problem = e;
    }
  }

  Case toldAtLast() {
    return scene.named(NAME, this::told);
  }

  private void told() {
    if (problem != null) {
      throw problem;
    }
    DeliveryLog.Entry delivery = journey.awaitDelivered();
    BrokenContractException.unless(
        delivery.attempt() > 1, "a system that never answered counts as told");
    if (scene.onlyAsks()) {
      return;
    }
    scene.checkSameKey(journey, delivery);
    scene.checkOneEffect(journey, delivery);
  }
}
