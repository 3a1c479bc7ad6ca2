package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import io.tickethub.harness.Ports;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;
import picocli.CommandLine;

/** The {@code hub} command as operators type it, against a running hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class HubCommandIT {

  private HubUnderTest hub;
  private String ticket;
  private String callCenterNumber;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    hub = HubUnderTest.alone(directory);
    callCenterNumber = Letters.id("10000");
    ticket = hub.open(callCenterNumber, Letters.hospitalReport(Letters.id("CC"), callCenterNumber));
    hub.callCenter().send("call-center.request", hub.callCenter().text("poison"), null, null);
    hub.rejected("call-center", 1);
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  /** What a command printed, and its exit code. */
  private record Ran(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new JsonMapper().readTree(out);
    }
  }

  private static Ran hub(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Ran(code, out.toString(), err.toString());
  }

  /** Asks the running hub. */
  private Ran ask(String... words) {
    return hub(
        Stream.concat(Stream.of(words), Stream.of("--data", hub.hub().data().toString()))
            .toArray(String[]::new));
  }

  @TestFactory
  Stream<DynamicTest> operatorsGetWhatTheyAskForOrAReason(@TempDir Path directory) {
    return new OperatorCommands(
            words -> {
              Ran ran = ask(words);
              return new OperatorCommands.Answer(ran.code(), ran.out(), ran.err());
            },
            directory)
        .tests(ticket);
  }

  static Stream<List<String>> commands() {
    return commands(HubCommand.commandLine(), List.of());
  }

  private static Stream<List<String>> commands(CommandLine command, List<String> words) {
    return command.getSubcommands().entrySet().stream()
        .filter(entry -> !entry.getKey().equals("help"))
        .flatMap(
            entry -> {
              List<String> here = Stream.concat(words.stream(), Stream.of(entry.getKey())).toList();
              return Stream.concat(Stream.of(here), commands(entry.getValue(), here));
            });
  }

  @ParameterizedTest
  @MethodSource("commands")
  void everyCommandExplainsItself(List<String> words) {
    Ran ran = hub(Stream.concat(words.stream(), Stream.of("--help")).toArray(String[]::new));

    assertThat(ran.code()).isZero();
    assertThat(ran.out()).startsWith("Usage: hub " + String.join(" ", words));
    assertThat(ran.out().lines().count()).isGreaterThan(1);
  }

  @Test
  void helpNamesEveryCommandAndTheExitCodes() {
    assertThat(hub("--help").out())
        .contains(
            "run", "status", "connector", "ticket", "message", "dead-letter", "pause", "resume")
        .contains("Exit codes: 0 done, 1 ");
    assertThat(hub("--version").out()).startsWith("Ticket Hub");
  }

  @Test
  void theConfigurationIsPrintedWhole() {
    assertThat(hub("configuration").out()).contains("hub:", "listen:", "pipeline:");
  }

  @Test
  void statusNamesEveryConnector() throws Exception {
    assertThat(ask("status").out())
        .contains("tickets", "call-center", "partner-hospital", "running");
    assertThat(ask("status", "--json").json().get("connectors")).isNotEmpty();
  }

  @Test
  void connectorsAreListed() throws Exception {
    assertThat(ask("connector", "list").out()).contains("10000号客服", "running", "disabled");
    assertThat(ask("connector", "list", "--json").json())
        .extracting(connector -> connector.get("name").asText())
        .contains("call-center", "crm-bss");
  }

  @Test
  void connectorsAreCheckedWithoutAHub(@TempDir Path directory) throws Exception {
    Path connectors = EmbeddedHub.home().resolve("connectors");
    Ran sound = hub("connector", "check", "--directory", connectors.toString());

    assertThat(sound.code()).as(sound.out()).isZero();
    assertThat(sound.out()).contains("call-center", "sound");

    Files.createDirectories(directory.resolve("wrong"));
    Files.writeString(directory.resolve("wrong/connector.yaml"), "name: wrong\n");
    Ran wrong = hub("connector", "check", "--directory", directory.toString());
    assertThat(wrong.code()).isEqualTo(1);
    assertThat(wrong.out()).contains("WRONG", "connector.yaml");
    assertThat(
            hub("connector", "check", "--json", "--directory", directory.toString())
                .json()
                .get(0)
                .get("sound")
                .asBoolean())
        .isFalse();
  }

  @Test
  void aTicketIsShownByAnySystemsNumber() throws Exception {
    assertThat(ask("ticket", "show", callCenterNumber).out())
        .contains(ticket, "dispatched", "partner-hospital")
        .doesNotContain("张三", "13800001234");
    assertThat(ask("ticket", "show", ticket, "--json").json().at("/ticket/number").asText())
        .isEqualTo(ticket);
  }

  @Test
  void ticketsAreFound() throws Exception {
    assertThat(ask("ticket", "find").out()).contains(ticket);
    assertThat(ask("ticket", "find", "--state", "archived").out()).contains("(none)");
    assertThat(ask("ticket", "find", "--product-class", "digital-hospital", "--json").json())
        .isNotEmpty();
    assertThat(ask("ticket", "find", "--phone", "+86 138 0000 1234", "--since", "1h").out())
        .contains(ticket)
        .doesNotContain("13800001234");
    assertThat(ask("ticket", "find", "--phone", "13800001235").out()).contains("(none)");
    assertThat(ask("ticket", "find", "--system", "call-center", "--until", "1h").out())
        .contains("(none)");
    assertThat(ask("ticket", "find", "--since", "soon"))
        .satisfies(ran -> assertThat(ran.code()).isEqualTo(1))
        .satisfies(ran -> assertThat(ran.err()).startsWith("hub: since: 'soon' is no time"));
    assertThat(ask("ticket", "find", "--state", "lost"))
        .satisfies(ran -> assertThat(ran.code()).isEqualTo(1))
        .satisfies(ran -> assertThat(ran.err()).startsWith("hub: 'lost' is no ticket state"));
  }

  @Test
  void whatASystemSaidAndWasToldIsListed() {
    assertThat(ask("connector", "traffic", "call-center").out())
        .contains("in", "request", "rejected", "applied", ticket);
    assertThat(ask("connector", "traffic", "partner-hospital").out()).contains("out", ticket);
    assertThat(ask("connector", "traffic", "call-center", "--until", "1h", "--since", "2h").out())
        .contains("(none)");
    assertThat(ask("connector", "traffic", "call-center", "--channels").out())
        .contains("request", "last");
    assertThat(ask("connector", "traffic", "nobody").code()).isEqualTo(4);
    assertThat(ask("connector", "traffic", "call-center", "--since", "soon").err())
        .startsWith("hub: since: 'soon' is no time");
  }

  @Test
  void aTicketIsExplained() throws Exception {
    assertThat(ask("ticket", "explain", ticket).out())
        .contains("who works on a ticket must know it", "partner-hospital");
    assertThat(ask("ticket", "explain", ticket, "--json").json()).isNotEmpty();
  }

  @Test
  void rejectedMessagesAreFoundAndShown() throws Exception {
    JsonNode found = ask("message", "find", "--status", "rejected", "--json").json();
    String id = found.get(0).get("id").asText();

    assertThat(ask("message", "find", "--status", "rejected").out()).contains(id, "call-center");
    assertThat(ask("message", "show", id).out())
        .contains("rejected", "request", "malformed", "not well-formed XML");
    assertThat(ask("message", "show", id, "--json").json().at("/problem/line").asInt())
        .isEqualTo(1);
  }

  @Test
  void aRejectedMessageComesInAgainOnlyIfItMeansSomethingNow() throws Exception {
    String id =
        ask("message", "find", "--status", "rejected", "--json").json().get(0).get("id").asText();
    String applied =
        ask("message", "find", "--status", "applied", "--json").json().get(0).get("id").asText();

    Ran hopeless = ask("message", "replay", id);
    assertThat(hopeless.code()).isEqualTo(HubCommand.FAILED);
    assertThat(hopeless.err()).contains("still cannot be understood");
    assertThat(ask("message", "replay", applied).err()).contains("only what was rejected");
  }

  @Test
  void aBodyIsRevealedByteForByte() throws Exception {
    String id =
        ask("message", "find", "--status", "rejected", "--json").json().get(0).get("id").asText();

    assertThat(program("message", "show", id, "--reveal")).isEqualTo("poison");
  }

  @Test
  void aConnectorIsPausedAndResumed() throws Exception {
    assertThat(ask("pause", "call-center", "--reason", "works on the line").code()).isZero();
    assertThat(ask("status").out()).contains("works on the line");
    assertThat(ask("resume", "call-center").code()).isZero();
    assertThat(ask("status").out()).doesNotContain("works on the line");
  }

  @Test
  void aDeadLetterIsListedShownReplayedAndDiscarded() throws Exception {
    String orphan = Letters.id("T");
    hub.postSigned(
        "/in/partner-hospital/progress",
        "application/json",
        Letters.hospitalComment(Letters.id("E"), orphan, "text").getBytes(StandardCharsets.UTF_8));
    await()
        .untilAsserted(
            () ->
                assertThat(ask("message", "find", "--status", "waiting", "--json").json())
                    .isNotEmpty());
    assertThat(ask("dead-letter", "list").out()).contains("(none)");
    assertThat(ask("dead-letter", "list", "--closed", "--json").json()).isEmpty();
    assertThat(ask("dead-letter", "groups").out()).contains("(none)");
    assertThat(ask("dead-letter", "jobs", "--json").json()).isEmpty();
    String since = "--since=1d";
    assertThat(
            ask("dead-letter", "replay", since, "--dry-run", "--json")
                .json()
                .get("selected")
                .asInt())
        .isZero();
    assertThat(ask("dead-letter", "replay", since).err()).contains("--reason");
    assertThat(ask("dead-letter", "discard").err()).contains("say which dead letters");
    assertThat(ask("dead-letter", "replay", since, "--reason", "a test", "--wait").out())
        .containsPattern("state +done");
    assertThat(ask("dead-letter", "jobs").out()).contains("a test");
    assertThat(ask("dead-letter", "stop", "1").err()).startsWith("hub: there is no job");
    for (String action : List.of("show", "replay", "discard")) {
      Ran ran = ask("dead-letter", action, "0000000000001");
      assertThat(ran.code()).isEqualTo(4);
      assertThat(ran.err()).startsWith("hub: there is no dead letter");
    }
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "ticket show none",
        "ticket explain none",
        "message show 1",
        "message find --ticket none",
        "pause none",
        "resume none"
      })
  void whatIsNotThereIsSaidToBeNotThere(String words) {
    Ran ran = ask(words.split(" "));

    assertThat(ran.code()).isEqualTo(4);
    assertThat(ran.err().strip().lines()).singleElement().asString().startsWith("hub: ");
    assertThat(ran.out()).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"", "connector", "ticket show", "ticket find --limit many", "pause", "--nonsense"})
  void aCommandThatIsNotUnderstoodIsUsage(String words) {
    Ran ran = words.isEmpty() ? hub() : hub(words.split(" "));

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("Usage: hub").doesNotContain("Exception", "\tat ");
  }

  @Test
  void aMisspeltCommandIsSuggested() {
    Ran ran = hub("statsu");

    assertThat(ran.code()).isEqualTo(2);
    assertThat(ran.err()).contains("Did you mean", "status");
  }

  @Test
  void aHubThatDoesNotRunIsSaidSo(@TempDir Path data) throws Exception {
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys/operator-token"), "token\n");
    String url = "http://127.0.0.1:" + Ports.free(1).get(0);

    Ran ran = hub("status", "--data", data.toString(), "--url", url);

    assertThat(ran.code()).isEqualTo(3);
    assertThat(ran.err())
        .isEqualToIgnoringNewLines(
            "hub: the hub at %s does not answer: is it running? (./hub run)".formatted(url));
  }

  @Test
  void aWrongTokenIsSaidSo(@TempDir Path data) throws Exception {
    Files.createDirectories(data.resolve("keys"));
    Files.writeString(data.resolve("keys/operator-token"), "wrong\n");

    Ran ran = hub("status", "--data", data.toString(), "--url", hub.hub().url().toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("hub: the hub does not accept the token");
  }

  @Test
  void aMissingTokenIsSaidSo(@TempDir Path data) {
    Ran ran = hub("status", "--data", data.toString());

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).startsWith("hub: no token: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"nonsense", "ftp://127.0.0.1", "http://", "http://a b"})
  void anAddressThatIsNoneIsSaidSo(String url) {
    Ran ran = ask("status", "--url", url);

    assertThat(ran.code()).isEqualTo(1);
    assertThat(ran.err()).contains("is no address of a hub");
  }

  @Test
  void theProgramOperatorsStartDoesTheSame() throws Exception {
    String said = program("connector", "list");

    assertThat(said.lines().findFirst())
        .hasValueSatisfying(line -> assertThat(line).startsWith("name"));
    assertThat(said).contains("10000号客服");
  }

  /** What the program operators start prints, all of it, when it does as it was asked. */
  private String program(String... words) throws Exception {
    List<String> command =
        new ArrayList<>(
            List.of(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Xmx128m",
                "-XX:TieredStopAtLevel=1",
                "-Dfile.encoding=UTF-8",
                "-cp",
                System.getProperty("java.class.path"),
                "io.tickethub.cli.HubCommand"));
    command.addAll(List.of(words));
    command.addAll(List.of("--data", hub.hub().data().toString()));
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);

    assertThat(process.waitFor(60, TimeUnit.SECONDS)).isTrue();
    assertThat(process.exitValue()).as(said).isZero();
    return said;
  }
}
