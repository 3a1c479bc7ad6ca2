package io.tickethub.connector.example;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.example.ConnectorExamples.Listing;
import io.tickethub.connector.example.ConnectorExamples.Meaning;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation.Sent;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.TicketJson;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
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
 * Writes the expected files of a connector's examples, for the first time or anew, from what its
 * mappings make of them today.
 */
public final class GoldenFiles {

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final ConnectorDefinition definition;
  private final ConnectorExamples examples;
  private final JsonMapper json = TicketJson.mapper();
  private final YAMLMapper yaml = new YAMLMapper();

  public GoldenFiles(ConnectorDefinition definition) {
    this.definition = definition;
    this.examples = new ConnectorExamples(definition);
  }

  /**
   * What a file has to hold.
   *
   * @param exact every byte counts, not only what it means
   */
  private record Content(byte[] bytes, boolean exact) {}

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
    return rewrite(channel, example, "txt");
  }

  /** The same, where what is sent has not been written yet and goes to {@code sent.EXTENSION}. */
  public List<Path> rewrite(String channel, Path example, String extension) throws IOException {
    InboundChannel inbound = definition.inbound().get(channel);
    OutboundChannel outbound = definition.exits().get(channel);
    try {
      if (channel.equals(Reconcile.LIST) && definition.reconciling().isPresent()) {
        return write(example, listed(examples.listing(example)));
      }
      if (inbound != null) {
        return write(example, inbound(examples.meaning(inbound, example)));
      }
      return outbound == null
          ? List.of()
          : write(example, outbound(outbound, example, "sent." + extension));
    } catch (MappingException e) {
      throw new DefinitionException(
          "%s: nothing to write: %s".formatted(example, e.problem().sentence()), e);
    }
  }

  private Map<String, Optional<Content>> inbound(Meaning meaning) {
    boolean refused = !meaning.problems().isEmpty();
    Map<String, Optional<Content>> files = new TreeMap<>();
    files.put(
        "change.json",
        refused && meaning.changes().isEmpty()
            ? Optional.empty()
            : value(examples.tree(meaning.changes())));
    files.put(
        "rejected.yaml",
        refused ? Optional.of(rejected(meaning.problems(), meaning.ofFile())) : Optional.empty());
    return files;
  }

  private Map<String, Optional<Content>> listed(Listing listing) {
    boolean refused = !listing.problems().isEmpty();
    Map<String, Optional<Content>> files = new TreeMap<>();
    files.put(
        ConnectorExamples.LIST, listing.list() == null ? Optional.empty() : value(listing.list()));
    files.put(
        "rejected.yaml",
        refused ? Optional.of(rejected(listing.problems(), listing.ofFile())) : Optional.empty());
    return files;
  }

  private Map<String, Optional<Content>> outbound(
      OutboundChannel channel, Path example, String fresh) throws IOException {
    Map<String, Object> told = json.readValue(example.resolve("told.json").toFile(), TREE);
    Map<String, Optional<Content>> files = new TreeMap<>();
    Optional<Path> answer = ConnectorExamples.file(example, "answer");
    Optional<Path> reply = ConnectorExamples.file(example, "reply");
    Optional<Path> question = ConnectorExamples.file(example, "question");
    if (answer.isPresent()) {
      byte[] bytes = Files.readAllBytes(answer.get());
      files.put("answered.json", value(channel.answer().orElseThrow().read(bytes, told)));
    } else if (reply.isPresent() || question.isPresent()) {
      OutboundChannel.Question asked = channel.question().orElseThrow();
      question.ifPresent(
          file ->
              files.put(
                  file.getFileName().toString(), bytes(asked.translation().write(told).body())));
      if (reply.isPresent()) {
        byte[] bytes = Files.readAllBytes(reply.get());
        files.put("answered.json", value(asked.answer().read(bytes, told)));
      }
    } else {
      Sent sent = channel.translation().write(told);
      Optional<Path> before = ConnectorExamples.file(example, "sent");
      files.put(
          before.map(file -> file.getFileName().toString()).orElse(fresh), bytes(sent.body()));
      if (Files.exists(example.resolve("headers.json"))
          || before.isEmpty() && !sent.headers().isEmpty()) {
        files.put("headers.json", value(new TreeMap<>(sent.headers())));
      }
    }
    return files;
  }

  private static Optional<Content> bytes(byte[] bytes) {
    return Optional.of(new Content(bytes, true));
  }

  private Optional<Content> value(Object value) {
    JsonNode tree = json.valueToTree(value);
    return Optional.of(meant(tree.toPrettyString() + "\n"));
  }

  private static Content meant(String text) {
    return new Content(text.getBytes(StandardCharsets.UTF_8), false);
  }

  /** Each with what was said of it. */
  private Content rejected(List<Problem> problems, boolean ofFile) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append("# ").append(problem.detail().replaceAll("[\\r\\n]+", " ")).append('\n');
      String indent = ofFile ? "- " : "";
      for (Map.Entry<String, Object> key : examples.keys(problem, ofFile).entrySet()) {
        Object value = key.getKey().equals("field") ? quoted(key.getValue()) : key.getValue();
        text.append(indent).append(key.getKey()).append(": ").append(value).append('\n');
        indent = ofFile ? "  " : "";
      }
    }
    return meant(text.toString());
  }

  private String quoted(Object value) {
    try {
      return json.writeValueAsString(value);
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }

  private List<Path> write(Path example, Map<String, Optional<Content>> files) throws IOException {
    List<Path> changed = new ArrayList<>();
    for (Map.Entry<String, Optional<Content>> entry : files.entrySet()) {
      Path file = example.resolve(entry.getKey());
      boolean written =
          entry.getValue().isPresent()
              ? writes(file, entry.getValue().get())
              : Files.deleteIfExists(file);
      if (written) {
        changed.add(file);
      }
    }
    return changed;
  }

  /** True if the file was not as it should be. */
  private boolean writes(Path file, Content content) throws IOException {
    if (Files.exists(file) && isAs(file, content)) {
      return false;
    }
    Files.write(file, content.bytes());
    return true;
  }

  private boolean isAs(Path file, Content content) throws IOException {
    ObjectMapper mapper = file.toString().endsWith(".yaml") ? yaml : json;
    return content.exact()
        ? Arrays.equals(Files.readAllBytes(file), content.bytes())
        : mapper.readTree(file.toFile()).equals(mapper.readTree(content.bytes()));
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
