package io.tickethub.connector.example;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.Answer;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import io.tickethub.mapping.OutboundTranslation.Sent;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketJson;
import io.tickethub.ticket.TicketList;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.Iterator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * The examples of one connector, {@code examples/CHANNEL/CASE/}.
 *
 * <ul>
 *   <li>inbound: {@code received.*} and perhaps {@code headers.json} → {@code change.json}, {@code
 *       rejected.yaml}, or for a file both
 *   <li>lists of tickets, channel {@code reconcile-list}: {@code received.*} → {@code list.json} or
 *       {@code rejected.yaml}, or for a file both; the question for them is as outbound, {@code
 *       told.json} its input
 *   <li>outbound: {@code told.json} → {@code sent.*} byte for byte, and perhaps {@code
 *       headers.json}
 *   <li>answers: {@code told.json} and {@code answer.*} → {@code answered.json}
 *   <li>questions, "do you have this?": {@code told.json} → {@code question.*} byte for byte, and
 *       {@code reply.*} → {@code answered.json}
 * </ul>
 */
public final class ConnectorExamples {

  /** When example messages were received. */
  private static final Instant RECEIVED_AT = Instant.parse("2026-01-05T01:03:00Z");

  /** What a list of tickets means. */
  static final String LIST = "list.json";

  private static final TypeReference<Map<String, Object>> TREE = new TypeReference<>() {};

  private final ConnectorDefinition definition;
  private final JsonMapper json = TicketJson.mapper();
  private final YAMLMapper yaml = new YAMLMapper();

  public ConnectorExamples(ConnectorDefinition definition) {
    this.definition = definition;
  }

  /** Runs every example, in the order of their names. */
  public List<ExampleOutcome> run() {
    Path examples = definition.folder().resolve("examples");
    List<ExampleOutcome> outcomes = new ArrayList<>();
    for (Path channel : folders(examples)) {
      for (Path example : folders(channel)) {
        String name = channel.getFileName() + "/" + example.getFileName();
        outcomes.add(run(name, channel.getFileName().toString(), example));
      }
    }
    return outcomes;
  }

  private ExampleOutcome run(String name, String channel, Path example) {
    try {
      InboundChannel inbound = definition.inbound().get(channel);
      if (inbound != null) {
        return inbound.translation().format() instanceof RecordFormat
            ? runFile(name, inbound, example)
            : runMessage(name, inbound, example);
      }
      if (channel.equals(Reconcile.LIST) && definition.reconciling().isPresent()) {
        return definition.reconciling().get().list().translation().format() instanceof RecordFormat
            ? runListFile(name, example)
            : runList(name, example);
      }
      OutboundChannel outbound = definition.exits().get(channel);
      return outbound == null
          ? ExampleOutcome.failed(name, "connector.yaml has no channel '%s'".formatted(channel))
          : runOutbound(name, outbound, example);
    } catch (IOException e) {
      return ExampleOutcome.failed(name, "cannot be read: " + e.getMessage());
    } catch (DefinitionException e) {
      return ExampleOutcome.failed(name, e.getMessage());
    } catch (MappingException e) {
      return ExampleOutcome.failed(name, "unexpectedly refused: " + e.getMessage());
    }
  }

  private ExampleOutcome runList(String name, Path example) throws IOException {
    Path rejected = example.resolve("rejected.yaml");
    Listing listing = listing(example);
    if (listing.problems().isEmpty()) {
      return Files.exists(rejected)
          ? ExampleOutcome.failed(name, "was to be rejected but means " + listing.list())
          : compare(name, json.readTree(example.resolve(LIST).toFile()), listing.list());
    }
    Problem problem = listing.problems().get(0);
    return Files.exists(rejected)
        ? compare(name, yaml.readTree(rejected.toFile()), json.valueToTree(keys(problem, false)))
        : ExampleOutcome.failed(name, "rejected: " + problem.sentence());
  }

  /**
   * What an example of a list of tickets means today.
   *
   * @param list as {@code list.json} has it; null if nothing is taken
   * @param problems why it is refused, or records of it are
   * @param ofFile it is a file of records, so that problems have lines
   */
  record Listing(JsonNode list, List<Problem> problems, boolean ofFile) {}

  /** Of a file, the statements of all its records. */
  Listing listing(Path example) throws IOException {
    InboundChannel channel = definition.reconciling().orElseThrow().list();
    Path file = file(example, "received").orElseThrow(() -> missing(example, "received.*"));
    MessageFacts facts = facts(example, file.getFileName().toString());
    byte[] bytes = Files.readAllBytes(file);
    if (channel.translation().format() instanceof RecordFormat format) {
      ListedFile listed = file(channel, format, bytes, facts);
      return new Listing(
          json.valueToTree(TicketList.of(listed.statements())), listed.problems(), true);
    }
    try {
      return new Listing(json.valueToTree(list(channel, bytes, facts)), List.of(), false);
    } catch (MappingException e) {
      return new Listing(null, List.of(e.problem()), false);
    }
  }

