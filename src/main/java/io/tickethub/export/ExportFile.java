package io.tickethub.export;

import java.time.Instant;

/**
 * One file of an export.
 *
 * @param number 1, 2, 3 … of the export, without a gap
 * @param from of the events in it, inclusive, by the hub's clock
 * @param to exclusive
 * @param attempts how often it was not taken
 */
record ExportFile(
    String connector, String export, long number, Instant from, Instant to, int attempts) {

  /** The same however often it is given. */
  String key() {
    return "%s-%d".formatted(export, number);
  }

  String subject() {
    return connector + "/" + export;
  }
}
