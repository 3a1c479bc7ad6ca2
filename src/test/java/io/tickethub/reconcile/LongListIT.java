package io.tickethub.reconcile;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.FileServers;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketReferences.Learned;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.contract.server.TlsIdentity;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketReference;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryType;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledIfSystemProperty;
import org.junit.jupiter.api.io.TempDir;

/**
 * How long the comparing of a long file takes, and what heap it needs: {@code
 * -Dhub.test.listed=1000000} with {@code -Xmx512m}. One ticket in a hundred stands elsewhere there,
 * one in a hundred is missing, one in a hundred is unknown here.
 */
@EnabledIfSystemProperty(named = "hub.test.listed", matches = "[0-9]+")
class LongListIT {

  private static final int LISTED = Integer.getInteger("hub.test.listed", 0);
  private static final int BATCH = 2_000;
  private static final int ONE_IN = 100;
  private static final Duration PATIENCE = Duration.ofHours(2);

  @TempDir private Path directory;

  @Test
  void aLongListIsComparedInLittleMemory() throws Exception {
    Path connectors = connectors();
    try (FileServers servers =
            new FileServers(
                Files.createDirectory(directory.resolve("servers")),
                TlsIdentity.make(directory.resolve("own.p12")));
        EmbeddedHub hub =
            EmbeddedHub.start(
                directory,
                connectors,
                "--hub.connectors.routes="
                    + EmbeddedHub.home().resolve("src/test/resources/bench/routes"),
                "--hub.connectors.settings.lister.ftp=" + servers.server("ftp"),
                "--hub.connectors.settings.lister.password=" + FileServers.PASSWORD)) {
      fill(hub);
      Path file = servers.files("ftp").resolve("list.part");
      write(file);
      System.out.printf("%d tickets, a list of %d MB%n", LISTED, Files.size(file) >> 20);
      Instant begin = Instant.now();
      Files.move(file, servers.files("ftp").resolve("in/open.txt"));
      Reconciliations reconciliations = hub.part(Reconciliations.class);
      List<String> seen = new ArrayList<>();
      await()
          .atMost(PATIENCE)
          .pollInterval(Duration.ofMillis(200))
          .until(
              () -> {
                Run run = reconciliations.list("lister", 1).stream().findFirst().orElse(null);
                if (run != null && !seen.contains(run.state().text())) {
                  seen.add(run.state().text());
                  System.out.printf(
                      "%.1f s: %s%n",
                      Duration.between(begin, Instant.now()).toMillis() / 1e3, run.state().text());
                }
                return run != null && run.state().isEnd();
              });
      Run run = reconciliations.list("lister", 1).get(0);
      System.out.printf(
          "%d statements, %d compared, %d differences in %.1f s; heap %d MB at most of %d MB%n",
          run.statements(),
          run.compared(),
          run.drifts(),
          Duration.between(begin, Instant.now()).toMillis() / 1e3,
          peak() >> 20,
          Runtime.getRuntime().maxMemory() >> 20);
      assertThat(run.state()).as(run.cause()).isEqualTo(Run.State.DONE);
      assertThat(run.statements()).isEqualTo(LISTED);
      long elsewhere = (LISTED - LISTED / ONE_IN + ONE_IN - 1) / ONE_IN;
      assertThat(run.drifts()).isEqualTo(elsewhere + 2L * (LISTED / ONE_IN));
    }
  }

  private static long peak() {
    return ManagementFactory.getMemoryPoolMXBeans().stream()
        .filter(pool -> pool.getType() == MemoryType.HEAP)
        .mapToLong(pool -> pool.getPeakUsage().getUsed())
        .sum();
  }

  private Path connectors() throws IOException {
    Path shipped = EmbeddedHub.home().resolve("connectors");
    Path connectors = Files.createDirectory(directory.resolve("connectors"));
    Files.createSymbolicLink(connectors.resolve("products"), shipped.resolve("products"));
    Files.createSymbolicLink(connectors.resolve("templates"), shipped.resolve("templates"));
    Path lister = connectors.resolve("lister");
    Files.createDirectories(lister.resolve("mapping"));
    Files.createDirectories(lister.resolve("schema"));
    Files.writeString(
        lister.resolve("connector.yaml"),
        """
        name: lister
        titles: {en: lister, zh: 清单}
        owner: {team: test, contact: none}
        settings:
          ftp: {type: text, description: server}
          password: {type: text, description: password}
        inbound: {}
        reconcile:
          list:
            route: {template: ftp-file-in, server: "{{ftp}}", directory: in, user: %s, password: "{{password}}", include: "open[.]txt", poll: 200ms}
            format: delimited
            charset: GBK
            schema: schema/open.columns.yaml
            mapping: mapping/open.jsonata
            limits: {size: 128MB}
          settle: 1s
          fields: [state]
        outbound: {}
        """
            .formatted(FileServers.USER));
    Files.writeString(
        lister.resolve("schema/open.columns.yaml"),
        """
        delimiter: _+|
        header: true
        columns: [{name: 故障号, required: true}, {name: 工单状态, required: true}, {name: 状态时间}, {name: 导出时间, required: true}]
        """);
    Files.writeString(
        lister.resolve("mapping/open.jsonata"),
        """
        {"asOf": $date(导出时间), "statements": [{"ticket": {"id": 故障号}, "state": 工单状态, "changedAt": $date(状态时间)}]}
        """);
    return connectors;
  }

  /** Ticket i is called L-i there; the last hundredth is not listed. */
  private static void fill(EmbeddedHub hub) {
    TicketStore store = hub.part(TicketStore.class);
    Identifiers identifiers = hub.part(Identifiers.class);
    Instant then = Instant.now().minus(Duration.ofDays(1));
    List<Ticket> tickets = new ArrayList<>();
    List<Learned> names = new ArrayList<>();
    for (int i = 0; i < LISTED; i++) {
      long id = store.nextId();
      String name = "L-" + i;
      TicketContent content =
          new TicketContent(
              TicketKind.of("fault"),
              "general",
              "no dial tone",
              null,
              null,
              null,
              null,
              Map.of(),
              null,
              null);
      tickets.add(
          ChangeProcessor.open(
                  id,
                  store.number(id, then),
                  new Change.Open(new TicketKey(name, null, null, null), null, null, content, null),
                  new Origin("lister", "none", identifiers.next(), then))
              .ticket()
              .known(Set.of("lister"), Map.of()));
      names.add(new Learned(new TicketReference("lister", name), id, then));
      if (tickets.size() == BATCH || i == LISTED - 1) {
        store.insert(tickets);
        hub.part(TicketReferences.class).assign(names);
        tickets.clear();
        names.clear();
      }
    }
    hub.database().execute("analyze ticket");
    hub.database().execute("analyze ticket_reference");
  }

  private static void write(Path file) throws IOException {
    String now = Instant.now().toString().substring(0, 19) + "Z";
    try (var out = Files.newOutputStream(file)) {
      out.write("故障号_+|工单状态_+|状态时间_+|导出时间\n".getBytes("GBK"));
      StringBuilder lines = new StringBuilder();
      int missing = LISTED / ONE_IN;
      for (int i = 0; i < LISTED; i++) {
        boolean unknown = i >= LISTED - missing;
        lines
            .append(unknown ? "N-" : "L-")
            .append(i)
            .append("_+|")
            .append(i % ONE_IN == 0 && !unknown ? "processing" : "received")
            .append("_+|_+|")
            .append(now)
            .append('\n');
        if (lines.length() > 1 << 16 || i == LISTED - 1) {
          out.write(lines.toString().getBytes(UTF_8));
          lines.setLength(0);
        }
      }
    }
  }
}
