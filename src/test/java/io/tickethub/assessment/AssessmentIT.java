package io.tickethub.assessment;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.within;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.assessment.Assessments.Made;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SettableClock;
import io.tickethub.harness.TargetSystem.Told;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.intake.Rules;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketStore;
import io.tickethub.service.WorkingDays;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.CompletableFuture;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer.OrderAnnotation;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** A month of made-up tickets through the pipeline, assessed and published. */
@TestMethodOrder(OrderAnnotation.class)
class AssessmentIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final YearMonth MONTH = YearMonth.of(2025, 3);
  private static final Instant BEGIN = Instant.parse("2025-03-03T01:00:00Z");
  private static final int TICKETS = 60;

  @TempDir static Path directory;
  static PlainWorld world;
  static Path routes;
  static List<Script> scripts;
  static int sent;
  static final List<IntakeMessage> pending = new ArrayList<>();
  static final Map<Integer, String> numbers = new HashMap<>();

  /** What happens to a ticket; times are minutes after the one before. */
  private record Script(
      int index,
      String partner,
      int response,
      int repair,
      int suspended,
      boolean reopened,
      boolean satisfied,
      boolean urged) {

    static Script random(int index, Random random) {
      boolean reopened = random.nextInt(4) == 0;
      return new Script(
          index,
          random.nextBoolean() ? "north" : "south",
          1 + random.nextInt(60),
          reopened ? 30 : 60 + random.nextInt(300),
          random.nextInt(3) == 0 ? 20 + random.nextInt(100) : 0,
          reopened,
          random.nextInt(5) > 0,
          random.nextInt(3) == 0);
    }

    Instant opened() {
      return BEGIN.plus(Duration.ofHours(6L * index));
    }

    /** From the dispatch to the reply, without the waiting for the customer. */
    long counted() {
      return response + repair;
    }

    boolean breached() {
      return 10 + counted() > 240;
    }
  }

  @BeforeAll
  static void start() throws Exception {
    routes = directory.resolve("routes");
    Files.createDirectories(routes.resolve("calendars"));
    for (String file : List.of("ownership.yaml", "participants.yaml", "time-limits.yaml")) {
      Files.copy(PlainWorld.routes().resolve(file), routes.resolve(file));
    }
    Files.copy(Path.of("routes/calendars/2025.json"), routes.resolve("calendars/2025.json"));
    Files.copy(Path.of("routes/assessment.yaml"), routes.resolve("assessment.yaml"));
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("north"), PlainConnector.named("south")),
            "--hub.connectors.routes=" + routes);
    Random random = new Random(20250303);
    scripts =
        Stream.iterate(0, n -> n + 1).limit(TICKETS).map(n -> Script.random(n, random)).toList();
    play(scripts);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  private static void play(List<Script> played) {
    for (Script script : played) {
      open(script);
    }
    awaitApplied();
    for (Script script : played) {
      Instant at = at(script, 10);
      say(script, "desk", "dispatch", at, state(script, TicketState.DISPATCHED, null, null, at));
    }
    awaitApplied();
    for (Script script : played) {
      work(script, 10, "1", script.repair, script.suspended);
    }
    awaitApplied();
    for (Script script : played) {
      long replied = 10L + script.counted() + script.suspended;
      callBack(script, replied + 10, script.reopened ? "unsatisfied" : answer(script), "1");
    }
    awaitApplied();
    List<Script> again = played.stream().filter(Script::reopened).toList();
    for (Script script : again) {
      work(script, 20L + script.counted() + script.suspended, "2", 5, 0);
    }
    awaitApplied();
    for (Script script : again) {
      callBack(
          script,
          100L + script.counted() + script.suspended + script.response,
          answer(script),
          "2");
    }
    awaitApplied();
  }

  private static String answer(Script script) {
    return script.satisfied ? "satisfied" : null;
  }

  private static void work(Script script, long dispatched, String round, int repair, int waits) {
    long accepted = dispatched + script.response;
    Instant at = at(script, accepted);
    say(
        script,
        script.partner,
        "accept" + round,
        at,
        state(script, TicketState.ACCEPTED, null, null, at));
    if (waits > 0) {
      Instant from = at(script, accepted + 5);
      Instant until = at(script, accepted + 5 + waits);
      say(
          script,
          script.partner,
          "wait" + round,
          from,
          state(script, TicketState.SUSPENDED, SuspensionCause.CUSTOMER, null, from));
      say(
          script,
          script.partner,
          "go-on" + round,
          until,
          state(script, TicketState.PROCESSING, null, null, until));
    }
    if (script.urged && round.equals("1")) {
      say(script, script.partner, "urge", at, new Change.Urge(key(script), at, null));
    }
    Instant replied = at(script, accepted + repair + waits);
    say(
        script,
        script.partner,
        "reply" + round,
        replied,
        state(script, TicketState.REPLIED, null, null, replied));
  }

  private static void callBack(Script script, long minute, String answer, String round) {
    Instant at = at(script, minute);
    TicketState to = "unsatisfied".equals(answer) ? TicketState.DISPATCHED : TicketState.ARCHIVED;
    say(
        script,
        "desk",
        "call" + round,
        at,
        state(script, TicketState.CALLING_BACK, null, null, at));
    say(script, "desk", "answer" + round, at, state(script, to, null, answer, at));
  }

  @Test
  @Order(1)
  void figuresAreThoseOfAnIndependentCalculation() {
    for (Script script : scripts) {
      List<TicketEvent> history = world.events("T-" + script.index);
      TicketFacts facts =
          TicketReading.read(
              "T", script.partner, history, world.hub().part(Rules.class).timeLimits());
      assertThat(facts.work().get(0).repairs())
          .as("%s: %s", script, history.stream().map(AssessmentIT::text).toList())
          .containsExactlyElementsOf(
              Arrays.stream(repairs(script)).map(minutes -> 60 * minutes).boxed().toList());
    }
    Figures figures = assessments().preview(MONTH);

    assertThat(figures.tickets()).isEqualTo(TICKETS);
    assertThat(figures.untold()).isZero();
    for (String partner : List.of("north", "south")) {
      List<Script> his = scripts.stream().filter(s -> s.partner.equals(partner)).toList();
      assertFigure(figures, partner, PartnerFigure.TICKETS, his.size());
      assertFigure(
          figures,
          partner,
          PartnerFigure.RESPONSE_P50,
          60 * middle(his, 0.5, AssessmentIT::responses));
      assertFigure(
          figures,
          partner,
          PartnerFigure.RESPONSE_P90,
          60 * middle(his, 0.9, AssessmentIT::responses));
      assertFigure(
          figures, partner, PartnerFigure.REPAIR_P50, 60 * middle(his, 0.5, AssessmentIT::repairs));
      assertFigure(
          figures, partner, PartnerFigure.REPAIR_P90, 60 * middle(his, 0.9, AssessmentIT::repairs));
      assertFigure(
          figures, partner, PartnerFigure.FIRST_TIME_FIX, 1 - share(his, Script::reopened));
      assertFigure(figures, partner, PartnerFigure.REOPENED, share(his, Script::reopened));
      double good = his.stream().filter(Script::satisfied).count();
      double bad = his.stream().filter(Script::reopened).count();
      assertFigure(figures, partner, PartnerFigure.SATISFIED, good / (good + bad));
      double late = his.stream().filter(Script::breached).count();
      assertFigure(figures, partner, PartnerFigure.BREACHES, late);
      assertFigure(figures, partner, PartnerFigure.OVERDUE, late);
      assertFigure(figures, partner, PartnerFigure.RETURNED, 0);
    }
    assertThat(indicator(figures, Indicator.URGED))
        .isEqualTo(share(scripts, Script::urged), within(1e-9));
    assertThat(indicator(figures, Indicator.FAULTS_IN_TIME))
        .isEqualTo(1 - share(scripts, Script::breached), within(1e-9));
    assertThat(indicator(figures, Indicator.CALLS_ANSWERED)).isNull();
  }

  @Test
  @Order(2)
  void twoNodesPublishAMonthOnceOnItsFirstWorkingDay() throws Exception {
    Instant early = Instant.parse("2025-03-31T23:59:59Z");
    node(new SettableClock(early)).turn();
    assertThat(assessments().list(10)).isEmpty();

    SettableClock clock = new SettableClock(early.plusSeconds(1));
    CompletableFuture<Void> other = CompletableFuture.runAsync(() -> node(clock).turn());
    node(clock).turn();
    other.join();
    clock.advance(Duration.ofDays(3));
    node(clock).turn();

    assertThat(assessments().list(10)).hasSize(1);
    assertThat(assessments().run(MONTH, null, "a person").published()).isFalse();
    JsonNode listed = world.hub().get("/api/assessments");
    assertThat(listed).hasSize(1);
    assertThat(listed.at("/0/tickets").asInt()).isEqualTo(TICKETS);
  }

  @Test
  @Order(3)
  void aVersionIsDeliveredOnce() {
    String number = number("2025-03/1");
    await().atMost(PATIENCE).until(() -> !world.target("north").took(number).isEmpty());
    // As a node that died between the message and the note that it was sent.
    world.hub().database().update("update assessment set announced_at = null");
    assessments().announce();
    say(
        scripts.get(0),
        "desk",
        "marker",
        at(scripts.get(0), 9_000),
        new Change.Note(key(scripts.get(0)), null, "marker"));
    awaitApplied();

    assertThat(
            world
                .hub()
                .database()
                .queryForObject(
                    "select duplicates from message_ledger where external_id = 'assessment/2025-03/1'",
                    Integer.class))
        .isPositive();
    assertThat(world.target("north").took(number).stream().map(Told::key)).doesNotHaveDuplicates();
    assertThat(
            world.target("north").took(number).stream()
                .filter(told -> told.code().equals("introduced")))
        .hasSize(1);
  }

  @Test
  @Order(4)
  void eachNumberIsExplainedByTicketsAndReproducedFromTheirEvents() throws Exception {
    JsonNode explained =
        world.hub().get("/api/assessments/2025-03/explanation?figure=reopened&partner=north");

    List<String> reopened = new ArrayList<>();
    for (JsonNode part : explained.get("parts")) {
      assertThat(part.get("reproduced").asBoolean()).isTrue();
      if (part.at("/samples/0").asDouble() == 1) {
        reopened.add(part.get("ticket").asText());
      }
    }
    assertThat(reopened)
        .containsExactlyInAnyOrderElementsOf(
            scripts.stream()
                .filter(s -> s.partner.equals("north") && s.reopened)
                .map(AssessmentIT::number)
                .toList());
  }

  @Test
  @Order(5)
  void theFilesAreTheReports() throws Exception {
    Path files = world.hub().data().resolve("assessments");

    assertThat(files.resolve("2025-03-v1.html")).content().contains("服务质量评估通报 2025-03", "north");
    assertThat(files.resolve("2025-03-v1.csv")).content().startsWith("\ufeff\"month\"");
  }

  @Test
  @Order(6)
  void aCorrectionIsAVersionWithItsReason() throws Exception {
    Script late = new Script(TICKETS, "north", 5, 10, 0, false, true, false);
    play(List.of(late));

    assertThatThrownBy(() -> assessments().run(MONTH, " ", "a person"))
        .hasMessageContaining("say why in --reason");
    Made made = assessments().run(MONTH, "a ticket came late", "a person");

    assertThat(made.published()).isTrue();
    assertThat(made.assessment().version()).isEqualTo(2);
    assertThat(made.assessment().figures().tickets()).isEqualTo(TICKETS + 1);
    assertThat(assessments().find(MONTH, 1).orElseThrow().figures().tickets()).isEqualTo(TICKETS);
    String number = number("2025-03/2");
    await().atMost(PATIENCE).until(() -> !world.target("north").took(number).isEmpty());
  }

  @Test
  @Order(7)
  void aMonthIsFoundWithoutReadingTheHistory() {
    JdbcTemplate database = world.hub().database();
    database.execute("analyze ticket_event");
    String plan =
        String.join(
            "\n",
            database.queryForList(
                "explain " + AssessmentStore.closedStatement(),
                String.class,
                Timestamp.from(BEGIN),
                -1L,
                Timestamp.from(BEGIN.plusSeconds(60)),
                500));

    assertThat(plan).contains("ticket_event_closed").doesNotContain("Seq Scan on ticket_event");
  }

  private static String text(TicketEvent event) {
    return "%s by %s at %s%s"
        .formatted(
            event.code(), event.source(), event.occurredAt(), event.inferred() ? " inferred" : "");
  }

  private static Assessments assessments() {
    return world.hub().part(Assessments.class);
  }

  private static AssessmentLoop node(Clock clock) {
    AssessmentRules rules = world.hub().part(AssessmentRules.class);
    Assessments assessments =
        new Assessments(
            new AssessmentStore(world.hub().database()),
            world.hub().part(TicketStore.class),
            world.hub().part(Rules.class).timeLimits(),
            rules,
            new Announcement(
                world.hub().part(IntakeQueue.class),
                new OwnMessages(
                    world.hub().part(Identifiers.class), world.hub().part(Sealer.class))),
            world.hub().part(TransactionTemplate.class),
            world.hub().data().resolve("assessments"),
            clock);
    return new AssessmentLoop(
        assessments, rules, WorkingDays.read(routes.resolve("calendars")), clock);
  }

  private static String number(String reference) {
    long id =
        await()
            .atMost(PATIENCE)
            .until(
                () -> world.hub().part(TicketReferences.class).ticketsCalled(reference),
                found -> found.size() == 1)
            .get(0);
    return world.hub().part(TicketStore.class).load(List.of(id)).get(id).number();
  }

  private static void assertFigure(
      Figures figures, String partner, PartnerFigure figure, double expected) {
    Measured measured =
        figures.partners().stream()
            .filter(row -> row.partner().equals(partner))
            .findFirst()
            .orElseThrow()
            .figure(figure);
    assertThat(measured.value()).as("%s %s", partner, figure).isEqualTo(expected, within(1e-9));
  }

  private static Double indicator(Figures figures, Indicator indicator) {
    return figures.indicators().stream()
        .filter(row -> row.code().equals(indicator.code()))
        .findFirst()
        .orElseThrow()
        .measured()
        .value();
  }

  private static long[] responses(Script script) {
    return script.reopened
        ? new long[] {script.response, script.response}
        : new long[] {script.response};
  }

  private static long[] repairs(Script script) {
    return script.reopened
        ? new long[] {script.counted(), script.response + 5}
        : new long[] {script.counted()};
  }

  /** The smallest value that so great a part of all does not exceed. */
  private static double middle(List<Script> his, double part, Function<Script, long[]> values) {
    long[] all = his.stream().flatMapToLong(s -> Arrays.stream(values.apply(s))).sorted().toArray();
    for (long candidate : all) {
      if (Arrays.stream(all).filter(value -> value <= candidate).count()
          >= part * all.length - 1e-9) {
        return candidate;
      }
    }
    throw new AssertionError();
  }

  private static double share(List<Script> all, Predicate<Script> which) {
    return (double) all.stream().filter(which).count() / all.size();
  }

  private static Instant at(Script script, long minute) {
    return script.opened().plus(Duration.ofMinutes(minute));
  }

  private static String number(Script script) {
    return numbers.computeIfAbsent(
        script.index,
        index -> {
          TicketReferences references = world.hub().part(TicketReferences.class);
          long id = references.ticketsCalled("T-" + index).get(0);
          return world.hub().part(TicketStore.class).load(List.of(id)).get(id).number();
        });
  }

  private static TicketKey key(Script script) {
    return new TicketKey(null, number(script), Map.of(), null);
  }

  private static void open(Script script) {
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT,
            "general",
            "no dial tone",
            null,
            "timed",
            null,
            null,
            Map.of("productName", "line"),
            null,
            null);
    say(
        script,
        "desk",
        "open",
        script.opened(),
        new Change.Open(
            new TicketKey("T-" + script.index, null, Map.of(), null),
            script.opened(),
            null,
            content,
            null));
  }

  private static Change state(
      Script script, TicketState state, SuspensionCause cause, String answer, Instant at) {
    TicketContent content =
        answer == null
            ? null
            : new TicketContent(null, null, null, null, null, null, null, Map.of(), null, answer);
    return new Change.StateChange(key(script), at, state, cause, content, null);
  }

  private static void say(Script script, String system, String what, Instant at, Change change) {
    String id = "month-%d-%s".formatted(script.index, what);
    byte[] body = id.getBytes(UTF_8);
    sent++;
    pending.add(
        new IntakeMessage(
            world.hub().part(Identifiers.class).next(),
            system,
            "newest",
            id,
            SameIdOtherBytes.NEW_VERSION,
            body,
            Provenance.NONE,
            at,
            List.of(change),
            null,
            false,
            world.hub().part(Sealer.class).sealBytes(body),
            body.length));
  }

  private static void awaitApplied() {
    world.hub().part(IntakeQueue.class).putAll(List.copyOf(pending));
    pending.clear();
    await()
        .atMost(PATIENCE)
        .pollInterval(Duration.ofMillis(20))
        .until(
            () ->
                world
                        .hub()
                        .database()
                        .queryForObject(
                            "select count(*) from message where external_id like 'month-%' and status = 'applied'",
                            Integer.class)
                    == sent);
  }
}