  /** What the records of a file say, and why others are refused. */
  private record ListedFile(List<Statement> statements, List<Problem> problems) {}

  private static ListedFile file(
      InboundChannel channel, RecordFormat format, byte[] bytes, MessageFacts facts) {
    ListedFile file = new ListedFile(new ArrayList<>(), new ArrayList<>());
    Iterator<RawRecord> records = format.records(bytes);
    while (records.hasNext()) {
      RawRecord record = records.next();
      if (record.bytes().length > 0) {
        try {
          file.statements().addAll(list(channel, record.bytes(), facts).statements());
        } catch (MappingException e) {
          file.problems().add(e.problem().atLine(record.line()));
        }
      }
    }
    return file;
  }

  /** As in the hub, a line that is refused leaves the others alone. */
  private ExampleOutcome runListFile(String name, Path example) throws IOException {
    Listing listing = listing(example);
    ExampleOutcome listed =
        compare(name, json.readTree(example.resolve(LIST).toFile()), listing.list());
    Path rejected = example.resolve("rejected.yaml");
    JsonNode expected =
        Files.exists(rejected) ? yaml.readTree(rejected.toFile()) : json.createArrayNode();
    JsonNode problems =
        json.valueToTree(listing.problems().stream().map(problem -> keys(problem, true)).toList());
    return listed.passed() ? compare(name, expected, problems) : listed;
  }

  private static TicketList list(InboundChannel channel, byte[] bytes, MessageFacts facts) {
    Object tree = channel.translation().parse(channel.translation().decode(bytes));
    return channel.translation().list(tree, facts);
  }

  private ExampleOutcome runMessage(String name, InboundChannel channel, Path example)
      throws IOException {
    byte[] received =
        Files.readAllBytes(
            file(example, "received").orElseThrow(() -> missing(example, "received.*")));
    Path rejected = example.resolve("rejected.yaml");
    try {
      List<Change> changes = changes(channel, received, facts(example, null));
      return Files.exists(rejected)
          ? ExampleOutcome.failed(name, "was to be rejected but means " + tree(changes))
          : compare(name, expected(example), tree(changes));
    } catch (MappingException e) {
      if (!Files.exists(rejected)) {
        return ExampleOutcome.failed(name, "rejected: " + e.problem().sentence());
      }
      return compare(
          name, yaml.readTree(rejected.toFile()), json.valueToTree(keys(e.problem(), false)));
    }
  }

  private ExampleOutcome runFile(String name, InboundChannel channel, Path example)
      throws IOException {
    Meaning meaning = fileMeaning(channel, example);
    ExampleOutcome accepted = compare(name, expected(example), tree(meaning.changes()));
    Path rejected = example.resolve("rejected.yaml");
    JsonNode expectedProblems =
        Files.exists(rejected) ? yaml.readTree(rejected.toFile()) : json.createArrayNode();
    JsonNode problems =
        json.valueToTree(meaning.problems().stream().map(problem -> keys(problem, true)).toList());
    return accepted.passed() ? compare(name, expectedProblems, problems) : accepted;
  }

  /**
   * What an inbound example means today.
   *
   * @param problems why it is refused, or records of it are
   * @param ofFile it is a file of records, so that problems have lines
   */
  public record Meaning(List<Change> changes, List<Problem> problems, boolean ofFile) {}

  /** What an example of an inbound channel means today. */
  public Meaning meaning(String channel, Path example) throws IOException {
    return meaning(definition.inbound().get(channel), example);
  }

  Meaning meaning(InboundChannel channel, Path example) throws IOException {
    if (channel.translation().format() instanceof RecordFormat) {
      return fileMeaning(channel, example);
    }
    byte[] received =
        Files.readAllBytes(
            file(example, "received").orElseThrow(() -> missing(example, "received.*")));
    try {
      return new Meaning(changes(channel, received, facts(example, null)), List.of(), false);
    } catch (MappingException e) {
      return new Meaning(List.of(), List.of(e.problem()), false);
    }
  }

  private Meaning fileMeaning(InboundChannel channel, Path example) throws IOException {
    Path file = file(example, "received").orElseThrow(() -> missing(example, "received.*"));
    RecordFormat format = (RecordFormat) channel.translation().format();
    MessageFacts facts = facts(example, file.getFileName().toString());
    List<Change> changes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    Iterator<RawRecord> records;
    try {
      records = format.records(Files.readAllBytes(file));
    } catch (MappingException e) {
      records = Collections.emptyIterator();
      problems.add(e.problem().line() == null ? e.problem().atLine(1) : e.problem());
    }
    while (records.hasNext()) {
      RawRecord record = records.next();
      if (record.bytes().length == 0) {
        continue;
      }
      try {
        changes.addAll(changes(channel, record.bytes(), facts));
      } catch (MappingException e) {
        problems.add(e.problem().atLine(record.line()));
      }
    }
    return new Meaning(changes, problems, true);
  }

