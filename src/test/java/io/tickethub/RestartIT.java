package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.delivery.DeliveryLog;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A hub that is stopped politely, and started again. */
class RestartIT {

  private static final int TICKETS = 400;

  @TempDir Path directory;

  @Test
  void whatASystemMustKnowWaitsUntilItsConnectorIsConfigured() throws Exception {
    try (PlainWorld world =
        PlainWorld.prepare(
            directory, List.of(PlainConnector.named("desk"), PlainConnector.named("north")))) {
      world.startHubWithout("north");
      assertThat(world.status("north").get("state").asText()).isEqualTo("unconfigured");
      world.sender("desk").opens("U-1");
      long ticket = world.id("U-1");
      String number = world.number("U-1");
      assertThat(world.hub().part(DeliveryLog.class).ofTicket(ticket))
          .anySatisfy(
              delivery -> {
                assertThat(delivery.connector()).isEqualTo("north");
                assertThat(delivery.state()).isEqualTo("pending");
              });
      world.hub().close();
      world.startHub();

      await()
          .atMost(Duration.ofSeconds(20))
          .untilAsserted(() -> assertThat(world.target("north").took(number)).hasSize(1));
    }
  }

  @Test
  void aHubThatIsStoppedUnderLoadForgetsNobodyWhoMustKnow() throws Exception {
    try (PlainWorld world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("desk"), PlainConnector.named("north")),
            "--hub.pipeline.batch=5",
            "--server.shutdown=immediate")) {
      SendingSystem desk = world.sender("desk");
      openAll(desk);
      world.hub().close();
      world.startHub();

      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () ->
                  assertThat(
                          world
                              .hub()
                              .database()
                              .queryForObject("select count(*) from ticket", Integer.class))
                      .isEqualTo(TICKETS));
      assertThat(
              world
                  .hub()
                  .database()
                  .queryForList(
                      """
                      select number from ticket t where not exists
                        (select from delivery d where d.ticket_id = t.id and d.connector = 'north')
                      """,
                      String.class))
          .isEmpty();
    }
  }

  private static void openAll(SendingSystem desk) throws Exception {
    ExecutorService clerks = Executors.newFixedThreadPool(8);
    try {
      List<Future<Integer>> receipts =
          new ArrayList<>(
              IntStream.range(0, TICKETS)
                  .mapToObj(number -> clerks.submit(() -> desk.opens("S-" + number)))
                  .toList());
      for (Future<Integer> receipt : receipts) {
        assertThat(receipt.get()).isEqualTo(202);
      }
    } finally {
      clerks.shutdown();
    }
  }
}
