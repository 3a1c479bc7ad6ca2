package io.tickethub.ticket;

/** The rules of patches, value by value. */
final class Merge {

  private Merge() {}

  /** A blank text names nothing: that is how legacy systems say null. */
  static <T> T given(T value) {
    return value instanceof String text && text.isBlank() ? null : value;
  }

  /** What a patch does not name stays. */
  static <T> T either(T patch, T current) {
    return patch != null ? patch : current;
  }

  /** {@code value} if there is none at present. */
  static <T> T missing(T value, T present) {
    return present == null ? value : null;
  }
}
