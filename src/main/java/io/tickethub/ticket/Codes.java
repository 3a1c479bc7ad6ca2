package io.tickethub.ticket;

import java.util.Arrays;
import java.util.function.Function;
import java.util.stream.Collectors;

/** Finds an enum constant by the code that files and messages use for it. */
final class Codes {

  private Codes() {}

  static <E extends Enum<E>> E find(
      E[] values, Function<E, String> code, String wanted, String what) {
    for (E value : values) {
      if (code.apply(value).equals(wanted)) {
        return value;
      }
    }
    String known = Arrays.stream(values).map(code).collect(Collectors.joining(", "));
    throw new IllegalArgumentException(
        "'%s' is no %s; known are %s".formatted(wanted, what, known));
  }
}
