package io.tickethub.connector.example;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.SerializationFeature;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLGenerator;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation.Sent;
import io.tickethub.ticket.TicketJson;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Writes the expected files of a connector's examples anew, from what its mappings make of them
 * today.
 */
public final class GoldenFiles {

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final ConnectorDefinition definition;
  private final JsonMapper json =
      TicketJson.mapper().rebuild().enable(SerializationFeature.INDENT_OUTPUT).build();
  private final YAMLMapper yaml =
      YAMLMapper.builder().disable(YAMLGenerator.Feature.WRITE_DOC_START_MARKER).build();

  public GoldenFiles(ConnectorDefinition definition) {
    this.definition = definition;
  }

  /** Rewrites what differs in all examples; returns the files that were written or removed. */
  public List<Path> rewriteAll() throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Path channel : folders(definition.folder().resolve("examples"))) {
      for (Path example : folders(channel)) {
        changed.addAll(rewrite(channel.getFileName().toString(), example));
      }
    }
    return changed;
  }

  /** Rewrites what differs in one example of a channel. */
  public List<Path> rewrite(String channel, Path example) throws IOException {
    InboundChannel inbound = definition.inbound().get(channel);
    OutboundChannel outbound = definition.outbound().get(channel);
    try {
      if (inbound != null) {
        return write(example, inbound(inbound, example));
      }
      return outbound == null ? List.of() : write(example, outbound(outbound, example));
    } catch (MappingException e) {
      throw new DefinitionException(
          "%s: nothing to write: %s".formatted(example, e.problem().sentence()), e);
    }
  }

  private Map<String, Object> inbound(InboundChannel channel, Path example) throws IOException {
    ConnectorExamples.Meaning meaning = new ConnectorExamples(definition).meaning(channel, example);
    Map<String, Object> files = new TreeMap<>();
    files.put("change.json", meaning.changes().isEmpty() ? null : meaning.changes());
    files.put("rejected.yaml", meaning.problems().isEmpty() ? null : meaning.problems());
    return files;
  }

  private Map<String, Object> outbound(OutboundChannel channel, Path example) throws IOException {
    Map<String, Object> told = json.readValue(example.resolve("told.json").toFile(), TREE);
    Map<String, Object> files = new TreeMap<>();
    Optional<Path> answer = ConnectorExamples.file(example, "answer");
    Optional<Path> reply = ConnectorExamples.file(example, "reply");
    Optional<Path> question = ConnectorExamples.file(example, "question");
    if (answer.isPresent()) {
      files.put(
          "answered.json",
          json.valueToTree(
              channel.answer().orElseThrow().read(Files.readAllBytes(answer.get()), told)));
    } else if (reply.isPresent() || question.isPresent()) {
      OutboundChannel.Question asked = channel.question().orElseThrow();
      question.ifPresent(
          file -> files.put(file.getFileName().toString(), asked.translation().write(told).body()));
      if (reply.isPresent()) {
        files.put(
            "answered.json",
            json.valueToTree(asked.answer().read(Files.readAllBytes(reply.get()), told)));
      }
    } else {
      Sent sent = channel.translation().write(told);
      String name =
          ConnectorExamples.file(example, "sent")
              .map(file -> file.getFileName().toString())
              .orElse("sent.txt");
      files.put(name, sent.body());
      if (Files.exists(example.resolve("headers.json"))) {
        files.put("headers.json", json.valueToTree(sent.headers()));
      }
    }
    return files;
  }

  private List<Path> write(Path example, Map<String, Object> files) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Map.Entry<String, Object> entry : files.entrySet()) {
      Path file = example.resolve(entry.getKey());
      if (writes(file, entry.getValue())) {
        changed.add(file);
      }
    }
    return changed;
  }

  /** True if the file was not as it should be. */
  private boolean writes(Path file, Object content) throws IOException {
    if (content == null) {
      return Files.deleteIfExists(file);
    }
    if (content instanceof byte[] bytes) {
      if (Files.exists(file) && Arrays.equals(Files.readAllBytes(file), bytes)) {
        return false;
      }
      Files.write(file, bytes);
      return true;
    }
    ObjectMapper mapper = file.toString().endsWith(".yaml") ? yaml : json;
    JsonNode tree = mapper.readTree(mapper.writeValueAsBytes(content));
    if (Files.exists(file) && mapper.readTree(file.toFile()).equals(tree)) {
      return false;
    }
    Files.writeString(file, mapper.writeValueAsString(tree).stripTrailing() + "\n");
    return true;
  }

  private static List<Path> folders(Path parent) throws IOException {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    }
  }
}
