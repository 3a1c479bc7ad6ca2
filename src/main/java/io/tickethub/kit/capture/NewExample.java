package io.tickethub.kit.capture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.GoldenFiles;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** A message that becomes an example of its channel, together with what it means today. */
public final class NewExample {

  /** A case is a folder: its name must not lead elsewhere. */
  private static final Pattern CASE = Pattern.compile("[a-z0-9][a-z0-9-]{0,79}");

  private final Path folder;
  private final ConnectorDefinition definition;
  private final InboundChannel channel;
  private final Path example;

  /**
   * An example that is to be written.
   *
   * @param folder of the connector
   * @param name of the case: small letters, digits and hyphens
   * @throws IllegalArgumentException if the name is none
   * @throws IllegalStateException if there is no such channel, or such a case already
   */
  public NewExample(Path folder, String channel, String name) {
    if (!CASE.matcher(name).matches()) {
      throw new IllegalArgumentException(
          "'%s' is no name of a case: small letters, digits and hyphens, 80 at most"
              .formatted(name));
    }
    this.folder = folder;
    this.definition = ConnectorCheck.compile(folder);
    this.channel = definition.inbound().get(channel);
    if (this.channel == null) {
      throw new IllegalStateException(
          "%s has no channel %s from its system: only received messages can be captured"
              .formatted(folder, channel));
    }
    this.example = folder.resolve("examples").resolve(channel).resolve(name);
    if (Files.exists(example)) {
      throw new IllegalStateException(example + " is there already: give the case another name");
    }
  }

  /** Writes a record as the hub has kept it: on its own, also where it came in a file of many. */
  public List<Path> writeRecord(byte[] body, Map<String, String> headers) throws IOException {
    return write(CapturedFile.of(folder, channel, body), headers);
  }

  /** Writes what a system sends, byte for byte; returns the files. */
  public List<Path> write(byte[] body, Map<String, String> headers) throws IOException {
    String extension = extension();
    Files.createDirectories(example);
    List<Path> files = new ArrayList<>();
    Path received = example.resolve("received." + extension);
    Files.write(received, body);
    files.add(received);
    if (!headers.isEmpty()) {
      Path file = example.resolve("headers.json");
      Files.writeString(
          file, new JsonMapper().valueToTree(new TreeMap<>(headers)).toPrettyString() + "\n");
      files.add(file);
    }
    files.addAll(new GoldenFiles(definition).rewrite(channel.name(), example));
    return files;
  }

  /** As the other examples of the channel have it. */
  private String extension() throws IOException {
    if (!Files.isDirectory(example.getParent())) {
      return usual();
    }
    try (Stream<Path> files = Files.walk(example.getParent())) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("received."))
          .map(file -> file.substring("received.".length()))
          .findFirst()
          .orElseGet(this::usual);
    }
  }

  private String usual() {
    return switch (channel.form().format()) {
      case JSON, JSON_RECORDS -> "json";
      case XML, SOAP, SOAP12, XML_RECORDS -> "xml";
      case JSON_LINES -> "jsonl";
      case DELIMITED, FIXED_WIDTH, LIBRARY -> "txt";
    };
  }
}
