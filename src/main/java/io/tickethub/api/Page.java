package io.tickethub.api;

/** How much of a list is answered at once. */
final class Page {

  private static final int MOST = 1_000;

  private Page() {}

  /** What was asked for, but not more than the hub gives. */
  static int size(int limit) {
    if (limit < 1) {
      throw new IllegalArgumentException("limit has to be at least 1");
    }
    return Math.min(limit, MOST);
  }
}
