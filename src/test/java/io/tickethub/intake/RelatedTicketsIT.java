package io.tickethub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.IncidentLog;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Told;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import io.tickethub.trace.Tracing;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.BiPredicate;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/** Repeat reports (重复申告), reports after archiving, and mass faults with their children. */
class RelatedTicketsIT {

  private static final String TELLS =
      "registered, introduced, repeated, feedback, replied, archived, cancelled, joined, left,"
          + " withdrawn";
  private static final String STATES =
      "introduced, pre-diagnosing, dispatched, accepted, processing, suspended, resumed, escalated,"
          + " returned, reopened, transferred, replied, calling-back, archived, cancelled, rejected";
  private static final Duration PATIENCE = Duration.ofSeconds(60);
  private static final AtomicInteger CUSTOMERS = new AtomicInteger();

  @TempDir static Path directory;
  static PlainWorld world;

  @BeforeAll
  static void start() throws Exception {
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk").tells(TELLS),
                PlainConnector.named("hotline").tells(TELLS),
                PlainConnector.named("repair").tells(TELLS),
                PlainConnector.named("portal").tells(STATES),
                PlainConnector.named("ledger").tells(STATES),
                PlainConnector.named("museum").tells(STATES)),
            "--hub.connectors.routes="
                + EmbeddedHub.home().resolve("src/test/resources/lifecycle/routes"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aRepeatReportUnderANewNumberJoinsTheOpenTicket() throws Exception {
    Map<String, Object> customer = customer();
    say("desk", report("R-1", "general", "城区", customer));
    String number = world.number("R-1");
    say("hotline", report("R-2", "general", null, customer));
    assertThat(world.number("R-2")).isEqualTo(number);

    say("hotline", SendingSystem.note("R-2", "under the second number"));
    say("desk", state("R-1", "replied"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(heard("hotline", number)).contains("registered", "replied"));
    assertThat(ticket("R-1").progress().repeatCount()).isEqualTo(1);
    assertThat(world.notes("R-1")).contains("under the second number");
    assertThat(codes("R-2")).containsOnlyOnce("repeated");
    assertThat(heard("hotline", number)).containsOnlyOnce("registered").doesNotContain("withdrawn");
    assertThat(heard("desk", number)).contains("repeated");
  }

  @Test
  void reportsOfOtherCustomersAndOtherServicesOpenTheirOwnTickets() throws Exception {
    Map<String, Object> customer = customer();
    say("desk", report("O-1", "general", null, customer));
    Map<String, Object> other = new LinkedHashMap<>(customer);
    other.put("serviceNumber", "07709999999");
    say("desk", report("O-2", "general", null, other));
    say("desk", report("O-3", "general", null, customer()));
    assertThat(List.of(world.id("O-1"), world.id("O-2"), world.id("O-3"))).doesNotHaveDuplicates();
  }

  @Test
  void ofTwoReportsAtOnceOneOpensTheTicketAndTheOtherJoinsIt() throws Exception {
    List<Callable<Void>> reports = new ArrayList<>();
    for (int i = 0; i < 60; i++) {
      Map<String, Object> customer = customer();
      String pair = "A-" + i;
      reports.add(() -> say("desk", report(pair + "-desk", "general", null, customer)));
      reports.add(() -> say("hotline", report(pair + "-hotline", "general", null, customer)));
    }
    atOnce(reports);
    await()
        .atMost(PATIENCE)
        .until(
            () ->
                count(
                    "select count(*) from ticket_reference where scheme <> 'hub' and value like ?",
                    "A-%"),
            any -> any == 120);
    assertThat(
            count(
                "select count(distinct ticket_id) from ticket_reference where value like ?", "A-%"))
        .isEqualTo(60);
    assertThat(
            count(
                "select count(*) from ticket_event e join ticket_reference r using (ticket_id)"
                    + " where e.type = 'repeated' and r.scheme = 'desk' and r.value like ?",
                "A-%"))
        .isEqualTo(60);
  }

  @Test
  void aReportAfterArchivingIsANewTicketThatFollowsTheArchivedOne() throws Exception {
    Map<String, Object> customer = customer();
    say("desk", report("F-1", "general", null, customer));
    say("desk", state("F-1", "archived"));
    await().atMost(PATIENCE).until(() -> ticket("F-1").state().isFinal());
    say("desk", report("F-2", "general", null, customer));

    String first = world.number("F-1");
    assertThat(world.number("F-2")).isNotEqualTo(first);
    assertThat(show("F-2").at("/group/follows").asText()).isEqualTo(first);
    assertThat(show("F-1").at("/group/followedBy/0").asText()).isEqualTo(world.number("F-2"));
    assertThat(world.hub().get("/api/tickets/F-2/explanation").toString())
        .contains("the same customer reports the same service number");
  }

  @Test
  void aThousandReportsOfACableBreakAreDispatchedOnceAndRepliedEach() throws Exception {
    say("desk", report("M-early", "general", "防城区", customer()));
    say("desk", state("M-early", "dispatched"));
    say("desk", report("M-elsewhere", "general", "上思县", customer()));
    world.id("M-elsewhere");
    say("desk", massFault("M-0", "防城区,港口区", "general,campus-card"));
    String parent = world.number("M-0");
    say("desk", state("M-0", "dispatched"));
    await().atMost(PATIENCE).until(() -> codes("M-early").contains("joined"));

    List<Callable<Void>> reports = new ArrayList<>();
    for (int i = 1; i <= 1_000; i++) {
      String number = "M-" + i;
      String system = i % 2 == 0 ? "desk" : "hotline";
      String region = i % 3 == 0 ? "港口区" : "防城区";
      reports.add(() -> say(system, dispatched(report(number, "general", region, customer()))));
    }
    atOnce(reports);
    await().atMost(PATIENCE).until(() -> children(parent) == 1_001);
    assertThat(world.target("repair").told().stream().filter(told -> told.ticket().equals(parent)))
        .extracting(Told::code)
        .containsExactly("introduced");
    assertThat(heard("repair", world.number("M-7"))).isEmpty();
    assertThat(codes("M-7")).startsWith("opened", "joined");
    assertThat(ticket("M-elsewhere").links().parent()).isNull();

    say("repair", key(parent, state(null, "processing")));
    await().atMost(PATIENCE).until(() -> codes("M-1000").contains("feedback"));
    Map<String, Object> reply = key(parent, state(null, "replied"));
    reply.put("content", Map.of("resolution", Map.of("cause", "cable cut", "action", "spliced")));
    say("repair", reply);
    await().atMost(PATIENCE).until(() -> repliedChildren(parent) > 50);
    world.hub().close();
    world.startHub();
    await().atMost(PATIENCE).until(() -> repliedChildren(parent) == 1_001);

    assertThat(timesOf("replied", parent)).isEqualTo(1_001);
    assertThat(ticket("M-10").content().resolution().action()).isEqualTo("spliced");
    say("desk", state("M-10", "archived"));
    await().atMost(PATIENCE).until(() -> ticket("M-10").state().isFinal());
    say("desk", state("M-8", "calling-back"));
    say("desk", state("M-8", "dispatched"));
    await().atMost(PATIENCE).until(() -> heard("repair", world.number("M-8")).size() == 1);
    assertThat(ticket("M-8").progress().owner()).isEqualTo("repair");
  }

  @Test
  void aCancelledMassFaultLetsItsChildrenGoAndTheyAreDispatched() throws Exception {
    say("desk", massFault("C-0", "东兴市", ""));
    world.id("C-0");
    say("desk", dispatched(report("C-1", "general", "东兴市", customer())));
    await().atMost(PATIENCE).until(() -> codes("C-1").contains("joined"));
    say("desk", state("C-0", "cancelled"));
    await().atMost(PATIENCE).until(() -> codes("C-1").contains("left"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> assertThat(heard("repair", world.number("C-1"))).containsExactly("introduced"));
  }

  @Test
  void aPersonMakesATicketTheChildOfAnotherAndTakesItOutAgain() throws Exception {
    say("desk", report("J-1", "general", null, customer()));
    say("desk", report("J-2", "general", null, customer()));
    world.id("J-1");
    world.id("J-2");
    assertThatThrownBy(() -> world.hub().post("/api/tickets/J-1/join?parent=J-2"))
        .hasMessageContaining("400");
    world.hub().post("/api/tickets/J-1/join?parent=J-2&reason=same%20cable");
    await().atMost(PATIENCE).until(() -> codes("J-1").contains("joined"));
    assertThat(show("J-1").at("/group/parent").asText()).isEqualTo(world.number("J-2"));
    assertThat(show("J-2").at("/group/children").asInt()).isEqualTo(1);

    world.hub().post("/api/tickets/J-1/leave?reason=another%20cable");
    await().atMost(PATIENCE).until(() -> codes("J-1").contains("left"));
    assertThat(world.notes("J-1")).contains("same cable", "another cable");
    assertThat(
            world
                .hub()
                .database()
                .queryForList(
                    "select action from audit where subject like ? order by id",
                    String.class,
                    world.number("J-1") + "%"))
        .containsExactly("ticket-join", "ticket-leave");
  }

  /**
   * The log is generated to the figures of a public one (see {@link IncidentLog}). Three systems
   * hear of its tickets, each strict in its own way: the portal takes the transitions of TMF621
   * only, the ledger the twelve states of the hub by their own order, the museum nothing but
   * dispatched, replied and archived in turn. What was said without effect is a conflict or late.
   */
  @Test
  void aMessyLogEndsInALegalHistoryForEverySystemAndNothingIsDropped() {
    List<IncidentLog.Line> log = IncidentLog.generate(20260105);
    BatchProcessor processor =
        new BatchProcessor(
            world.hub().part(Rules.class),
            world.hub().part(Records.class),
            world.hub().part(Connectors.class),
            world.hub().part(Dispatchers.class),
            world.hub().part(TransactionTemplate.class),
            Tracing.OFF);
    for (int begin = 0; begin < log.size(); begin += 200) {
      List<IntakeMessage> batch = new ArrayList<>();
      for (int line = begin; line < Math.min(log.size(), begin + 200); line++) {
        batch.add(logged(log.get(line), line));
      }
      processor.process(batch, 9, false);
    }

    List<String> notes = new ArrayList<>();
    Map<String, Integer> unhappy = new TreeMap<>();
    TicketStore tickets = world.hub().part(TicketStore.class);
    Map<Long, Map<String, Set<Integer>>> told = toldOfLog();
    Map<Long, List<TicketEvent>> histories = tickets.histories(told.keySet());
    assertThat(histories).hasSize(IncidentLog.TICKETS);
    for (Map.Entry<Long, List<TicketEvent>> history : histories.entrySet()) {
      long id = history.getKey();
      List<TicketEvent> events = history.getValue();
      for (TicketEvent event : events) {
        if (event.detail().note() != null) {
          notes.add(event.detail().note());
        }
        if (event.type() == EventType.CONFLICT || event.type() == EventType.LATE) {
          assertThat(event.detail().requestedState()).isNotNull();
          unhappy.merge(event.code(), 1, Integer::sum);
        }
      }
      Map<String, Set<Integer>> systems = told.get(id);
      assertLegal(events, systems.get("portal"), RelatedTicketsIT::legalInTmf621);
      assertLegal(events, systems.get("ledger"), RelatedTicketsIT::legalInTheHub);
      assertLegal(events, systems.get("museum"), RelatedTicketsIT::legalInTheMuseum);
    }
    assertThat(notes).hasSize(IncidentLog.CHANGES).doesNotHaveDuplicates();
    assertThat(unhappy).containsKey("conflict");
    assertThat(
            count("select count(*) from message where channel = ? and status = 'applied'", "log"))
        .isEqualTo(IncidentLog.CHANGES);
  }

  /** By ticket and system, the events it was told of. */
  private static Map<Long, Map<String, Set<Integer>>> toldOfLog() {
    Map<Long, Map<String, Set<Integer>>> told = new HashMap<>();
    world
        .hub()
        .database()
        .query(
            "select d.ticket_id, d.connector, d.sequence from delivery d join ticket t"
                + " on t.id = d.ticket_id where t.opened_by = 'desk' and t.product_class ="
                + " 'campus-card'",
            row -> {
              told.computeIfAbsent(row.getLong(1), any -> new HashMap<>())
                  .computeIfAbsent(row.getString(2), any -> new TreeSet<>())
                  .add(row.getInt(3));
            });
    return told;
  }

  private static Void say(String system, Map<String, Object> change) throws Exception {
    assertThat(world.sender(system).sends("newest", SendingSystem.fresh(), change)).isEqualTo(202);
    return null;
  }

  private static void assertLegal(
      List<TicketEvent> events, Set<Integer> told, BiPredicate<TicketEvent, TicketEvent> legal) {
    TicketEvent last = null;
    for (TicketEvent event : events) {
      if (told != null && told.contains(event.sequence())) {
        assertThat(last == null || legal.test(last, event))
            .as("%s after %s in %s", event, last, events)
            .isTrue();
        last = event;
      }
    }
  }

  private static boolean legalInTmf621(TicketEvent from, TicketEvent to) {
    return IncidentLog.isLegal(tmf621(from), tmf621(to));
  }

  private static String tmf621(TicketEvent event) {
    return switch (event.to()) {
      case RECEIVED -> "acknowledged";
      case SUSPENDED ->
          event.detail().suspensionCause() == SuspensionCause.CUSTOMER ? "pending" : "held";
      case REPLIED, CALLING_BACK -> "resolved";
      case ARCHIVED -> "closed";
      case REJECTED -> "rejected";
      case CANCELLED -> "cancelled";
      default -> "inProgress";
    };
  }

  private static boolean legalInTheHub(TicketEvent from, TicketEvent to) {
    return from.to() == to.from();
  }

  private static boolean legalInTheMuseum(TicketEvent from, TicketEvent to) {
    return switch (to.code()) {
      case "dispatched" -> !from.to().isFinal() && from.to() != TicketState.REPLIED;
      case "replied" -> !from.to().isFinal() && from.to() != TicketState.REPLIED;
      case "reopened", "archived" -> from.to() == TicketState.REPLIED;
      default -> !from.to().isFinal();
    };
  }

  private static IntakeMessage logged(IncidentLog.Line line, int number) {
    TicketKey key = new TicketKey("L-" + line.ticket(), null, Map.of(), null);
    Instant at = Instant.now();
    SuspensionCause cause =
        switch (line.status()) {
          case "pending" -> SuspensionCause.CUSTOMER;
          case "held" -> SuspensionCause.OTHER;
          default -> null;
        };
    TicketState state =
        switch (line.status()) {
          case "acknowledged" -> TicketState.RECEIVED;
          case "inProgress" -> TicketState.PROCESSING;
          case "pending", "held" -> TicketState.SUSPENDED;
          case "resolved" -> TicketState.REPLIED;
          case "closed" -> TicketState.ARCHIVED;
          case "rejected" -> TicketState.REJECTED;
          default -> TicketState.CANCELLED;
        };
    String note = "line " + number;
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT, "campus-card", "刷卡失败", null, null, null, null, Map.of(), null, null);
    Change change =
        number < IncidentLog.TICKETS
            ? new Change.Open(key, at, state, content, note)
            : new Change.StateChange(key, at, state, cause, null, note);
    byte[] body = note.getBytes(UTF_8);
    return new IntakeMessage(
        world.hub().part(Identifiers.class).next(),
        "desk",
        "log",
        note,
        SameIdOtherBytes.CONFLICT,
        body,
        Provenance.NONE,
        at,
        List.of(change),
        null,
        false,
        world.hub().part(Sealer.class).sealBytes(body),
        body.length);
  }

  private static Map<String, Object> customer() {
    int number = CUSTOMERS.incrementAndGet();
    Map<String, Object> customer = new LinkedHashMap<>();
    customer.put("number", "C%06d".formatted(number));
    customer.put("serviceNumber", "0770%07d".formatted(number));
    return customer;
  }

  private static Map<String, Object> report(
      String ticket, String product, String region, Map<String, Object> customer) {
    Map<String, Object> content = new LinkedHashMap<>();
    content.put("kind", "fault");
    content.put("productClass", product);
    content.put("title", "宽带无法上网");
    content.put("customer", Map.of("number", customer.get("number")));
    content.put(
        "attributes",
        Map.of("productName", "光纤宽带", "serviceNumber", customer.get("serviceNumber")));
    if (region != null) {
      content.put("region", region);
    }
    Map<String, Object> change = SendingSystem.change("open", ticket);
    change.put("content", content);
    return change;
  }

  private static Map<String, Object> dispatched(Map<String, Object> report) {
    report.put("state", "dispatched");
    return report;
  }

  private static Map<String, Object> massFault(String ticket, String areas, String products) {
    Map<String, Object> change = SendingSystem.change("open", ticket);
    change.put(
        "content",
        Map.of(
            "kind",
            "fault",
            "productClass",
            "general",
            "title",
            "光缆中断",
            "faultDomain",
            "network",
            "attributes",
            Map.of(
                "productName", "光缆", "mass-fault.areas", areas, "mass-fault.products", products)));
    return change;
  }

  private static Map<String, Object> state(String ticket, String state) {
    Map<String, Object> change =
        ticket == null ? new LinkedHashMap<>() : SendingSystem.change("state", ticket);
    change.put("type", "state");
    change.put("state", state);
    return change;
  }

  private static Map<String, Object> key(String hub, Map<String, Object> change) {
    change.put("ticket", Map.of("hub", hub));
    return change;
  }

  private static void atOnce(List<Callable<Void>> tasks) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(8);
    try {
      for (Future<Void> done : threads.invokeAll(tasks)) {
        done.get();
      }
    } finally {
      threads.shutdown();
    }
  }

  private static Ticket ticket(String name) {
    long id = world.id(name);
    return world.hub().part(TicketStore.class).load(List.of(id)).get(id);
  }

  private static List<String> codes(String name) {
    return world.events(name).stream().map(TicketEvent::code).toList();
  }

  private static List<String> heard(String system, String number) {
    return world.target(system).told(number).stream().map(Told::code).toList();
  }

  private static JsonNode show(String name) throws Exception {
    return world.hub().get("/api/tickets/" + name);
  }

  private static long children(String parent) {
    return count("select count(*) from ticket where parent_id = ?", world.id(parent));
  }

  private static long repliedChildren(String parent) {
    return count(
        "select count(*) from ticket where parent_id = ? and state = 'replied'", world.id(parent));
  }

  private static long timesOf(String state, String parent) {
    return count(
        "select count(*) from ticket_event e join ticket t on t.id = e.ticket_id"
            + " where t.parent_id = ? and e.type = 'state-changed' and e.to_state = '"
            + state
            + "'",
        world.id(parent));
  }

  private static long count(String sql, Object parameter) {
    Long count = world.hub().database().queryForObject(sql, Long.class, parameter);
    return count == null ? 0 : count;
  }
}
