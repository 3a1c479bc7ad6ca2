package io.tickethub.cli;

import static io.tickethub.harness.SendingSystem.fresh;
import static io.tickethub.harness.SendingSystem.note;
import static io.tickethub.harness.SendingSystem.report;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** {@code hub connector rehearse} as an engineer types it. */
class ConnectorRehearseIT {

  @TempDir static Path directory;
  @TempDir Path changed;
  static PlainWorld world;

  @BeforeAll
  static void start() throws Exception {
    world = PlainWorld.start(directory, List.of(PlainConnector.named("desk")));
    SendingSystem desk = world.sender("desk");
    desk.sends("newest", fresh(), report("D-1"));
    desk.sends("newest", fresh(), note("D-1", "first"));
    world.awaitNotes("D-1", List.of("first"));
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @BeforeEach
  void copy() throws Exception {
    PlainConnector.named("desk").writeTo(changed);
  }

  private record Ran(int code, String out, String err) {}

  private Ran rehearse(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(
                Stream.concat(
                        Stream.of(
                            "connector",
                            "rehearse",
                            "desk",
                            "--directory",
                            changed.toString(),
                            "--url",
                            world.hub().url().toString(),
                            "--data",
                            world.hub().data().toString()),
                        Stream.of(words))
                    .toArray(String[]::new));
    return new Ran(code, out.toString(), err.toString());
  }

  private void change(String mapping) throws Exception {
    Files.writeString(changed.resolve("desk/mapping/in.jsonata"), mapping);
  }

  @Test
  void theSameFolderDiffersInNothing() {
    Ran ran = rehearse("--fail-on-difference");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out()).contains("2 compared", "nothing differs");
    assertThat(rehearse("--deployed").out()).contains("nothing differs");
  }

  @Test
  void whatDiffersIsListedAndFailsOnlyWhereAskedTo() throws Exception {
    change("change.note ? $merge([change, {'note': change.note & '!'}]) : change");

    Ran ran = rehearse("--since", "1h");

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.out())
        .contains("what would differ:")
        .containsPattern("change +1\\n")
        .containsPattern("change +newest +note +first +first! +1 +\\[\"[0-9A-Z]{13}\"]");
    assertThat(rehearse("--fail-on-difference").code()).isEqualTo(1);
  }

  @Test
  void programsGetOneObject() throws Exception {
    change("change.note ? $merge([change, {'note': change.note & '!'}]) : change");

    JsonNode result = new JsonMapper().readTree(rehearse("--json", "--since", "1h").out());

    assertThat(result.get("state").asText()).isEqualTo("done");
    assertThat(result.at("/affected/change").asInt()).isEqualTo(1);
  }

  @Test
  void librariesAreNotSentAndThatIsSaid() throws Exception {
    Files.createDirectories(changed.resolve("desk/lib"));
    Files.writeString(changed.resolve("desk/lib/vendor.jar"), "no jar");

    Ran ran = rehearse();

    assertThat(ran.code()).as(ran.err()).isZero();
    assertThat(ran.err()).contains("lib/ is not sent");
  }

  @Test
  void whatIsWrongWithTheFolderIsSaidWithFileAndLine() throws Exception {
    change("{\n 'type': \n");

    Ran ran = rehearse();

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("desk/mapping/in.jsonata", "line");
    assertThat(rehearse("--since", "lately").err()).contains("since: 'lately' is no time");
  }
}
