package io.tickethub.kit.scaffold;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.ConnectorExamples;
import io.tickethub.connector.example.ConnectorExamples.Meaning;
import io.tickethub.connector.example.GoldenFiles;
import io.tickethub.connector.folder.ConnectorDefinition;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;

/** The examples of a new folder: what came or is told, and what its mappings make of it. */
final class NewExamples {

  private final NewFolder folder;
  private final ConnectorExamples examples;
  private final GoldenFiles golden;

  /** {@code folder} is whole but for its examples. */
  NewExamples(NewFolder folder) {
    ConnectorDefinition definition = ConnectorCheck.compile(folder.path());
    this.folder = folder;
    this.examples = new ConnectorExamples(definition);
    this.golden = new GoldenFiles(definition);
  }

  /** Writes what was received, with {@code change.json} and {@code rejected.yaml} beside it. */
  Meaning received(String channel, String example, String file, byte[] body) {
    Path path = write(channel, example, file, body);
    try {
      golden.rewrite(channel, path);
      return examples.meaning(channel, path);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Writes what is told, with {@code sent.*} and its headers beside it. */
  void told(String channel, String example, String extension, byte[] told) {
    Path path = write(channel, example, "told.json", told);
    try {
      golden.rewrite(channel, path, extension);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Path write(String channel, String example, String file, byte[] body) {
    String path = "examples/%s/%s".formatted(channel, example);
    folder.write(path + "/" + file, body);
    return folder.path().resolve(path);
  }
}
