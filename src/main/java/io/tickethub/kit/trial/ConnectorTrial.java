package io.tickethub.kit.trial;

import io.tickethub.connector.channel.ChangeCheck;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.MadeUpSettings;
import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.InboundTranslation;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;

/** Tries files on one inbound channel of a connector's folder, step by step. */
public final class ConnectorTrial {

  private final ConnectorDefinition definition;
  private final InboundChannel channel;
  private final ChangeCheck check;

  /**
   * @param folder of the connector
   * @param channel one of its inbound channels; throws {@link DefinitionException} naming those
   *     there are, if it is none
   */
  public ConnectorTrial(Path folder, String channel, ProductCatalog products) {
    this(
        ConnectorFolder.read(folder, MadeUpSettings.of(ConnectorFolder.manifest(folder))),
        channel,
        products);
  }

  /** The same of a connector that is compiled already. */
  public ConnectorTrial(ConnectorDefinition definition, String channel, ProductCatalog products) {
    this.definition = definition;
    this.channel = definition.inbound().get(channel);
    this.check = new ChangeCheck(products);
    if (this.channel == null) {
      throw new DefinitionException(
          "%s: there is no inbound channel '%s'; there are %s"
              .formatted(
                  definition.folder().resolve("connector.yaml"),
                  channel,
                  new TreeSet<>(definition.inbound().keySet())));
    }
  }

  public ConnectorDefinition definition() {
    return definition;
  }

  /** How far each message in the file comes, as far as it can be told without a ticket. */
  public Trial run(Received received) {
    List<String> notes = new ArrayList<>();
    Map<String, String> headers = permitted(received.headers(), notes);
    MessageFacts facts = new MessageFacts(received.at(), headers, fileName(received));
    return new Trial(
        definition.name(),
        channel.name(),
        channel.form(),
        received,
        notes,
        records(received, facts));
  }

  /** How far a message comes that the hub has kept: it is one, also where its file held many. */
  public Trial runKept(Received received) {
    MessageFacts facts = new MessageFacts(received.at(), received.headers(), received.file());
    return new Trial(
        definition.name(),
        channel.name(),
        channel.form(),
        received,
        List.of(),
        List.of(attempt(new RecordTexts(1, null, received.body()), facts)));
  }

  /** Files have names that mappings may read; messages have none. */
  private String fileName(Received received) {
    return channel.translation().format() instanceof RecordFormat ? received.file() : null;
  }

  private Map<String, String> permitted(Map<String, String> headers, List<String> notes) {
    Map<String, String> allowed = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    channel.form().headers().forEach(name -> allowed.put(name, name));
    Map<String, String> permitted = new TreeMap<>();
    headers.forEach(
        (name, value) -> {
          if (allowed.containsKey(name)) {
            permitted.put(allowed.get(name), value);
          } else {
            notes.add(
                "header %s is left out: 'headers' of the channel does not allow it"
                    .formatted(name));
          }
        });
    channel
        .proofs()
        .forEach(proof -> notes.add("the %s of the sender is not checked".formatted(proof.key())));
    return permitted;
  }

  private List<RecordTrial> records(Received received, MessageFacts facts) {
    byte[] body = received.body();
    if (body.length == 0) {
      return List.of(refused(0, Problem.of(ProblemCode.MALFORMED, "the message is empty")));
    }
    if (body.length > channel.form().limits().size().toBytes()) {
      return List.of(
          refused(
              body.length,
              Problem.of(
                  ProblemCode.TOO_LARGE,
                  "larger than %d bytes".formatted(channel.form().limits().size().toBytes()))));
    }
    RecordTexts.File file = RecordTexts.in(channel, body);
    return file.flaw()
        .map(flaw -> List.of(refused(body.length, flaw)))
        .orElseGet(() -> file.records().stream().map(record -> attempt(record, facts)).toList());
  }

  private RecordTrial refused(int size, Problem problem) {
    return new RecordTrial(
        1, problem.line(), size, null, null, null, List.of(), stop(Step.RECEIVED, problem));
  }

  private Stop stop(Step step, Problem problem) {
    return Stop.at(step, problem, channel.form(), definition.manifest().codes());
  }

  private static Problem at(int offset, byte[] bytes, Problem problem) {
    return offset >= bytes.length
        ? problem
        : Problem.of(
            problem.code(),
            problem.field(),
            "byte 0x%02X at offset %d".formatted(bytes[offset], offset),
            problem.detail());
  }

  private RecordTrial attempt(RecordTexts record, MessageFacts facts) {
    InboundTranslation translation = channel.translation();
    Step step = Step.DECODED;
    String text = null;
    Object tree = null;
    String messageId = null;
    List<Change> changes = List.of();
    Problem problem = null;
    try {
      text = translation.decode(record.bytes());
      step = Step.PARSED;
      tree = translation.parse(text);
      step = Step.MAPPED;
      messageId = translation.messageId(tree, record.bytes(), facts);
      changes = translation.map(tree, facts);
      step = Step.CHECKED;
      ChangeCheck.checkMessageId(messageId);
      check.check(changes);
    } catch (MappingException e) {
      problem = e.problem();
      if (problem.code() == ProblemCode.UNDECODABLE && text == null) {
        int offset = translation.firstUndecodable(record.bytes());
        problem = at(offset, record.bytes(), problem);
        text =
            offset < record.bytes().length
                ? translation.decode(Arrays.copyOf(record.bytes(), offset))
                : null;
      }
    } catch (RuntimeException | StackOverflowError e) {
      problem = Problem.of(ProblemCode.INTERNAL, e.getClass().getSimpleName());
    }
    if (problem != null && problem.line() == null && record.line() != null) {
      problem = problem.atLine(record.line());
    }
    return new RecordTrial(
        record.number(),
        record.line(),
        record.bytes().length,
        text,
        tree,
        messageId,
        changes,
        problem == null ? null : stop(step, problem));
  }
}
