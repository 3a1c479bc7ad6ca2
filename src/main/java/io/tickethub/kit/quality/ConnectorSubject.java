package io.tickethub.kit.quality;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/**
 * A connector's folder under examination.
 *
 * @param raw the manifest as written, without defaults
 * @param readme its text; empty if there is none
 */
record ConnectorSubject(
    Path folder,
    ConnectorDefinition definition,
    JsonNode raw,
    String readme,
    List<ExampleCase> examples) {

  /** Throws {@link DefinitionException} if the folder does not compile. */
  static ConnectorSubject read(Path folder) {
    ConnectorDefinition definition = ConnectorCheck.compile(folder);
    try {
      return new ConnectorSubject(
          folder,
          definition,
          new YAMLMapper().readTree(text(folder.resolve("connector.yaml"))),
          text(folder.resolve("README.md")),
          ExampleCase.ofChannels(folder.resolve("examples")));
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(folder, e.getMessage()), e);
    }
  }

  static String text(Path file) {
    try {
      return Files.isRegularFile(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  ConnectorManifest manifest() {
    return definition.manifest();
  }

  List<String> channels() {
    return Stream.concat(
            manifest().inbound().keySet().stream(), manifest().outbound().keySet().stream())
        .sorted()
        .toList();
  }

  List<ExampleCase> examplesOf(String channel) {
    return examples.stream().filter(example -> example.channel().equals(channel)).toList();
  }

  /** The channel's charset. */
  String charset(String channel) {
    Reconcile reconcile = manifest().reconcile();
    if (reconcile != null && channel.equals(Reconcile.LIST)) {
      return reconcile.list().charset();
    }
    if (reconcile != null && channel.equals(Reconcile.ASK)) {
      return reconcile.ask().charset() == null ? "UTF-8" : reconcile.ask().charset();
    }
    ConnectorManifest.Inbound inbound = manifest().inbound().get(channel);
    ConnectorManifest.Outbound outbound = manifest().outbound().get(channel);
    return inbound != null ? inbound.charset() : outbound != null ? outbound.charset() : "UTF-8";
  }

  /** The text of a file the manifest names. */
  String content(String file) {
    return text(folder.resolve(file));
  }
}
