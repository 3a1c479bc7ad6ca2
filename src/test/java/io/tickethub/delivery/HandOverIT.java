package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.delivery.DeliveryStore.NewDelivery;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.journal.Identifiers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** What becomes of a batch's deliveries when the batch does not end as it should. */
class HandOverIT {

  private static final String SYSTEM = "north";
  private static final AtomicLong TICKETS = new AtomicLong(2_000_000);
  private static final int PLACES = 64;

  @TempDir static Path directory;
  static EmbeddedHub hub;
  static Dispatchers dispatchers;

  @BeforeAll
  static void start() throws Exception {
    Path connectors = Files.createDirectories(directory.resolve("connectors/products")).getParent();
    hub = EmbeddedHub.start(directory, connectors);
    dispatchers = hub.part(Dispatchers.class);
    dispatchers.attach(new Quiet());
  }

  @BeforeEach
  void awaitPlace() {
    await().until(HandOverIT::hasPlace);
  }

  @AfterAll
  static void stop() {
    dispatchers.detach(SYSTEM);
    hub.close();
  }

  /** A system that is never told anything here. */
  private static final class Quiet implements Outlet {
    @Override
    public String connector() {
      return SYSTEM;
    }

    @Override
    public DeliveryPolicy policy() {
      return new DeliveryPolicy(
          1,
          100_000,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          5,
          Duration.ofDays(1),
          Duration.ofSeconds(1));
    }

    @Override
    public Delivered deliver(OutboundDelivery delivery) {
      throw new IllegalStateException("nothing is told in these tests");
    }
  }

  @Test
  void whatWasAddedAndNotBegunIsLeftToALaterAttempt() {
    NewDelivery delivery = delivery();
    try (HandOver handOver = dispatchers.handOver()) {
      handOver.add(List.of(delivery));
      assertThat(state(delivery)).startsWith("leased");
    }

    await().untilAsserted(() -> assertThat(state(delivery)).isEqualTo("pending at 0"));
    hub.database().update("delete from delivery where id = ?", delivery.id());
  }

  @Test
  void placesOfABatchThatIsRolledBackAreGivenBack() {
    for (int round = 0; round < 3; round++) {
      await().until(HandOverIT::fillsAllPlacesAndFails);
    }
  }

  private static boolean fillsAllPlacesAndFails() {
    List<NewDelivery> deliveries = Stream.generate(HandOverIT::delivery).limit(PLACES).toList();
    try (HandOver handOver = dispatchers.handOver()) {
      return Boolean.TRUE.equals(
          hub.part(TransactionTemplate.class)
              .execute(
                  status -> {
                    status.setRollbackOnly();
                    handOver.add(deliveries);
                    return deliveries.stream().allMatch(any -> state(any).startsWith("leased"));
                  }));
    }
  }

  @Test
  void aSystemNobodyTellsGetsItsDeliveriesLater() {
    NewDelivery delivery =
        new NewDelivery(
            hub.part(Identifiers.class).next(),
            TICKETS.incrementAndGet(),
            1,
            0,
            "nobody",
            "noted",
            "a rule",
            1,
            Instant.now(),
            Instant.now(),
            null);
    try (HandOver handOver = dispatchers.handOver()) {
      handOver.add(List.of(delivery));
      handOver.begin(Map.of(), Map.of());
    }

    assertThat(state(delivery)).isEqualTo("pending at 0");
  }

  private static boolean hasPlace() {
    NewDelivery delivery = delivery();
    try (HandOver handOver = dispatchers.handOver()) {
      handOver.add(List.of(delivery));
      return state(delivery).startsWith("leased");
    } finally {
      hub.database().update("delete from delivery where id = ?", delivery.id());
    }
  }

  private static NewDelivery delivery() {
    Instant now = Instant.now();
    return new NewDelivery(
        hub.part(Identifiers.class).next(),
        TICKETS.incrementAndGet(),
        1,
        0,
        SYSTEM,
        "noted",
        "a rule",
        1,
        now.minusSeconds(1),
        now,
        null);
  }

  private static String state(NewDelivery delivery) {
    return hub.database()
        .queryForObject(
            "select state || ' at ' || attempt from delivery where id = ?",
            String.class,
            delivery.id());
  }
}
