package io.tickethub.kit.scaffold;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;
import org.springframework.util.FileSystemUtils;

class SkeletonsTest {

  private static final Path CONNECTORS = Path.of("connectors");

  @TempDir Path directory;

  static Set<String> names() {
    return new Skeletons(CONNECTORS).titles().keySet();
  }

  @BeforeEach
  void copyTemplates() throws IOException {
    FileSystemUtils.copyRecursively(
        CONNECTORS.resolve("templates"), directory.resolve("templates"));
  }

  @ParameterizedTest
  @MethodSource("names")
  void everySkeletonIsSound(String name) throws IOException {
    ScaffoldReport report = new Skeletons(directory).create(connector(), name);

    assertThat(report.check().problems()).isEmpty();
    assertThat(report.check().examples())
        .hasSizeGreaterThanOrEqualTo(2)
        .allMatch(example -> example.passed());
    ConnectorManifest manifest = ConnectorFolder.manifest(report.folder());
    assertThat(manifest.titles()).containsEntry("en", "My partner").containsEntry("zh", "我的合作方");
    assertThat(manifest.inbound()).isNotEmpty();
    assertThat(manifest.outbound()).isNotEmpty();
    assertThat(Files.readString(report.folder().resolve("README.md")))
        .contains("./hub connector check my-partner");
  }

  @ParameterizedTest
  @MethodSource("names")
  void aSkeletonGuessesNothing(String name) throws IOException {
    Path folder = new Skeletons(directory).create(connector(), name).folder();

    assertThat(Files.readString(folder.resolve("README.md"))).doesNotContain("guessed");
    assertThat(Files.readString(folder.resolve("connector.yaml"))).doesNotContainPattern("# 0\\.");
  }

  @Test
  void aFolderOfItsOwnIsCopiedWithItsName() throws IOException {
    Path scaffold = directory.resolve("templates/mine/scaffold");
    Path made = new Skeletons(directory).create(connector(), "http-json").folder();
    FileSystemUtils.copyRecursively(made, scaffold);
    Files.writeString(
        scaffold.resolve("connector.yaml"),
        Files.readString(scaffold.resolve("connector.yaml"))
            .replace("name: my-partner", "name: __NAME__")
            .replaceFirst("titles: .*", "titles: {en: \"__TITLE_EN__\", zh: \"__TITLE_ZH__\"}"));

    ScaffoldReport report =
        new Skeletons(directory)
            .create(
                new NewConnector("other", directory, "The \"other\": one", "另一个", null, null),
                "mine");

    assertThat(report.check().problems()).isEmpty();
    assertThat(ConnectorFolder.manifest(report.folder()).titles())
        .containsEntry("zh", "另一个")
        .containsEntry("en", "The \"other\": one");
  }

  @Test
  void anUnknownTemplateIsRefusedWithThoseThereAre() {
    assertThatThrownBy(() -> new Skeletons(directory).create(connector(), "telex"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("'telex'")
        .hasMessageContaining("sftp-csv");
    assertThat(directory.resolve("my-partner")).doesNotExist();
  }

  private NewConnector connector() {
    return new NewConnector("my-partner", directory, "My partner", "我的合作方", null, null);
  }
}
