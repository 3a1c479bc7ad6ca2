package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The history of a connector as operators see it, and back to an earlier version. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ConnectorVersionIT {

  private PlainWorld world;
  private Path desk;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    world = PlainWorld.start(directory, List.of(PlainConnector.named("desk")));
    desk = directory.resolve("connectors/desk");
  }

  @AfterAll
  void stop() {
    world.close();
  }

  private String hub(int code, String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("connector"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", world.hub().url().toString(), "--data", world.hub().data() + ""));
    StringWriter out = new StringWriter();
    assertThat(
            HubCommand.commandLine()
                .setOut(new PrintWriter(out))
                .setErr(new PrintWriter(out))
                .execute(all.toArray(String[]::new)))
        .as(out.toString())
        .isEqualTo(code);
    return out.toString();
  }

  private int version() throws Exception {
    return world.hub().get("/api/connectors/desk").path("version").asInt();
  }

  @Test
  void whatWasChangedIsShownAndTakenBack() throws Exception {
    Path mapping = desk.resolve("mapping/in.jsonata");
    String first = Files.readString(mapping);
    String owner = Files.getOwner(mapping).getName();
    Files.writeString(desk.resolve(".keep"), "mine");
    Files.writeString(mapping, "(change)");
    await().atMost(Duration.ofSeconds(20)).until(() -> version() == 2);

    assertThat(hub(0, "history", "desk"))
        .contains("folder: " + owner)
        .containsPattern("(?s)changed.*started");
    assertThat(hub(0, "diff", "desk"))
        .contains("version 1 -> version 2", "--- a/mapping/in.jsonata", "-change", "+(change)");
    assertThat(hub(0, "diff", "desk", "1", "2", "--json")).contains("\"files\"");

    hub(0, "rollback", "desk", "1", "--reason", "too early");

    assertThat(version()).isEqualTo(3);
    assertThat(mapping).hasContent(first);
    assertThat(desk.resolve(".keep")).hasContent("mine");
    assertThat(
            new JsonMapper()
                .readTree(hub(0, "history", "desk", "--json", "--limit", "1"))
                .get(0)
                .toString())
        .contains("\"reason\":\"rolled-back\"", "\"who\":\"operator\"", "\"note\":\"too early\"");
    assertThat(hub(0, "diff", "desk", "1")).contains("(no difference)");
    assertThat(
            world
                .hub()
                .database()
                .queryForList("select detail from audit where action = 'rollback'", String.class))
        .containsExactly("before: version 2; after: version 1; reason: too early");
    assertThat(world.sender("desk").opens("V-1")).isEqualTo(202);
    try (var entries = Files.list(desk.getParent())) {
      assertThat(entries.map(entry -> entry.getFileName().toString()))
          .containsExactlyInAnyOrder("desk", "products");
    }
  }

  @Test
  void aVersionThatNeverWasIsNotFound() throws Exception {
    assertThat(hub(HubCommand.NOT_FOUND, "rollback", "desk", "99")).contains("no version 99");
    assertThat(hub(HubCommand.NOT_FOUND, "diff", "desk", "99")).contains("no version 99");
    assertThat(hub(HubCommand.NOT_FOUND, "history", "nobody")).contains("nobody");
  }
}
