package io.tickethub.api;

/** Why a person does something: kept in the audit, in a line. */
final class Reason {

  private static final int LONGEST = 300;

  private Reason() {}

  /** Throws {@link IllegalArgumentException} if there is none. */
  static String required(String reason) {
    if (reason == null || reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason is kept with what is done");
    }
    return given(reason);
  }

  /** Empty for none. */
  static String given(String reason) {
    String line = reason == null ? "" : reason.strip().replaceAll("\\p{Cntrl}+", " ");
    return line.substring(0, Math.min(LONGEST, line.length()));
  }
}
