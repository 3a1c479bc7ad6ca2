package io.tickethub.journal;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Map;

/**
 * How a message came, beside its body.
 *
 * @param headers those the channel's manifest allows
 * @param fileName null unless it came in a file
 * @param line the line of the file on which it begins; null unless it is one record of several
 * @param replyTo where the sender wants its answer, checked against the manifest; null for nowhere
 * @param correlationId what the answer must repeat; null for nothing
 * @param trace its {@code traceparent}, from which the steps it leads to are traced; null for none
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record Provenance(
    Map<String, String> headers,
    String fileName,
    Integer line,
    String replyTo,
    String correlationId,
    String trace) {

  public static final Provenance NONE = new Provenance(Map.of(), null, null, null, null);

  public Provenance {
    headers = headers == null ? Map.of() : Map.copyOf(headers);
  }

  /** One that is not traced. */
  public Provenance(
      Map<String, String> headers,
      String fileName,
      Integer line,
      String replyTo,
      String correlationId) {
    this(headers, fileName, line, replyTo, correlationId, null);
  }

  /** The same, traced; itself for null. */
  public Provenance traced(String newTrace) {
    return newTrace == null
        ? this
        : new Provenance(headers, fileName, line, replyTo, correlationId, newTrace);
  }
}
