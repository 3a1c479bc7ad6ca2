package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.kit.contract.server.SystemServer;
import java.time.Duration;

/** The server that the hub fetches from is away for a while. */
final class OutageCase {

  /** Three polls. */
  private static final Duration AWAY = Duration.ofMillis(600);

  private final InboundScene scene;

  OutageCase(InboundScene scene) {
    this.scene = scene;
  }

  Case outage() {
    return scene.named("outage", this::awayAndBack);
  }

  private void awayAndBack() {
    ReceivedExample example = scene.first();
    Place place = scene.stage().survey().sources().get(scene.name());
    SystemServer server =
        place == null || place.scheme().equals("servlet")
            ? null
            : scene.stage().server(place).orElse(null);
    if (server == null) {
      throw new NotApplicableException("the hub fetches from no server but its own");
    }
    server.down();
    try {
      Await.comesTrue(AWAY, () -> false);
    } finally {
      server.up();
    }
    scene.repeated(example, scene.sender()::send);
  }
}
