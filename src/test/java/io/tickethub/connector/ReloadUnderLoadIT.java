package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.harness.FormatJar;
import io.tickethub.harness.Heap;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Told;
import io.tickethub.harness.VendorJar;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.Semaphore;
import java.util.stream.Collectors;
import javax.management.JMException;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * A connector that is changed again and again while its system and others send and are told. {@code
 * -Dhub.test.reloads=1000} takes longer.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ReloadUnderLoadIT {

  private static final Logger LOG = LoggerFactory.getLogger(ReloadUnderLoadIT.class);
  private static final int RELOADS = Integer.getInteger("hub.test.reloads", 40);

  /** What piled up while north was swapped has to be told, one after the other. */
  private static final Duration PATIENCE = Duration.ofSeconds(60).plusMillis(500L * RELOADS);

  private static final int WARM_UP = 10;
  private static final int NOTES_A_RELOAD = 4;
  private static final int TICKETS = 4;

  /** Off and on again; an even number, that it is on in the end. */
  private static final int SWITCHES = 60;

  /** A connector's workers begin one by one, as there is something to deliver. */
  private static final int MOST_WORKERS = 8;

  /** Pools that grow and shrink with the traffic, whoever runs. */
  private static final String POOLS =
      "http-nio-.*|HttpClient-.*|HTTP-Dispatcher|pool-\\d+-thread-\\d+|.*ActiveMQ.*|.*activemq.*|HikariPool.*"
          + "|deliver-(desk|south)-\\d+|connector-swap|awaitility.*|Common-Cleaner|Attach Listener|idle-.*|ForkJoinPool.*|Keep-Alive.*";

  private Path directory;
  private PlainWorld world;
  private final ExecutorService threads = Executors.newCachedThreadPool();

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    this.directory = directory;
    world =
        PlainWorld.prepare(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north").delivery("{first-retry: 20ms}"),
                PlainConnector.named("south")));
    VendorJar.use(directory.resolve("connectors/north"), "1", directory.resolve("one"));
    VendorJar.use(directory.resolve("connectors/south"), "2", directory.resolve("two"));
    FormatJar.example(directory.resolve("connectors/north"));
    world.startHub();
  }

  @AfterAll
  void stop() {
    threads.shutdownNow();
    world.close();
  }

  @Test
  void twoConnectorsCarryDifferentVersionsOfOneLibrary() throws Exception {
    world.sender("desk").opens("L-1");
    world.sender("desk").notes("L-1", "version @");
    String number = world.number("L-1");

    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              assertThat(world.target("north").took(number))
                  .extracting(Told::note)
                  .contains("version 1");
              assertThat(world.target("south").took(number))
                  .extracting(Told::note)
                  .contains("version 2");
            });
  }

  @Test
  void reloadsUnderLoadLoseAndRepeatNothingAndLeakNothing() throws Exception {
    twoVersions();
    List<Sender> senders = new ArrayList<>();
    for (int ticket = 0; ticket < TICKETS; ticket++) {
      senders.add(new Sender("R-" + ticket, world.sender("desk"), world.sender("north")));
    }
    List<Future<?>> sending = new ArrayList<>();
    for (Sender sender : senders) {
      sender.opens();
      sending.add(threads.submit(sender::run));
    }

    reload(WARM_UP, senders);
    Measured before = measured();
    long began = System.nanoTime();
    reload(RELOADS, senders);
    Duration took = Duration.ofNanos(System.nanoTime() - began);
    for (Sender sender : senders) {
      sender.end();
    }
    for (Future<?> future : sending) {
      future.get();
    }

    for (Sender sender : senders) {
      assertThat(sender.statuses).containsOnly(202);
      world.awaitNotes(sender.ticket, sender.notes);
      world.awaitNotes(sender.ticket + "-north", sender.notes);
      awaitTold("north", sender.ticket, sender.notes);
      awaitTold("south", sender.ticket, sender.notes);
      awaitTold("south", sender.ticket + "-north", sender.notes);
    }
    assertNothingLeaks(before, took, senders.stream().mapToInt(any -> any.notes.size()).sum());
  }

  /** What happens while a system is being switched off is told once it is on again. */
  @Test
  void switchingOffAndOnUnderLoadLosesNothing() throws Exception {
    Sender sender = new Sender("S-1", world.sender("desk"), world.sender("north"));
    sender.opens();
    Future<?> sending = threads.submit(sender::run);

    for (int turn = 0; turn < SWITCHES; turn++) {
      sender.permits.release(NOTES_A_RELOAD);
      String order = turn % 2 == 0 ? "disable" : "enable";
      world.hub().post("/api/connectors/south/%s?reason=works".formatted(order));
    }
    sender.end();
    sending.get();

    awaitTold("south", sender.ticket, sender.notes);
    awaitTold("south", sender.ticket + "-north", sender.notes);
  }

  private void twoVersions() throws Exception {
    Files.writeString(directory.resolve("connectors/north/README.md"), "another version");
    await()
        .atMost(Duration.ofSeconds(30))
        .until(
            () -> world.hub().get("/api/connectors/north").path("version").asInt(),
            any -> any == 2);
  }

  private void reload(int times, List<Sender> senders) throws Exception {
    for (int reload = 0; reload < times; reload++) {
      senders.forEach(sender -> sender.permits.release(NOTES_A_RELOAD));
      int running = world.hub().get("/api/connectors/north").path("version").asInt();
      world.hub().post("/api/connectors/north/rollback?version=" + (1 + running % 2));
    }
  }

  private void awaitTold(String system, String ticket, List<String> notes) {
    String number = world.number(ticket);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              List<String> told =
                  world.target(system).told(number).stream()
                      .map(Told::note)
                      .filter(note -> note != null)
                      .toList();
              assertThat(told).containsExactlyElementsOf(notes);
            });
  }

  /** What is alive in this process after a full garbage collection. */
  private record Measured(
      Map<String, Long> instances, List<String> threads, long heap, List<String> meters) {

    static Measured now(List<String> meters) throws JMException {
      return new Measured(
          Heap.instances(),
          Thread.getAllStackTraces().keySet().stream()
              .map(Thread::getName)
              .filter(name -> !name.matches(POOLS))
              .sorted()
              .toList(),
          ManagementFactory.getMemoryMXBean().getHeapMemoryUsage().getUsed(),
          meters);
    }

    long count(String type) {
      return instances.getOrDefault(type, 0L);
    }

    @Override
    public String toString() {
      return "%d class loaders of lib, %d Camel contexts, %d threads, %d meters, %d MB"
          .formatted(
              count("io.tickethub.connector.folder.LibraryLoader$ChildFirst"),
              count("org.apache.camel.impl.DefaultCamelContext"),
              threads.size(),
              meters.size(),
              heap >> 20);
    }
  }

  private void assertNothingLeaks(Measured before, Duration took, int notes) {
    await()
        .atMost(Duration.ofSeconds(30))
        .pollInterval(Duration.ofSeconds(1))
        .untilAsserted(
            () -> {
              Measured after = measured();
              LOG.info(
                  "{} reloads in {} with {} notes of four senders: before {}, after {}",
                  RELOADS,
                  took,
                  notes,
                  before,
                  after);
              assertThat(after.count("io.tickethub.connector.folder.LibraryLoader$ChildFirst"))
                  .as("class loaders of lib")
                  .isEqualTo(2);
              assertThat(after.count("org.apache.camel.impl.DefaultCamelContext"))
                  .as("contexts")
                  .isEqualTo(3);
              assertThat(after.threads())
                  .as("threads, before: %s", before.threads())
                  .hasSizeLessThanOrEqualTo(before.threads().size() + MOST_WORKERS);
              assertThat(after.heap()).isLessThan(before.heap() + (24L << 20));
              assertThat(after.meters()).isSubsetOf(before.meters());
              assertThat(meterNames()).isNotEmpty().doesNotHaveDuplicates();
            });
  }

  /** Causes of collections, outcomes of messages, states get a meter when they first occur. */
  private static final String MADE_AT_FIRST_USE =
      "(jvm|http)[.].*|hub[.](delivery[.]attempts|receipts|messages|tickets|time[.]limits)";

  private Measured measured() throws JMException {
    return Measured.now(
        world.hub().part(MeterRegistry.class).getMeters().stream()
            .map(Meter::getId)
            .filter(id -> !id.getName().matches(MADE_AT_FIRST_USE))
            .map(id -> id.getName() + id.getTags())
            .sorted()
            .toList());
  }

  private List<String> meterNames() {
    return world.hub().part(MeterRegistry.class).getMeters().stream()
        .filter(meter -> "north".equals(meter.getId().getTag("camelContext")))
        .map(meter -> meter.getId().getName() + meter.getId().getTags())
        .collect(Collectors.toList());
  }

  /** Says one thing after the other, of a ticket of the desk's and of one of north's. */
  private static final class Sender {
    private final String ticket;
    private final SendingSystem desk;
    private final SendingSystem north;
    private final Semaphore permits = new Semaphore(0);
    private final List<Integer> statuses = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private volatile boolean ended;

    private Sender(String ticket, SendingSystem desk, SendingSystem north) {
      this.ticket = ticket;
      this.desk = desk;
      this.north = north;
    }

    private void opens() throws Exception {
      statuses.add(desk.opens(ticket));
      statuses.add(north.opens(ticket + "-north"));
    }

    private void end() {
      ended = true;
      permits.release();
    }

    private Void run() throws Exception {
      for (permits.acquire(); !ended || permits.availablePermits() > 0; permits.acquire()) {
        String note = "note " + notes.size();
        notes.add(note);
        statuses.add(desk.notes(ticket, note));
        statuses.add(north.notes(ticket + "-north", note));
      }
      return null;
    }
  }
}
