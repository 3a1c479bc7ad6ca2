package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem;
import io.tickethub.harness.TargetSystem.Told;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalTime;
import java.time.ZoneId;
import java.time.temporal.ChronoUnit;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that is not to be disturbed for a while. */
class QuietHoursIT {

  private static final ZoneId SHANGHAI = ZoneId.of("Asia/Shanghai");

  @TempDir Path directory;

  @Test
  void whatFallsIntoQuietHoursWaitsUntriedForTheirEndUnlessItIsUrgent() throws Exception {
    Instant end = Instant.now().plus(Duration.ofHours(2)).truncatedTo(ChronoUnit.SECONDS);
    try (PlainWorld world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north")
                    .delivery(
                        "{quiet-hours: {from: '%s', to: '%s', unless: '$contains(references.desk, \"urgent\")'}}"
                            .formatted(time(end.minus(Duration.ofHours(4))), time(end)))))) {
      SendingSystem desk = world.sender("desk");
      TargetSystem north = world.target("north");
      desk.opens("T-1");
      desk.notes("T-1", "one");
      desk.opens("urgent-1");
      desk.notes("urgent-1", "one");
      String urgent = world.number("urgent-1");

      await()
          .atMost(Duration.ofSeconds(30))
          .untilAsserted(
              () ->
                  assertThat(north.took(urgent))
                      .extracting(Told::note)
                      .containsExactly(null, "one"));
      await()
          .untilAsserted(
              () -> assertThat(heldUntil(world)).hasSize(2).allMatch(due -> isNear(due, end)));
      world.hub().database().update("update delivery set due = now() where state = 'pending'");
      await()
          .untilAsserted(
              () -> assertThat(heldUntil(world)).hasSize(2).allMatch(due -> isNear(due, end)));
      assertThat(north.told(world.number("T-1"))).isEmpty();
      assertThat(world.status("north").get("breaker").asText()).isEqualTo("closed");
    }
  }

  private static boolean isNear(Instant due, Instant end) {
    return Duration.between(due, end).abs().compareTo(Duration.ofSeconds(1)) < 0;
  }

  /** When deliveries that wait without having been tried are due. */
  private static List<Instant> heldUntil(PlainWorld world) {
    return world
        .hub()
        .database()
        .query(
            "select due from delivery where connector = 'north' and state = 'pending'"
                + " and attempt = 0 order by id",
            (row, number) -> row.getTimestamp(1).toInstant());
  }

  private static LocalTime time(Instant instant) {
    return instant.atZone(SHANGHAI).toLocalTime();
  }
}
