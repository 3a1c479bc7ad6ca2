package io.tickethub.kit.coverage;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.MadeUpSettings;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.trial.RecordTexts;
import io.tickethub.mapping.CodeTables;
import io.tickethub.mapping.InboundTranslation;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Stream;

/** Finds out what the mappings of a connector's inbound channels cover of samples. */
public final class ConnectorCoverage {

  private static final Instant RECEIVED_AT = Instant.parse("2026-01-05T01:03:00Z");

  private final Path folder;
  private final ConnectorDefinition definition;
  private final CodeTables codes;
  private CoverageNotes notes = new CoverageNotes();

  public ConnectorCoverage(Path folder) {
    ConnectorManifest manifest = ConnectorFolder.manifest(folder);
    this.folder = folder;
    this.codes = ConnectorFolder.codeTables(folder, manifest);
    this.definition =
        ConnectorFolder.read(
            folder, MadeUpSettings.of(manifest), (table, code) -> notes.asked(table, code));
  }

  /** The inbound channels, in the order of their names. */
  public List<String> channels() {
    return definition.inbound().keySet().stream().sorted().toList();
  }

  /** A channel with its examples as samples. */
  public Coverage ofExamples(String channel) {
    List<Path> samples = new ArrayList<>();
    for (Path example : entries(folder.resolve("examples").resolve(channel))) {
      entries(example).stream()
          .filter(file -> file.getFileName().toString().startsWith("received."))
          .forEach(samples::add);
    }
    return of(channel, samples);
  }

  /** A channel with these files as samples; a {@code headers.json} beside one is used. */
  public Coverage of(String channel, List<Path> samples) {
    InboundChannel inbound = definition.inbound().get(channel);
    if (inbound == null) {
      throw new DefinitionException(
          "%s: there is no inbound channel '%s'; there are %s"
              .formatted(folder.resolve("connector.yaml"), channel, new TreeSet<>(channels())));
    }
    notes = new CoverageNotes();
    samples.forEach(sample -> look(inbound, sample));
    return notes.coverage(
        definition.name(), channel, samples.size(), codes, text(inbound.form().mapping()));
  }

  private void look(InboundChannel channel, Path sample) {
    try {
      MessageFacts facts =
          new MessageFacts(RECEIVED_AT, headers(sample), sample.getFileName().toString());
      RecordTexts.File file = RecordTexts.in(channel, Files.readAllBytes(sample));
      if (file.flaw().isPresent()) {
        notes.unreadable();
      }
      file.records().forEach(record -> look(channel.translation(), record.bytes(), facts));
    } catch (IOException e) {
      throw new DefinitionException(sample + ": cannot be read: " + e.getMessage(), e);
    }
  }

  private void look(InboundTranslation translation, byte[] body, MessageFacts facts) {
    Object tree;
    try {
      tree = translation.parse(translation.decode(body));
    } catch (MappingException e) {
      notes.unreadable();
      return;
    }
    Object noting = notes.message(tree);
    try {
      translation.messageId(noting, body, facts);
      translation.map(noting, facts);
    } catch (MappingException e) {
      notes.refused();
    }
  }

  private static Map<String, String> headers(Path sample) throws IOException {
    Path file = sample.resolveSibling("headers.json");
    return Files.isRegularFile(file)
        ? new JsonMapper().readValue(file.toFile(), new TypeReference<TreeMap<String, String>>() {})
        : Map.of();
  }

  private String text(String file) {
    try {
      return Files.readString(folder.resolve(file));
    } catch (IOException e) {
      throw new DefinitionException(folder.resolve(file) + ": cannot be read", e);
    }
  }

  private static List<Path> entries(Path folder) {
    if (!Files.isDirectory(folder)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(folder)) {
      return entries.sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(folder + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
