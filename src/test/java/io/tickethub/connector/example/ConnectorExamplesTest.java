package io.tickethub.connector.example;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicContainer.dynamicContainer;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.ConnectorCheck.Report;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.Reconcile;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicContainer;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/** Every example in every connector's folder, by the runner of {@code hub connector check}. */
class ConnectorExamplesTest {

  static final Path CONNECTORS = Path.of("connectors");

  @TestFactory
  Stream<DynamicContainer> connectors() throws IOException {
    return folders(CONNECTORS).stream()
        .map(folder -> dynamicContainer(folder.getFileName().toString(), tests(folder)));
  }

  private static Stream<DynamicTest> tests(Path folder) {
    Report report = ConnectorCheck.check(folder);
    Stream<DynamicTest> examples =
        report.examples().stream()
            .map(
                example ->
                    dynamicTest(
                        example.name(),
                        folder.resolve("examples").resolve(example.name()).toUri(),
                        () -> assertThat(example.difference()).isEmpty()));
    return Stream.concat(
        Stream.of(
            dynamicTest("the folder is sound", () -> assertThat(report.problems()).isEmpty()),
            dynamicTest(
                "every channel has an example", () -> everyChannelHasAnExample(folder, report))),
        examples);
  }

  private static void everyChannelHasAnExample(Path folder, Report report) {
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    Set<String> channels = new TreeSet<>(manifest.inbound().keySet());
    channels.addAll(manifest.outbound().keySet());
    channels.addAll(manifest.exports().keySet());
    if (manifest.reconcile() != null) {
      channels.add(Reconcile.LIST);
      if (manifest.reconcile().ask() != null) {
        channels.add(Reconcile.ASK);
      }
    }

    assertThat(
            report.examples().stream()
                .map(example -> example.name().split("/")[0])
                .collect(Collectors.toSet()))
        .containsExactlyInAnyOrderElementsOf(channels);
  }

  static List<Path> folders(Path connectors) throws IOException {
    try (Stream<Path> entries = Files.list(connectors)) {
      List<Path> folders =
          entries.filter(entry -> Files.exists(entry.resolve("connector.yaml"))).sorted().toList();
      assertThat(folders).isNotEmpty();
      return folders;
    }
  }
}
