package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import io.tickethub.alert.Alerts;
import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.harness.TargetSystem;
import io.tickethub.ticket.FailureKind;
import io.tickethub.ticket.TicketLife;
import io.tickethub.trace.Tracing;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.springframework.jdbc.core.JdbcTemplate;

/** One lane told to one system over HTTP. */
class TellingIT {

  private static final DeliveryPolicy POLICY =
      new DeliveryPolicy(
          1,
          100,
          Duration.ofSeconds(1),
          Duration.ofSeconds(1),
          5,
          Duration.ofDays(1),
          Duration.ofMillis(1));

  private final Clock clock = Clock.systemUTC();
  private final Alerts alerts = new Alerts(new JdbcTemplate(), clock);
  private final OutletHealth health =
      new OutletHealth(
          "north",
          POLICY,
          new ConnectorControls(new JdbcTemplate(), alerts, clock),
          alerts,
          clock,
          clock);
  private final List<Outcome> outcomes = new ArrayList<>();
  private TargetSystem north;
  private Telling telling;

  @BeforeEach
  void open() throws IOException {
    north = new TargetSystem();
    telling =
        new Telling(
            new HttpOutlet(north.url()), health, clock, new SimpleMeterRegistry(), Tracing.OFF);
  }

  @AfterEach
  void close() {
    north.close();
  }

  @Test
  void aLaneIsToldInOrder() {
    telling.tell(lane(3), () -> false, outcomes::add);

    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Taken.class).hasSize(3);
    assertThat(north.told()).extracting(TargetSystem.Told::sequence).containsExactly(1, 2, 3);
  }

  @Test
  void whatStandsBehindAFailureIsNotTried() {
    north.answers(told -> new TargetSystem.Reply(told.sequence() == 2 ? 503 : 200, "{}"));
    telling.tell(lane(4), () -> false, outcomes::add);

    assertThat(outcomes)
        .extracting(outcome -> (Object) outcome.getClass())
        .containsExactly(
            Outcome.Taken.class,
            Outcome.Failed.class,
            Outcome.Untried.class,
            Outcome.Untried.class);
    assertThat(north.told()).extracting(TargetSystem.Told::sequence).containsExactly(1, 2);
  }

  @Test
  void whatStandsBehindSomethingHeldIsNotTriedAndKeepsAsLong() {
    Instant morning = clock.instant().plusSeconds(3600);
    Telling quiet =
        new Telling(
            new HttpOutlet(north.url()) {
              @Override
              public Optional<Instant> notBefore(OutboundDelivery delivery, Instant now) {
                return delivery.key().equals("2") ? Optional.of(morning) : Optional.empty();
              }
            },
            health,
            clock,
            new SimpleMeterRegistry(),
            Tracing.OFF);

    quiet.tell(lane(3), () -> false, outcomes::add);

    assertThat(outcomes.get(0)).isInstanceOf(Outcome.Taken.class);
    assertThat(outcomes.get(1))
        .isInstanceOfSatisfying(
            Outcome.Held.class, held -> assertThat(held.until()).isEqualTo(morning));
    assertThat(outcomes.get(2))
        .isInstanceOfSatisfying(
            Outcome.Untried.class,
            untried -> assertThat(untried.because()).isEqualTo(outcomes.get(1)));
    assertThat(north.told()).extracting(TargetSystem.Told::sequence).containsExactly(1);
  }

  @Test
  void whatTheBreakerHeldBackIsNotOvertakenWhenTheBreakerCloses() {
    openBreaker();
    await().until(health::mayCall);
    assertThat(health.mayCall()).isTrue();
    assertThat(health.mayCall()).isFalse();

    telling.tell(
        lane(3),
        () -> false,
        outcome -> {
          if (outcomes.isEmpty()) {
            health.taken(Duration.ZERO);
            health.taken(Duration.ZERO);
          }
          outcomes.add(outcome);
        });

    assertThat(health.breakerState()).isEqualTo("closed");
    assertThat(outcomes).hasOnlyElementsOfType(Outcome.Untried.class).hasSize(3);
    assertThat(north.told()).isEmpty();
  }

  private void openBreaker() {
    DeliveryFailedException down =
        new DeliveryFailedException(FailureKind.TEMPORARY, "down", "down", "told", null, null);
    while (health.breakerState().equals("closed")) {
      health.mayCall();
      health.failed(Duration.ZERO, down);
    }
  }

  private static List<Work> lane(int length) {
    List<Work> lane = new ArrayList<>();
    for (int sequence = 1; sequence <= length; sequence++) {
      Claimed claimed =
          new Claimed(sequence, 1, sequence, 0, "north", "noted", 1, 1, Instant.now(), null);
      lane.add(
          new Work(
              claimed,
              new OutboundDelivery(
                  sequence,
                  String.valueOf(sequence),
                  1,
                  "north",
                  "noted",
                  null,
                  TicketLife.opened().ticket(),
                  Map.of(),
                  null,
                  null)));
    }
    return lane;
  }

  /** Posts the key, and takes every status but 200 for a temporary failure. */
  private static class HttpOutlet implements Outlet {
    private final String url;
    private final HttpClient http = HttpClient.newHttpClient();

    private HttpOutlet(String url) {
      this.url = url;
    }

    @Override
    public String connector() {
      return "north";
    }

    @Override
    public DeliveryPolicy policy() {
      return POLICY;
    }

    @Override
    public Delivered deliver(OutboundDelivery delivery) throws DeliveryFailedException {
      String body = "{\"ticket\": \"T\", \"sequence\": %s}".formatted(delivery.key());
      HttpRequest request =
          HttpRequest.newBuilder(URI.create(url + "/told"))
              .POST(HttpRequest.BodyPublishers.ofString(body))
              .build();
      try {
        int status = http.send(request, HttpResponse.BodyHandlers.discarding()).statusCode();
        if (status != 200) {
          throw failure("http-" + status);
        }
        return new Delivered("told", null, null, Map.of());
      } catch (IOException e) {
        throw failure("connection");
      } catch (InterruptedException e) {
        Thread.currentThread().interrupt();
        throw failure("interrupted");
      }
    }

    private static DeliveryFailedException failure(String code) {
      return new DeliveryFailedException(
          FailureKind.TEMPORARY, code, "not taken", "told", null, null);
    }
  }
}