  private static List<Change> changes(InboundChannel channel, byte[] body, MessageFacts facts) {
    Object tree = channel.translation().parse(channel.translation().decode(body));
    channel.translation().messageId(tree, body, facts);
    return channel.translation().map(tree, facts);
  }

  private ExampleOutcome runOutbound(String name, OutboundChannel channel, Path example)
      throws IOException {
    Map<String, Object> told = json.readValue(example.resolve("told.json").toFile(), TREE);
    Optional<Path> answer = file(example, "answer");
    if (answer.isPresent()) {
      Answer understood =
          channel
              .answer()
              .orElseThrow(() -> new DefinitionException("the channel has no 'answer'"))
              .read(Files.readAllBytes(answer.get()), told);
      return compare(
          name,
          json.readTree(example.resolve("answered.json").toFile()),
          json.valueToTree(understood));
    }
    if (file(example, "question").isPresent() || file(example, "reply").isPresent()) {
      return runQuestion(name, channel, example, told);
    }
    Sent sent = channel.translation().write(told);
    ExampleOutcome bytes =
        compareBytes(
            name,
            channel,
            file(example, "sent").orElseThrow(() -> missing(example, "sent.*")),
            sent.body());
    if (!bytes.passed()) {
      return bytes;
    }
    Path headers = example.resolve("headers.json");
    return Files.exists(headers)
        ? compare(name, json.readTree(headers.toFile()), json.valueToTree(sent.headers()))
        : ExampleOutcome.passed(name);
  }

  private ExampleOutcome runQuestion(
      String name, OutboundChannel channel, Path example, Map<String, Object> told)
      throws IOException {
    OutboundChannel.Question question =
        channel.question().orElseThrow(() -> new DefinitionException("the channel has no 'ask'"));
    Optional<Path> asked = file(example, "question");
    if (asked.isPresent()) {
      ExampleOutcome bytes =
          compareBytes(name, channel, asked.get(), question.translation().write(told).body());
      if (!bytes.passed()) {
        return bytes;
      }
    }
    Optional<Path> reply = file(example, "reply");
    return reply.isEmpty()
        ? ExampleOutcome.passed(name)
        : compare(
            name,
            json.readTree(example.resolve("answered.json").toFile()),
            json.valueToTree(question.answer().read(Files.readAllBytes(reply.get()), told)));
  }

  private static ExampleOutcome compareBytes(
      String name, OutboundChannel channel, Path expected, byte[] actual) throws IOException {
    byte[] wanted = Files.readAllBytes(expected);
    if (Arrays.equals(actual, wanted)) {
      return ExampleOutcome.passed(name);
    }
    Charset charset = Charset.forName(channel.form().charset());
    return ExampleOutcome.failed(
        name,
        "expected %s%nbut got  %s"
            .formatted(new String(wanted, charset), new String(actual, charset)));
  }

  private MessageFacts facts(Path example, String fileName) throws IOException {
    Path headers = example.resolve("headers.json");
    Map<String, String> values =
        Files.exists(headers)
            ? json.readValue(headers.toFile(), new TypeReference<Map<String, String>>() {})
            : Map.of();
    return new MessageFacts(RECEIVED_AT, values, fileName);
  }

  private JsonNode expected(Path example) throws IOException {
    Path file = example.resolve("change.json");
    return Files.exists(file) ? json.readTree(file.toFile()) : json.createArrayNode();
  }

  /** As {@code change.json} has them: one, or a list. */
  JsonNode tree(List<Change> changes) {
    JsonNode tree = json.valueToTree(changes.toArray(Change[]::new));
    return tree.size() == 1 ? tree.get(0) : tree;
  }

  /** What {@code rejected.yaml} says of a problem. */
  Map<String, Object> keys(Problem problem, boolean inFile) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("code", problem.code().code());
    if (inFile) {
      values.put("line", problem.line());
    }
    if (problem.field() != null) {
      values.put("field", problem.field());
    }
    return values;
  }

  /** Compared as read from text, so that numbers of one value are equal. */
  private ExampleOutcome compare(String name, JsonNode expected, JsonNode actual)
      throws IOException {
    return expected.equals(json.readTree(json.writeValueAsBytes(actual)))
        ? ExampleOutcome.passed(name)
        : ExampleOutcome.failed(
            name,
            "expected %s%nbut got  %s"
                .formatted(expected.toPrettyString(), actual.toPrettyString()));
  }

  private static DefinitionException missing(Path example, String file) {
    return new DefinitionException("%s: there is no %s".formatted(example, file));
  }

  static Optional<Path> file(Path example, String stem) throws IOException {
    try (Stream<Path> files = Files.list(example)) {
      return files.filter(file -> file.getFileName().toString().startsWith(stem + ".")).findFirst();
    }
  }

  private static List<Path> folders(Path parent) {
    if (!Files.isDirectory(parent)) {
      return List.of();
    }
    try (Stream<Path> entries = Files.list(parent)) {
      return entries.filter(Files::isDirectory).sorted().toList();
    } catch (IOException e) {
      throw new DefinitionException(parent + ": cannot be read: " + e.getMessage(), e);
    }
  }
}
