package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class TestedFoldersTest {

  @TempDir Path directory;

  @BeforeEach
  void makeFolders() throws IOException {
    make("lamp/connector.yaml");
    make("both/connector.yaml");
    make("products/both/product.yaml");
    make("products/street-lamp/product.yaml");
  }

  @Test
  void aNameIsThatOfAConnectorOrElseOfAProduct() {
    assertThat(TestedFolders.named(directory, List.of("street-lamp", "lamp", "both")))
        .isEqualTo(new TestedFolders(List.of("lamp", "both"), List.of("street-lamp")));
    assertThat(TestedFolders.named(directory, List.of("products/both")))
        .isEqualTo(new TestedFolders(List.of(), List.of("both")));
  }

  @Test
  void aNameOfNothingIsRefusedWithThePlacesLookedAt() {
    assertThatThrownBy(() -> TestedFolders.named(directory, List.of("lamps")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining(directory.resolve("lamps").toString())
        .hasMessageContaining(directory.resolve("products/lamps").toString());
  }

  @Test
  void allAreThereWithOrWithoutProducts() throws IOException {
    assertThat(TestedFolders.all(directory))
        .isEqualTo(new TestedFolders(List.of("both", "lamp"), List.of("both", "street-lamp")));

    Path without = directory.resolve("lamp");
    make("lamp/inner/connector.yaml");
    assertThat(TestedFolders.all(without))
        .isEqualTo(new TestedFolders(List.of("inner"), List.of()));
  }

  @Test
  void nothingToTestIsNoSuccess() throws IOException {
    Path empty = Files.createDirectory(directory.resolve("empty"));

    assertThatThrownBy(() -> TestedFolders.all(empty))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("no folder with a connector.yaml");
  }

  private void make(String file) throws IOException {
    Path path = directory.resolve(file);
    Files.createDirectories(path.getParent());
    Files.createFile(path);
  }
}
