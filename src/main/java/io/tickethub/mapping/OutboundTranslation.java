package io.tickethub.mapping;

import io.tickethub.ticket.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** The way of one channel's deliveries from an event to bytes. Thread-safe. */
public final class OutboundTranslation {

  /**
   * What is sent.
   *
   * @param headers by name, in no order; none is empty
   */
  public record Sent(byte[] body, Map<String, String> headers) {}

  private final Translation.Syntax syntax;
  private final MappingExpression mapping;
  private final Map<String, MappingExpression> headers;

  OutboundTranslation(
      Translation.Syntax syntax,
      MappingExpression mapping,
      Map<String, MappingExpression> headers) {
    this.syntax = syntax;
    this.mapping = mapping;
    this.headers = headers;
  }

  /** The message for an input of {@code event}, {@code ticket}, {@code references} and so on. */
  public Sent write(Map<String, Object> input) {
    Object mapped = mapping.evaluate(input, Map.of());
    if (mapped == null) {
      throw new MappingException(ProblemCode.MAPPING, "the mapping gave nothing to send");
    }
    byte[] body = syntax.codec().encode(syntax.format().write(syntax.codec().writable(mapped)));
    return new Sent(body, headers(input));
  }

  /** What a file begins with before its first record; the format is one of records. */
  public byte[] opening() {
    return syntax.codec().encode(syntax.format().write(List.of()));
  }

  /** The headers alone, which see nothing but {@code input}. */
  public Map<String, String> headers(Map<String, Object> input) {
    Map<String, String> values = new LinkedHashMap<>();
    headers.forEach(
        (name, expression) -> {
          Object value = expression.evaluate(input, Map.of());
          if (value != null && !String.valueOf(value).isEmpty()) {
            values.put(name, String.valueOf(value));
          }
        });
    return values;
  }
}
