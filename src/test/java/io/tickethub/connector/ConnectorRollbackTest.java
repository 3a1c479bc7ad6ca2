package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What is put right after a process that died in the middle of a rollback. */
class ConnectorRollbackTest {

  @TempDir Path connectors;

  private Path room() throws IOException {
    Path room = Files.createDirectory(connectors.resolve(".rollback-1"));
    Files.writeString(room.resolve(".name"), "partner");
    return room;
  }

  @Test
  void aFolderThatWasToBeReplacedStandsWhereItWas() throws IOException {
    Path room = room();
    Files.createDirectory(room.resolve("partner"));
    Path before = Files.createDirectory(room.resolve("before"));
    Files.writeString(before.resolve("connector.yaml"), "name: partner");

    ConnectorRollback.recover(connectors);

    assertThat(connectors.resolve("partner/connector.yaml")).hasContent("name: partner");
    assertThat(room).doesNotExist();
  }

  @Test
  void aFolderThatWasReplacedStaysAndGetsItsHiddenFiles() throws IOException {
    Path room = room();
    Path before = Files.createDirectory(room.resolve("before"));
    Files.createDirectory(before.resolve(".git"));
    Path folder = Files.createDirectory(connectors.resolve("partner"));
    Files.writeString(folder.resolve("connector.yaml"), "new");

    ConnectorRollback.recover(connectors);

    assertThat(folder.resolve("connector.yaml")).hasContent("new");
    assertThat(folder.resolve(".git")).exists();
    assertThat(room).doesNotExist();
  }

  @Test
  void aRoomThatHoldsNothingYetGoes() throws IOException {
    Path room = Files.createDirectory(connectors.resolve(".rollback-2"));

    ConnectorRollback.recover(connectors);

    assertThat(room).doesNotExist();
  }
}
