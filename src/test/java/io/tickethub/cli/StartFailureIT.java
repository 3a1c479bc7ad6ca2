package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.Ports;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A hub that cannot start says why in one line. */
class StartFailureIT {

  @TempDir Path directory;
  private Path configuration;

  @BeforeEach
  void writeConfiguration() throws IOException {
    configuration = directory.resolve("hub.yaml");
    Files.writeString(configuration, "hub: {}\n");
  }

  /** What the hub said, and the code with which it ended. */
  private record Ended(int code, String said) {}

  private Ended run(String... values) {
    List<String> arguments = new ArrayList<>(arguments());
    List<String> names = Stream.of(values).map(StartFailureIT::name).toList();
    arguments.removeIf(argument -> names.contains(name(argument)));
    arguments.addAll(List.of(values));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    PrintStream error = System.err;
    System.setErr(new PrintStream(said, true, StandardCharsets.UTF_8));
    try {
      int code = HubCommand.commandLine().execute(arguments.toArray(String[]::new));
      return new Ended(code, said.toString(StandardCharsets.UTF_8));
    } finally {
      System.setErr(error);
    }
  }

  private static String name(String argument) {
    return argument.replaceFirst("=.*", "");
  }

  private List<String> arguments() {
    return List.of(
        "run",
        "--stop-when-ready",
        "--config",
        configuration.toString(),
        "--",
        "--hub.listen.port=0",
        "--hub.data=" + directory.resolve("data"),
        "--hub.database.embedded.binaries=" + EmbeddedHub.home().resolve("target/postgresql"),
        "--hub.connectors.directory=" + EmbeddedHub.home().resolve("connectors"),
        "--hub.connectors.routes=" + EmbeddedHub.home().resolve("routes"));
  }

  private static void assertSaysInOneLine(Ended ended, String... words) {
    assertThat(ended.code()).as(ended.said()).isEqualTo(1);
    assertThat(ended.said()).doesNotContain("\tat ", "Exception in", "APPLICATION FAILED");
    assertThat(ended.said().lines().filter(line -> line.startsWith("hub: ")))
        .singleElement()
        .satisfies(line -> assertThat(line).startsWith("hub: it does not start: ").contains(words));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "hub: {dta: x}|hub.dta|hub.yaml",
        "hub: {pipeline: {consumers: two}}|hub.pipeline.consumers|two",
        "hub: [|no YAML|line 2",
        "hub: {database: {url: 'mysql://x'}}|hub.database.url|jdbc:postgresql:",
        "hub: {encryption-key: rubbish}|encryption|env:NAME"
      })
  void aWrongConfigurationIsNamed(String text, String first, String second) throws Exception {
    Files.writeString(configuration, text + "\n");

    assertSaysInOneLine(run(), first, second);
  }

  @Test
  void aDataFolderThatCannotBeWrittenIsNamed() throws Exception {
    Path file = Files.createFile(directory.resolve("a-file"));

    assertSaysInOneLine(run("--hub.data=" + file.resolve("data")), "a-file/data");
  }

  @Test
  void aDatabaseThatDoesNotAnswerIsNamed() throws Exception {
    int nobody = Ports.free(1).get(0);

    Ended ended =
        run(
            "--hub.database.url=jdbc:postgresql://127.0.0.1:%d/hub?password=s3cret"
                .formatted(nobody),
            "--hub.database.patience=1s");

    assertSaysInOneLine(ended, "127.0.0.1:" + nobody, "refused");
    assertThat(ended.said()).doesNotContain("s3cret");
  }

  @Test
  void brokenRulesAreNamed() throws Exception {
    Path routes = Files.createDirectories(directory.resolve("routes"));
    Files.writeString(routes.resolve("ownership.yaml"), "owners: 7\n");

    assertSaysInOneLine(run("--hub.connectors.routes=" + routes), "ownership.yaml");
  }

  /** As a process of its own, which is what an operator starts. */
  @Test
  void aPortInUseIsNamed() throws Exception {
    try (ServerSocket taken = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
      List<String> command =
          new ArrayList<>(
              List.of(
                  Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                  "-Xmx256m",
                  "-XX:TieredStopAtLevel=1",
                  "-cp",
                  System.getProperty("java.class.path"),
                  "io.tickethub.cli.HubCommand"));
      command.addAll(arguments());
      command.replaceAll(
          argument ->
              argument.replace("hub.listen.port=0", "hub.listen.port=" + taken.getLocalPort()));
      Path output = directory.resolve("output");
      Process process =
          new ProcessBuilder(command)
              .redirectErrorStream(true)
              .redirectOutput(output.toFile())
              .start();
      try {
        assertThat(process.waitFor(120, TimeUnit.SECONDS)).as("the hub ends").isTrue();
      } finally {
        process.destroyForcibly();
      }

      assertSaysInOneLine(
          new Ended(process.exitValue(), Files.readString(output)),
          String.valueOf(taken.getLocalPort()),
          "in use");
    }
  }

  @Test
  void tablesOfAnotherVersionAndAWrongPasswordAreNamed() throws Exception {
    try (EmbeddedHub hub =
        EmbeddedHub.start(directory, EmbeddedHub.home().resolve("connectors/products"))) {
      hub.database().update("update flyway_schema_history set checksum = checksum + 1");
      String port = hub.database().queryForObject("select current_setting('port')", String.class);
      String password = Files.readString(directory.resolve("data/postgresql/password")).strip();
      String database =
          "--hub.database.url=jdbc:postgresql://127.0.0.1:%s/postgres".formatted(port);

      assertSaysInOneLine(
          run(database, "--hub.database.username=postgres", "--hub.database.password=" + password),
          "not those that this version",
          "checksum");
      assertSaysInOneLine(
          run(database, "--hub.database.username=postgres", "--hub.database.password=wrong"),
          "password authentication failed");
    }
  }
}
