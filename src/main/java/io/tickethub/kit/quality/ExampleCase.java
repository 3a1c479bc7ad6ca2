package io.tickethub.kit.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;

/** One case below {@code examples}: its files, by what they are for. */
record ExampleCase(String channel, Path folder) {

  /** The cases of a connector, {@code examples/CHANNEL/CASE}. */
  static List<ExampleCase> ofChannels(Path examples) {
    return folders(examples).stream()
        .flatMap(
            channel ->
                folders(channel).stream()
                    .map(folder -> new ExampleCase(channel.getFileName().toString(), folder)))
        .toList();
  }

  static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw unreadable(parent, e);
    }
  }

  boolean has(String stem) {
    return bytes(stem).isPresent();
  }

  /** The content of {@code stem.*}. */
  Optional<byte[]> bytes(String stem) {
    try (Stream<Path> files = Files.list(folder)) {
      Optional<Path> file =
          files.filter(path -> path.getFileName().toString().startsWith(stem + ".")).findFirst();
      return file.isEmpty() ? Optional.empty() : Optional.of(Files.readAllBytes(file.get()));
    } catch (IOException e) {
      throw unreadable(folder, e);
    }
  }

  /** The tree of a JSON or YAML file; a missing node if there is none. */
  JsonNode tree(String stem) {
    try {
      return new YAMLMapper().readTree(bytes(stem).orElse(new byte[0]));
    } catch (IOException e) {
      throw unreadable(folder.resolve(stem), e);
    }
  }

  private static DefinitionException unreadable(Path file, IOException e) {
    return new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
  }
}
