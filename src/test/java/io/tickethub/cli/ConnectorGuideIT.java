package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
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
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.util.FileSystemUtils;

/** The ten steps of {@code connectors/README.md}, as they are written there. */
class ConnectorGuideIT {

  private static final Pattern SAMPLE = Pattern.compile("(?s)```xml (samples/\\S+)\n(.*?)```");
  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("\"([^\"]*)\"|(\\S+)");
  private static final Set<String> OF_THE_RUNNING_HUB =
      Set.of("list", "history", "diff", "rollback", "rehearse");
  private static final Set<String> OF_FOLDERS =
      Set.of("new", "infer", "check", "try", "coverage", "test", "quality", "rehearse");

  @TempDir private Path directory;

  private final Path home = EmbeddedHub.home();

  @Test
  void everyCommandWorksAsWritten() throws Exception {
    String guide = Files.readString(home.resolve("connectors/README.md"));
    for (MatchResult sample : SAMPLE.matcher(guide).results().toList()) {
      Path file = directory.resolve(sample.group(1));
      Files.createDirectories(file.getParent());
      Files.writeString(file, sample.group(2));
    }
    List<String> commands =
        COMMANDS
            .matcher(guide)
            .results()
            .flatMap(block -> block.group(1).lines())
            .filter(line -> !line.isBlank())
            .toList();
    assertThat(commands).hasSizeGreaterThan(10).allMatch(line -> line.startsWith("./hub "));
    try (PlainWorld world = PlainWorld.prepare(directory, List.of(PlainConnector.named("desk")))) {
      Files.createSymbolicLink(
          connectors().resolve("templates"), home.resolve("connectors/templates"));
      FileSystemUtils.copyRecursively(home.resolve("routes"), directory.resolve("shipped-routes"));
      // Two hubs cannot share a process, and 'connector test' starts one of its own.
      int first = firstOfTheRunningHub(commands);
      for (String command : commands.subList(0, first)) {
        run(command, world);
      }
      world.startHub();
      for (String command : commands.subList(first, commands.size())) {
        run(command, world);
      }
    }
  }

  private static int firstOfTheRunningHub(List<String> commands) {
    for (int i = 0; i < commands.size(); i++) {
      if (OF_THE_RUNNING_HUB.contains(commands.get(i).split(" ")[2])) {
        return i;
      }
    }
    throw new AssertionError("the guide has no command of the running hub");
  }

  private Path connectors() {
    return directory.resolve("connectors");
  }

  /** What the guide has the reader do by hand is done when the command before it has run. */
  private void run(String line, PlainWorld world) throws IOException {
    List<String> words = new ArrayList<>();
    Matcher matcher = WORD.matcher(line.substring("./hub ".length()));
    while (matcher.find()) {
      String word = matcher.group(1) == null ? matcher.group(2) : matcher.group(1);
      words.add(word.startsWith("samples/") ? directory.resolve(word).toString() : word);
    }
    String command = words.get(1);
    boolean rewrites = command.equals("test") && words.contains("--update");
    if (OF_FOLDERS.contains(command)) {
      words.addAll(List.of("--directory", connectors().toString()));
    }
    if (command.equals("try")) {
      words.addAll(List.of("--routes", directory.resolve("shipped-routes").toString()));
    }
    if (OF_THE_RUNNING_HUB.contains(command)) {
      awaitRunning(world);
      words.addAll(List.of("--url", world.hub().url().toString()));
      words.addAll(List.of("--data", world.hub().data().toString()));
    }
    StringWriter out = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(out))
            .execute(words.toArray(String[]::new));
    assertThat(code).as("%s%n%s", line, out).isEqualTo(rewrites ? HubCommand.FAILED : 0);
    if (command.equals("new")) {
      giveFixAMeaning();
    }
  }

  private void giveFixAMeaning() throws IOException {
    Path codes = connectors().resolve("partner-lamp/mapping/codes.yaml");
    String before = Files.readString(codes);
    String after = before.replaceAll("# not placed: \"FIX\".*", "\"FIX\": replied");
    assertThat(after).isNotEqualTo(before);
    Files.writeString(codes, after);
  }

  private static void awaitRunning(PlainWorld world) {
    await()
        .atMost(Duration.ofSeconds(20))
        .ignoreExceptions()
        .until(
            () ->
                world
                    .hub()
                    .get("/api/connectors/partner-lamp")
                    .path("state")
                    .asText()
                    .equals("running"));
  }
}
