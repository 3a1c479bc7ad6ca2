package io.tickethub.api;

import io.tickethub.intake.IntakeQueue;
import org.springframework.boot.actuate.health.Health;
import org.springframework.boot.actuate.health.HealthIndicator;
import org.springframework.stereotype.Component;

/** Down while what comes in cannot be kept: other nodes should be asked then. */
@Component("intakeHealthIndicator")
final class IntakeHealth implements HealthIndicator {

  private final IntakeQueue queue;

  IntakeHealth(IntakeQueue queue) {
    this.queue = queue;
  }

  @Override
  public Health health() {
    return (queue.isAble() ? Health.up() : Health.down()).build();
  }
}
