package io.tickethub.kit.contract;

/** What a case found wrong. */
final class BrokenContractException extends RuntimeException {

  private static final long serialVersionUID = 1L;

  BrokenContractException(String what) {
    super(what);
  }

  static void unless(boolean holds, String what, Object... values) {
    if (!holds) {
      throw new BrokenContractException(what.formatted(values));
    }
  }
}
