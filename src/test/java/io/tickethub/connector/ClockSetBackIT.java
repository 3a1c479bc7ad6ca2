package io.tickethub.connector;

import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.FileServers;
import io.tickethub.harness.SettableClock;
import io.tickethub.kit.contract.server.TlsIdentity;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Duration;
import java.time.Instant;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What has to stand still before it is taken is taken, also where the machine's clock goes back.
 */
class ClockSetBackIT {

  private static final Duration PATIENCE = Duration.ofSeconds(20);

  @TempDir private Path directory;

  @Test
  void filesAndChangedFoldersAreTakenWhileTheMachinesClockIsBehind() throws Exception {
    SettableClock machine = new SettableClock(Instant.now());
    Path connectors = Files.createDirectory(directory.resolve("connectors"));
    Path drop = connector(connectors);
    try (FileServers servers =
            new FileServers(
                Files.createDirectory(directory.resolve("servers")),
                TlsIdentity.make(directory.resolve("own.p12")));
        EmbeddedHub hub =
            EmbeddedHub.startAt(
                machine,
                directory,
                connectors,
                "--hub.connectors.routes="
                    + EmbeddedHub.home().resolve("src/test/resources/bench/routes"),
                "--hub.connectors.settings.drop.ftp=" + servers.server("ftp"),
                "--hub.connectors.settings.drop.password=" + FileServers.PASSWORD)) {
      Path in = Files.createDirectories(servers.files("ftp").resolve("in"));
      machine.advance(Duration.ofHours(-1));

      Files.writeString(
          in.resolve("report.json"),
          """
          {"id": "m-1", "change": {"type": "open", "ticket": {"id": "D-1"},
            "content": {"kind": "fault", "productClass": "general", "title": "no dial tone"}}}
          """);
      await().atMost(PATIENCE).until(() -> hub.get("/api/messages?connector=drop").size() == 1);

      machine.advance(Duration.ofDays(-30));
      Files.writeString(drop.resolve("connector.yaml"), "# changed\n", StandardOpenOption.APPEND);
      await()
          .atMost(PATIENCE)
          .until(() -> hub.get("/api/connectors/drop").path("version").asInt() == 2);
    }
  }

  private static Path connector(Path connectors) throws IOException {
    Files.createSymbolicLink(
        connectors.resolve("templates"), EmbeddedHub.home().resolve("connectors/templates"));
    Path drop = connectors.resolve("drop");
    Files.createDirectories(drop.resolve("mapping"));
    Files.writeString(
        drop.resolve("connector.yaml"),
        """
        name: drop
        titles: {en: drop, zh: 投递}
        owner: {team: test, contact: none}
        settings:
          ftp: {type: text, description: server}
          password: {type: text, description: password}
        inbound:
          report:
            route: {template: ftp-file-in, server: "{{ftp}}", directory: in, user: %s, password: "{{password}}", include: "[a-z]+[.]json", poll: 200ms}
            format: json
            mapping: mapping/report.jsonata
            message-id: id
        """
            .formatted(FileServers.USER));
    Files.writeString(drop.resolve("mapping/report.jsonata"), "change");
    return drop;
  }
}
