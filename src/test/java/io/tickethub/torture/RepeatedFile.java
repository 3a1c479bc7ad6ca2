package io.tickethub.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.FileServers;
import io.tickethub.harness.SendingSystem;
import io.tickethub.kit.contract.server.TlsIdentity;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * A file that is put on an FTP server again and again under one name: each time with a line more,
 * as the fault system exports its day, and in the end with another text in its first line.
 */
final class RepeatedFile implements AutoCloseable {

  private static final String CONNECTOR = "export";
  private static final String NAME = "notes_20260105.txt";
  private static final String TICKET = "F-1";
  private static final int LINES = 12;
  private static final int PATIENCE_SECONDS = 30;

  private final JsonMapper json = new JsonMapper();
  private final FileServers servers;
  private final Path directory;

  RepeatedFile(Path directory) throws Exception {
    this.directory = directory;
    Files.createDirectories(directory);
    this.servers = new FileServers(directory, TlsIdentity.make(directory.resolve("identity.p12")));
  }

  /** The plan with the connector that reads the file. */
  World.Plan in(World.Plan plan, Path connectors) throws Exception {
    Path password = Files.writeString(directory.resolve("password"), FileServers.PASSWORD);
    Path folder = connectors.resolve(CONNECTOR);
    Files.createDirectories(connectors);
    Files.createSymbolicLink(
        connectors.resolve("templates"), EmbeddedHub.home().resolve("connectors/templates"));
    Files.createDirectories(folder.resolve("mapping"));
    Files.writeString(folder.resolve("mapping/line.jsonata"), "change");
    Files.writeString(
        folder.resolve("connector.yaml"),
        """
        name: %s
        titles: {en: daily export, zh: 每日导出}
        owner: {team: tests, contact: tests@example.test}
        settings:
          server: {type: text, description: host and port}
          password: {type: secret, description: its password}
        inbound:
          lines:
            route: {template: ftp-file-in, server: "{{server}}", user: %s, password: "{{password}}", directory: in, poll: 200ms}
            format: json-lines
            mapping: mapping/line.jsonata
            message-id: id
            same-id-other-bytes: conflict
        """
            .formatted(CONNECTOR, FileServers.USER));
    return plan.folder(
        CONNECTOR,
        "{server: \"%s\", password: \"file:%s\"}".formatted(servers.server("ftp"), password));
  }

  /** Plays it; what took effect is seen by the audit, what became of the other text here. */
  void play(Stage stage, World world) throws Exception {
    world.desk().opens(TICKET);
    world.ledger().opened(TICKET);
    StringBuilder lines = new StringBuilder();
    for (int line = 1; line <= LINES; line++) {
      String text = "%s line %d".formatted(TICKET, line);
      lines.append(line(line, text));
      put(lines.toString());
      world.ledger().said(TICKET, text);
    }
    put(lines.toString().replace(TICKET + " line 1\"", TICKET + " line 1, otherwise\""));
    stage.verdict().count("files of one name", LINES + 1);
    JsonNode uses = world.hub().get("/api/messages?limit=100&externalId=line-1");
    for (int second = 0; uses.size() < 2 && second < PATIENCE_SECONDS; second++) {
      TimeUnit.SECONDS.sleep(1);
      uses = world.hub().get("/api/messages?limit=100&externalId=line-1");
    }
    int conflicts = 0;
    for (JsonNode use : uses) {
      conflicts += use.path("status").asText().equals("conflict") ? 1 : 0;
    }
    if (conflicts != 1 || uses.size() != 2) {
      stage.verdict().violation("policy", "line 1 of the file: %s", uses);
    }
  }

  private String line(int number, String text) throws Exception {
    Map<String, Object> note = SendingSystem.note(TICKET, text);
    note.put("ticket", Map.of("aliases", Map.of(World.DESK, TICKET)));
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("id", "line-" + number);
    line.put("change", note);
    return json.writeValueAsString(line) + "\n";
  }

  private void put(String content) throws Exception {
    Path there = servers.files("ftp").resolve("in").resolve(NAME);
    Path part = Files.writeString(directory.resolve("part"), content, UTF_8);
    Files.move(part, there, StandardCopyOption.ATOMIC_MOVE);
    for (int tenth = 0; Files.exists(there); tenth++) {
      if (tenth > PATIENCE_SECONDS * 10) {
        throw new IllegalStateException("the hub does not take " + there);
      }
      TimeUnit.MILLISECONDS.sleep(100);
    }
  }

  @Override
  public void close() throws Exception {
    servers.close();
  }
}
