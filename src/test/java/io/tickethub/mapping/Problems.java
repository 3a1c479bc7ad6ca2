package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.catchThrowableOfType;

import io.tickethub.ticket.Problem;
import org.assertj.core.api.ThrowableAssert.ThrowingCallable;

/** What is wrong with a message, for tests that expect it to be refused. */
final class Problems {

  private Problems() {}

  static Problem of(ThrowingCallable translation) {
    MappingException refused = catchThrowableOfType(MappingException.class, translation);
    if (refused == null) {
      throw new AssertionError("was not refused");
    }
    return refused.problem();
  }
}
