package io.tickethub.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SettableClock;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.WorkingDays;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Plans in a hub. They are of 2030, so that the hub's own loop, by today's clock, never finds them
 * due: the tests' plans stand for nodes whose clock a test sets.
 */
class PlansIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  /** The first due time of the plan, a weekly one. */
  private static final Instant DUE = Instant.parse("2030-01-07T01:00:00Z");

  @TempDir static Path directory;
  static PlainWorld world;
  static Path file;

  @BeforeAll
  static void start() throws Exception {
    Path routes = directory.resolve("routes");
    Files.createDirectories(routes.resolve("calendars"));
    for (String name : List.of("ownership.yaml", "participants.yaml", "time-limits.yaml")) {
      Files.copy(PlainWorld.routes().resolve(name), routes.resolve(name));
    }
    file = routes.resolve("plans.yaml");
    Files.writeString(
        file,
        """
        zone: Asia/Shanghai
        holidays: calendars
        plans:
          - plan: lines
            type: inspection
            title: 专线
            product-class: general
            owner: south
            rhythm: {cron: "0 0 9 * * MON"}
            valid-from: 2030-01-01
            too-late: 10d
            subjects:
              - {subject: one, customer: C1, region: 防城区, attributes: {productName: line}}
              - {subject: two, attributes: {productName: line}}
        """);
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("north"), PlainConnector.named("south")),
            "--hub.connectors.routes=" + routes);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void forget() {
    world.hub().database().update("delete from plan_occurrence");
  }

  @Test
  void whatIsDueIsMadeOnceByTwoNodesAndAfterARestart() throws Exception {
    SettableClock clock = new SettableClock(DUE.minusSeconds(1));
    assertThat(node(clock).run()).isEmpty();
    clock.advance(Duration.ofSeconds(1));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> node(clock).run());
    node(clock).run();
    other.join();
    Ticket ticket = ticket("lines/one/2030-01-07T09:00:00");
    assertThat(node(clock).run()).isEmpty();
    // As a node that died between the messages and the note that they were sent.
    world.hub().database().update("delete from plan_occurrence");
    assertThat(node(clock).run()).hasSize(2);
    awaitSeen(2);

    assertThat(ticket.content().kind()).isEqualTo(TicketKind.INSPECTION);
    assertThat(ticket.content().title()).isEqualTo("巡检 专线");
    assertThat(ticket.content().customer().number()).isEqualTo("C1");
    assertThat(ticket.state()).isEqualTo(TicketState.DISPATCHED);
    assertThat(ticket.progress().owner()).isEqualTo("south");
    assertThat(tickets("2030-01-07")).isEqualTo(2);
    assertThat(
            world
                .hub()
                .database()
                .queryForList(
                    "select distinct connector from delivery where ticket_id = ?",
                    String.class,
                    ticket.id()))
        .contains("south");
  }

  @Test
  void whatWasMissedIsMadeOnceUnlessItIsTooLate() throws Exception {
    SettableClock clock = new SettableClock(Instant.parse("2030-02-12T04:00:00Z"));
    Plans plans = node(clock);

    List<String> due =
        plans.due().stream().filter(turn -> !turn.tooLate()).map(Plans.Turn::reference).toList();
    List<Plans.Turn> made = plans.run();

    assertThat(made).extracting(Plans.Turn::reference).containsExactlyElementsOf(due);
    assertThat(made)
        .extracting(Plans.Turn::reference)
        .containsExactly(
            "lines/one/2030-02-04T09:00:00",
            "lines/two/2030-02-04T09:00:00",
            "lines/one/2030-02-11T09:00:00",
            "lines/two/2030-02-11T09:00:00");
    assertThat(plans.run()).isEmpty();
    assertThat(node(clock).run()).isEmpty();
    assertThat(plans.list().get(0).missed()).isEqualTo(8);
    clock.advance(Duration.ofDays(7));
    assertThat(plans.run()).hasSize(2);
  }

  @Test
  void aClockThatGoesBackMakesNothingAnew() {
    SettableClock clock = new SettableClock(Instant.parse("2030-03-05T04:00:00Z"));
    Plans plans = node(clock);
    plans.run();
    clock.advance(Duration.ofDays(-2));
    assertThat(plans.run()).isEmpty();
    clock.advance(Duration.ofDays(2));
    assertThat(plans.run()).isEmpty();
  }

  @Test
  void theInterfaceSaysWhatComesNext() throws Exception {
    JsonNode next = world.hub().get("/api/plans/next?limit=3");

    assertThat(next).hasSize(3);
    assertThat(next.at("/0/reference").asText()).isEqualTo("lines/one/2030-01-07T09:00:00");
    assertThat(world.hub().get("/api/plans").at("/0/subjects").asInt()).isEqualTo(2);
    assertThat(world.hub().post("/api/plans/run?dryRun=true")).isEmpty();
  }

  private static Plans node(Clock clock) {
    PlanRules rules = PlanRules.read(file, world.hub().part(ProductCatalog.class));
    return new Plans(
        rules,
        new Occurrences(WorkingDays.read(rules.holidays(file)), rules.zone()),
        new OccurrenceStore(world.hub().database()),
        world.hub().part(IntakeQueue.class),
        new OwnMessages(world.hub().part(Identifiers.class), world.hub().part(Sealer.class)),
        clock);
  }

  private static Ticket ticket(String reference) {
    long id =
        await()
            .atMost(PATIENCE)
            .until(
                () -> world.hub().part(TicketReferences.class).ticketsCalled(reference),
                found -> found.size() == 1)
            .get(0);
    return world.hub().part(TicketStore.class).load(List.of(id)).get(id);
  }

  private static void awaitSeen(int duplicates) {
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                world
                        .hub()
                        .database()
                        .queryForObject(
                            "select coalesce(sum(duplicates), 0) from message_ledger where external_id like 'plan/%2030-01-07%'",
                            Integer.class)
                    >= duplicates);
  }

  private static int tickets(String day) {
    return world
        .hub()
        .database()
        .queryForObject(
            "select count(distinct ticket_id) from ticket_reference where scheme = 'plan' and value like ?",
            Integer.class,
            "%" + day + "%");
  }
}
