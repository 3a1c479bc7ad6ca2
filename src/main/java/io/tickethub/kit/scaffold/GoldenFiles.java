package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.InboundTranslation;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import io.tickethub.mapping.OutboundTranslation.Sent;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.TicketJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/** Runs a new folder's mappings over its examples and writes down what comes of it. */
final class GoldenFiles {

  /** When examples were received; see {@code ConnectorExamples}. */
  private static final Instant RECEIVED_AT = Instant.parse("2026-01-05T01:03:00Z");

  /**
   * What came of one sample.
   *
   * @param refused why records were refused
   */
  record Outcome(List<Change> changes, List<Problem> refused) {}

  private final NewFolder folder;
  private final ConnectorDefinition definition;
  private final JsonMapper json = TicketJson.mapper();

  GoldenFiles(NewFolder folder) {
    this.folder = folder;
    this.definition = ConnectorCheck.compile(folder.path());
  }

  /** Writes {@code change.json} and {@code rejected.yaml} beside what was received. */
  Outcome received(String channel, String example, String fileName, byte[] body) {
    InboundChannel inbound = definition.inbound().get(channel);
    InboundTranslation translation = inbound.translation();
    boolean file = translation.format() instanceof RecordFormat;
    MessageFacts facts = new MessageFacts(RECEIVED_AT, Map.of(), file ? fileName : null);
    List<Change> changes = new ArrayList<>();
    List<Problem> problems = new ArrayList<>();
    if (translation.format() instanceof RecordFormat format) {
      records(format, translation, body, facts, changes, problems);
    } else {
      message(translation, body, facts, Optional.empty(), changes, problems);
    }
    String path = "examples/%s/%s/".formatted(channel, example);
    if (!changes.isEmpty() || problems.isEmpty()) {
      folder.write(
          path + "change.json",
          text(changes.size() == 1 ? changes.get(0) : changes.toArray(Change[]::new)));
    }
    if (!problems.isEmpty()) {
      folder.write(path + "rejected.yaml", rejected(problems, file));
    }
    return new Outcome(changes, problems);
  }

  private static void records(
      RecordFormat format,
      InboundTranslation translation,
      byte[] body,
      MessageFacts facts,
      List<Change> changes,
      List<Problem> problems) {
    try {
      Iterator<RawRecord> records = format.records(body);
      while (records.hasNext()) {
        RawRecord record = records.next();
        if (record.bytes().length > 0) {
          message(
              translation, record.bytes(), facts, Optional.of(record.line()), changes, problems);
        }
      }
    } catch (MappingException e) {
      problems.add(e.problem().line() == null ? e.problem().atLine(1) : e.problem());
    }
  }

  private static void message(
      InboundTranslation translation,
      byte[] body,
      MessageFacts facts,
      Optional<Integer> line,
      List<Change> changes,
      List<Problem> problems) {
    try {
      Object tree = translation.parse(translation.decode(body));
      translation.messageId(tree, body, facts);
      changes.addAll(translation.map(tree, facts));
    } catch (MappingException e) {
      problems.add(line.map(e.problem()::atLine).orElse(e.problem()));
    }
  }

  private static String rejected(List<Problem> problems, boolean file) {
    StringBuilder text = new StringBuilder();
    for (Problem problem : problems) {
      text.append("# ").append(Texts.line(problem.detail())).append('\n');
      text.append(file ? "- " : "");
      text.append("code: ").append(problem.code().code()).append('\n');
      if (file) {
        text.append("  line: ").append(problem.line()).append('\n');
      }
      if (problem.field() != null) {
        text.append(file ? "  " : "")
            .append("field: ")
            .append(Texts.json(problem.field()))
            .append('\n');
      }
    }
    return text.toString();
  }

  /** Writes {@code sent.*} beside what is told. */
  void told(String channel, String example, String extension, byte[] told) {
    try {
      Map<String, Object> tree = json.readValue(told, new TypeReference<>() {});
      Sent sent = definition.outbound().get(channel).translation().write(tree);
      String path = "examples/%s/%s/".formatted(channel, example);
      folder.write(path + "sent." + extension, sent.body());
      if (!sent.headers().isEmpty()) {
        folder.write(path + "headers.json", text(new TreeMap<>(sent.headers())));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private String text(Object value) {
    return json.valueToTree(value).toPrettyString() + "\n";
  }
}
