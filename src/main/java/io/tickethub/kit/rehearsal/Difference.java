package io.tickethub.kit.rehearsal;

/**
 * One thing that differs, masked.
 *
 * @param channel the connector's channel; empty where it is not about one
 * @param path of the field, or whatever else says where
 */
record Difference(Kind kind, String channel, String path, String before, String after) {

  private static final int LONGEST_VALUE = 120;

  Difference {
    before = shortened(before);
    after = shortened(after);
  }

  private static String shortened(String value) {
    return value.codePointCount(0, value.length()) <= LONGEST_VALUE
        ? value
        : value.substring(0, value.offsetByCodePoints(0, LONGEST_VALUE - 1)) + "…";
  }
}
