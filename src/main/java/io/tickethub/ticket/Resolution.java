package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;

/**
 * How a ticket was solved. Every component may be null.
 *
 * @param cause what was wrong
 * @param action what was done
 * @param code the repair or closing code of the system that solved it
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record Resolution(String cause, String action, String code) {

  static final Resolution NONE = new Resolution(null, null, null);

  public Resolution {
    cause = Merge.given(cause);
    action = Merge.given(action);
    code = Merge.given(code);
  }

  Resolution merge(Resolution patch) {
    if (patch == null) {
      return this;
    }
    return new Resolution(
        Merge.either(patch.cause, cause),
        Merge.either(patch.action, action),
        Merge.either(patch.code, code));
  }

  Resolution missingIn(Resolution present) {
    return new Resolution(
        Merge.missing(cause, present.cause),
        Merge.missing(action, present.action),
        Merge.missing(code, present.code));
  }
}
