package io.tickethub.mapping;

import com.fasterxml.jackson.annotation.JsonFormat;
import com.fasterxml.jackson.annotation.JsonFormat.Feature;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.FailureKind;
import java.util.List;
import java.util.Map;

/**
 * What a system's answer to a delivery means.
 *
 * @param known the answer to "do you have this?"; null where that was not the question
 * @param references what the answering system calls the ticket, by numbering scheme
 * @param changes news that came with the answer, such as the result of a look-up
 * @param failure null if the system took the delivery
 */
public record Answer(
    Boolean known,
    Map<String, String> references,
    @JsonFormat(with = Feature.ACCEPT_SINGLE_VALUE_AS_ARRAY) List<Change> changes,
    Failure failure) {

  /** The system took it and said no more. */
  public static final Answer TAKEN = new Answer(null, Map.of(), List.of(), null);

  /** Why the system did not take it, by its own code and words. */
  public record Failure(
      @JsonProperty(required = true) FailureKind kind, String code, String text) {}

  public Answer {
    references = references == null ? Map.of() : Map.copyOf(references);
    changes = changes == null ? List.of() : List.copyOf(changes);
  }
}
