package io.tickethub.kit.contract;

import com.fasterxml.jackson.annotation.JsonInclude;
import com.fasterxml.jackson.annotation.JsonValue;
import java.util.Locale;

/**
 * What came of one case.
 *
 * @param name such as {@code example order/introduced} or {@code out order: reply-lost}
 * @param detail why it failed, or why it does not apply; null if it passed
 * @param seconds it took
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record CaseResult(String name, Outcome outcome, String detail, double seconds) {

  /** What can come of a case. */
  public enum Outcome {
    PASSED,
    FAILED,
    /** The connector cannot have it: the detail says why. */
    NOT_APPLICABLE;

    @JsonValue
    public String text() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
