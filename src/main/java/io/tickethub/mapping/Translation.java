package io.tickethub.mapping;

import com.fasterxml.jackson.databind.JsonMappingException;
import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.IncompleteChangeException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketJson;
import io.tickethub.ticket.TicketList;
import java.nio.file.Path;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.function.Predicate;

/**
 * What the channels of one connector translate with: its code tables, its zone, and the functions
 * that come of them.
 *
 * <p>Start here: {@link #inbound} gives bytes to changes, {@link #outbound} an event to bytes,
 * {@link #answer} what a system answered to an answer the hub understands.
 */
public final class Translation {

  private final CodeTables codes;
  private final ZoneId zone;
  private final MappingObserver observer;
  private final JsonMapper json = TicketJson.mapper();

  public Translation(CodeTables codes, ZoneId zone) {
    this(codes, zone, MappingObserver.NOBODY);
  }

  /**
   * The same, seen by an observer; then mappings read of their input only what they ask for, so
   * that a tree can note what is read of it.
   */
  public Translation(CodeTables codes, ZoneId zone, MappingObserver observer) {
    this.observer = observer;
    this.codes = codes;
    this.zone = zone;
  }

  /** One channel's way of writing. */
  public record Syntax(TextCodec codec, Format format) {}

  /**
   * Bytes to changes.
   *
   * @param messageId an expression over the parsed message for the sender's id of it; null means
   *     the digest of its bytes
   */
  public InboundTranslation inbound(Syntax syntax, Path mapping, String messageId) {
    MappingFunctions functions = functions(syntax);
    return new InboundTranslation(
        syntax,
        MappingExpression.file(mapping, functions),
        messageId == null
            ? null
            : MappingExpression.inline(
                mapping + ", message-id", "connector.yaml, message-id", messageId, functions),
        this);
  }

  /** An event to bytes. {@code headers} are expressions over the same input as the mapping's. */
  public OutboundTranslation outbound(Syntax syntax, Path mapping, Map<String, String> headers) {
    MappingFunctions functions = functions(syntax);
    return new OutboundTranslation(
        syntax,
        MappingExpression.file(mapping, functions),
        headers.entrySet().stream()
            .collect(
                java.util.stream.Collectors.toUnmodifiableMap(
                    Map.Entry::getKey,
                    entry ->
                        MappingExpression.inline(
                            mapping + ", header " + entry.getKey(),
                            "connector.yaml, header " + entry.getKey(),
                            entry.getValue(),
                            functions))));
  }

  /** The bytes of an answer to an {@link Answer}. */
  public AnswerTranslation answer(Syntax syntax, Path mapping) {
    return new AnswerTranslation(syntax, MappingExpression.file(mapping, functions(syntax)), this);
  }

  /**
   * How far a page leads.
   *
   * @param page the syntax of a whole page
   * @param more null if every page with a new cursor is worth another
   */
  public PageCursor cursor(Syntax page, String place, String cursor, String more) {
    MappingFunctions functions = functions(page);
    return new PageCursor(
        page,
        MappingExpression.inline(
            place + ", cursor", "connector.yaml, poll.cursor", cursor, functions),
        more == null
            ? null
            : MappingExpression.inline(
                place + ", more", "connector.yaml, poll.more", more, functions));
  }

  /** A yes or no over an outbound mapping's input; anything but true is a no. */
  public Predicate<Object> condition(String place, String shown, String text) {
    TextCodec codec = TextCodec.of("UTF-8", TextCodec.Unmappable.REPLACE);
    MappingExpression expression =
        MappingExpression.inline(
            place, shown, text, new MappingFunctions(codes, zone, codec, observer));
    return input -> Boolean.TRUE.equals(expression.evaluate(input, Map.of()));
  }

  private MappingFunctions functions(Syntax syntax) {
    return new MappingFunctions(codes, zone, syntax.codec(), observer);
  }

  /**
   * The changes a mapping gave: an object, or a list of objects in the order in which they are to
   * be applied.
   */
  List<Change> changes(Object mapped) {
    if (mapped == null) {
      throw new MappingException(ProblemCode.MAPPING, "the mapping gave no change");
    }
    List<?> list = mapped instanceof List<?> several ? several : List.of(mapped);
    if (list.stream().anyMatch(Objects::isNull)) {
      throw new MappingException(ProblemCode.MAPPING, "the mapping gave null for a change");
    }
    return list.stream().map(this::change).toList();
  }

  /**
   * The list a mapping gave: an object with {@code statements}, or the statements alone. JSONata
   * gives one for a list of one, and nothing for an empty list.
   */
  TicketList list(Object mapped) {
    if (!(mapped instanceof Map<?, ?> map) || map.containsKey("ticket")) {
      return TicketList.of(
          listed(mapped).stream().map(one -> convert(one, Statement.class)).toList());
    }
    Map<Object, Object> whole = new LinkedHashMap<>(map);
    whole.put("statements", listed(map.get("statements")));
    return convert(whole, TicketList.class);
  }

  private static List<?> listed(Object value) {
    return value == null ? List.of() : value instanceof List<?> several ? several : List.of(value);
  }

  private Change change(Object mapped) {
    return convert(mapped, Change.class);
  }

  <T> T convert(Object mapped, Class<T> type) {
    try {
      return json.convertValue(mapped, type);
    } catch (IllegalArgumentException e) {
      throw new MappingException(problem(e));
    }
  }

  private static Problem problem(IllegalArgumentException e) {
    Throwable root = e;
    String path = null;
    while (true) {
      if (root instanceof JsonMappingException mapping && !mapping.getPath().isEmpty()) {
        path = path(mapping);
      }
      if (root instanceof UnrecognizedPropertyException unknown) {
        return Problem.of(
            ProblemCode.MAPPING,
            path,
            null,
            "the change has no such property; known are " + unknown.getKnownPropertyIds());
      }
      if (root instanceof IncompleteChangeException incomplete) {
        return Problem.of(
            ProblemCode.MISSING_FIELD, incomplete.field(), null, incomplete.getMessage());
      }
      if (root.getCause() == null || root.getCause() == root) {
        break;
      }
      root = root.getCause();
    }
    boolean code =
        root instanceof IllegalArgumentException && !(root instanceof JsonMappingException);
    String detail =
        root instanceof JsonMappingException m ? m.getOriginalMessage() : root.getMessage();
    return Problem.of(code ? ProblemCode.UNKNOWN_CODE : ProblemCode.MAPPING, path, null, detail);
  }

  private static String path(JsonMappingException e) {
    StringBuilder path = new StringBuilder();
    for (JsonMappingException.Reference step : e.getPath()) {
      if (step.getFieldName() == null) {
        path.append('[').append(step.getIndex()).append(']');
      } else {
        path.append(path.isEmpty() ? "" : ".").append(step.getFieldName());
      }
    }
    return path.toString();
  }
}
