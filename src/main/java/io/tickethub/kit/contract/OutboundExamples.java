package io.tickethub.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.folder.Reconcile;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/** What the examples of a connector's outbound channels show: what is told, sent and answered. */
final class OutboundExamples {

  private static final JsonMapper JSON = new JsonMapper();

  private final FreshNames names;
  private final Map<String, List<JsonNode>> told = new TreeMap<>();
  private final Map<String, List<Set<String>>> words = new TreeMap<>();
  private final Map<String, Example> answers = new TreeMap<>();
  private final Map<String, Example> known = new TreeMap<>();
  private final Map<String, Example> unknown = new TreeMap<>();

  /** An answer of the system, and what it calls the ticket in it. */
  private record Example(byte[] body, Charset charset, List<String> references) {

    /** As the answer about another ticket: what the system calls it differs. */
    byte[] aboutAnother(FreshNames names) {
      String text = new String(body, charset);
      for (String reference : references) {
        text = text.replace(reference, names.another(reference));
      }
      return text.getBytes(charset);
    }
  }

  /** {@code charsets}: outbound channel → that of its answers. */
  OutboundExamples(Path folder, Map<String, Charset> charsets, FreshNames names) {
    this.names = names;
    charsets.forEach(
        (channel, charset) -> {
          for (Path example : ExampleFolders.of(folder, channel)) {
            try {
              read(channel, example, charset);
            } catch (IOException e) {
              throw new BrokenContractException(
                  "%s cannot be read: %s".formatted(example, e.getMessage()));
            }
          }
        });
    readQuestions(folder);
  }

  /** Of the question for a list of tickets, only what it looks like matters. */
  private void readQuestions(Path folder) {
    for (Path example : ExampleFolders.of(folder, Reconcile.ASK)) {
      ExampleFolders.file(example, "sent")
          .ifPresent(
              sent ->
                  words
                      .computeIfAbsent(Reconcile.ASK, any -> new ArrayList<>())
                      .add(words(ExampleFolders.bytes(sent))));
    }
  }

  private void read(String channel, Path example, Charset charset) throws IOException {
    Path input = example.resolve("told.json");
    if (Files.notExists(input)) {
      return;
    }
    told.computeIfAbsent(channel, any -> new ArrayList<>()).add(JSON.readTree(input.toFile()));
    Optional<Path> sent = ExampleFolders.file(example, "sent");
    if (sent.isPresent()) {
      words
          .computeIfAbsent(channel, any -> new ArrayList<>())
          .add(words(Files.readAllBytes(sent.get())));
    }
    Optional<Path> answer = ExampleFolders.file(example, "answer");
    if (answer.isPresent()) {
      JsonNode answered = JSON.readTree(example.resolve("answered.json").toFile());
      if (answered.path("failure").isMissingNode()) {
        answers.putIfAbsent(channel, example(answer.get(), charset, answered));
      }
    }
    Optional<Path> reply = ExampleFolders.file(example, "reply");
    if (reply.isPresent()) {
      JsonNode answered = JSON.readTree(example.resolve("answered.json").toFile());
      (answered.path("known").asBoolean() ? known : unknown)
          .putIfAbsent(channel, example(reply.get(), charset, answered));
    }
  }

  private static Example example(Path file, Charset charset, JsonNode answered) throws IOException {
    List<String> references = new ArrayList<>();
    answered.path("references").forEach(value -> references.add(value.asText()));
    return new Example(Files.readAllBytes(file), charset, references);
  }

  /** What the channel is told in an example, one of this code if there is one. */
  Optional<JsonNode> told(String channel, String code) {
    List<JsonNode> all = told.getOrDefault(channel, List.of());
    return all.stream()
        .filter(input -> input.path("code").asText().equals(code))
        .findFirst()
        .or(() -> all.stream().findFirst())
        .or(() -> told.values().stream().flatMap(List::stream).findFirst());
  }

  /** All that is told in examples, those of a channel and code first. */
  List<JsonNode> candidates(String channel, String code) {
    List<JsonNode> candidates = new ArrayList<>();
    told(channel, code).ifPresent(candidates::add);
    candidates.addAll(told.getOrDefault(channel, List.of()));
    told.values().forEach(candidates::addAll);
    return candidates;
  }

  /** The state in which the examples introduce a ticket to the system; empty if it is a new one. */
  Optional<String> introducedAt() {
    return introduction().map(event -> event.path("to").asText());
  }

  /** What happens to a new ticket before the system hears of it, and that it does. */
  List<Happening> wayToIntroduction() {
    List<Happening> way = new ArrayList<>();
    introduction()
        .ifPresent(
            event -> {
              String before = event.path("from").asText();
              if (!before.equals("received") && !before.equals(event.path("to").asText())) {
                way.add(new Happening("state", before));
              }
              way.add(new Happening("state", event.path("to").asText()));
            });
    return way;
  }

  private Optional<JsonNode> introduction() {
    return told.values().stream()
        .flatMap(List::stream)
        .filter(input -> input.path("code").asText().equals("introduced"))
        .map(input -> input.path("event"))
        .filter(event -> event.path("to").isTextual())
        .filter(event -> !event.path("to").asText().equals("received"))
        .findFirst();
  }

  /** A successful answer of the system, about a ticket nobody heard of yet. */
  Optional<byte[]> answer(String channel) {
    return Optional.ofNullable(answers.get(channel)).map(example -> example.aboutAnother(names));
  }

  /** The system's answer that it has, or has not, a delivery. */
  Optional<byte[]> reply(String channel, boolean has) {
    return Optional.ofNullable((has ? known : unknown).get(channel))
        .map(example -> example.aboutAnother(names));
  }

  /** Which of these channels' examples a message resembles most. */
  String closest(List<String> channels, byte[] body) {
    Set<String> here = words(body);
    String best = channels.get(0);
    double most = -1;
    for (String channel : channels) {
      for (Set<String> theirs : words.getOrDefault(channel, List.of())) {
        double likeness = likeness(here, theirs);
        if (likeness > most) {
          most = likeness;
          best = channel;
        }
      }
    }
    return best;
  }

  /** From 0 to 1 (Jaccard). */
  private static double likeness(Set<String> here, Set<String> theirs) {
    long common = theirs.stream().filter(here::contains).count();
    return (double) common / Math.max(1, theirs.size() + here.size() - common);
  }

  private static Set<String> words(byte[] body) {
    String text = new String(body, java.nio.charset.StandardCharsets.ISO_8859_1);
    return new HashSet<>(Arrays.asList(text.split("[^A-Za-z0-9_:]+")));
  }
}
