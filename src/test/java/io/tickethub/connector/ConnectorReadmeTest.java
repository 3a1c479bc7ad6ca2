package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatCode;

import io.tickethub.cli.HubCommand;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.Reconcile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import picocli.CommandLine;

/** A README that says something else than the folder is worse than none. */
class ConnectorReadmeTest {

  private static final Path CONNECTORS = Path.of("connectors");
  private static final Path PRODUCTS = CONNECTORS.resolve("products");
  private static final Pattern CODE = Pattern.compile("`([^`\\n]+)`");
  private static final Pattern COMMAND = Pattern.compile("\\./hub ([a-z][^`\\n]*)");
  private static final Pattern FILE =
      Pattern.compile("(?:(?:mapping|schema|routes|examples)/.*|[a-z.]+\\.(?:yaml|json)|examples)");

  /** Commands of the source tree, which the hub's own command does not know; see the hub script. */
  private static final Set<String> SOURCE_TREE_COMMANDS = Set.of("demo", "bench");

  /** Files of the operator or of a case folder, not of the folder itself. */
  private static final Set<String> FILES_ELSEWHERE = Set.of("hub.yaml", "rejected.yaml");

  static Stream<Path> connectors() throws IOException {
    return folders(CONNECTORS, "connector.yaml");
  }

  static Stream<Path> products() throws IOException {
    return folders(PRODUCTS, "product.yaml");
  }

  static Stream<Path> all() throws IOException {
    return Stream.concat(connectors(), products());
  }

  @Test
  void everyFunctionOfMappingsIsInTheGuide() throws IOException {
    String source =
        Files.readString(Path.of("src/main/java/io/tickethub/mapping/MappingFunctions.java"));
    List<String> functions =
        Pattern.compile("register\\(\\s*expression,\\s*\"(\\w+)\"")
            .matcher(source)
            .results()
            .map(found -> found.group(1))
            .filter(name -> !name.equals("eval"))
            .toList();

    assertThat(functions).hasSizeGreaterThan(8);
    String guide = Files.readString(CONNECTORS.resolve("README.md"));
    functions.forEach(name -> assertThat(guide).contains("`$" + name + "("));
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void everySettingAndChannelIsInATable(Path folder) throws IOException {
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    String readme = readme(folder);

    assertThat(readme).contains(manifest.titles().get("en")).contains(manifest.titles().get("zh"));
    Set<String> inbound = new TreeSet<>(manifest.inbound().keySet());
    Set<String> outbound = new TreeSet<>(manifest.outbound().keySet());
    outbound.addAll(manifest.exports().keySet());
    if (manifest.reconcile() != null) {
      inbound.add(Reconcile.LIST);
      if (manifest.reconcile().ask() != null) {
        outbound.add(Reconcile.ASK);
      }
    }
    inbound.forEach(name -> assertThat(readme).contains("| `%s` | in |".formatted(name)));
    outbound.forEach(name -> assertThat(readme).contains("| `%s` | out |".formatted(name)));
    manifest
        .settings()
        .forEach(
            (name, setting) ->
                assertThat(readme)
                    .contains(
                        "| `%s` | %s |"
                            .formatted(
                                name, setting.type().name().toLowerCase(java.util.Locale.ROOT))));
    assertThat(found(Pattern.compile("(?m)^\\| `"), readme))
        .hasSize(inbound.size() + outbound.size() + manifest.settings().size());
  }

  @ParameterizedTest
  @MethodSource("all")
  void everyFileItNamesIsThere(Path folder) throws IOException {
    assertThat(found(CODE, readme(folder)))
        .filteredOn(name -> FILE.matcher(name).matches() && !FILES_ELSEWHERE.contains(name))
        .isNotEmpty()
        .allSatisfy(name -> assertThat(folder.resolve(name)).exists());
  }

  @ParameterizedTest
  @MethodSource("connectors")
  void everyCommandItNamesIsUnderstood(Path folder) throws IOException {
    List<String> commands = found(COMMAND, readme(folder));

    assertThat(commands)
        .contains("connector check " + folder.getFileName(), "pause " + folder.getFileName())
        .allSatisfy(ConnectorReadmeTest::isUnderstood);
  }

  private static void isUnderstood(String command) {
    String[] words = command.strip().split(" ");
    if (!SOURCE_TREE_COMMANDS.contains(words[0])) {
      assertThatCode(() -> new CommandLine(new HubCommand()).parseArgs(words))
          .doesNotThrowAnyException();
    }
  }

  private static String readme(Path folder) throws IOException {
    return Files.readString(folder.resolve("README.md"));
  }

  private static List<String> found(Pattern pattern, String text) {
    return pattern
        .matcher(text)
        .results()
        .map((MatchResult match) -> match.groupCount() == 0 ? match.group() : match.group(1))
        .toList();
  }

  private static Stream<Path> folders(Path parent, String manifest) throws IOException {
    try (Stream<Path> entries = Files.list(parent)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(manifest)))
          .sorted()
          .toList()
          .stream();
    }
  }
}
