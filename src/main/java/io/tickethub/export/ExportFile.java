package io.tickethub.export;

import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.Map;

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

  /** What the export's headers see of it. */
  Map<String, Object> values(ZoneId zone) {
    Map<String, Object> values = new LinkedHashMap<>();
    values.put("number", number);
    values.put("day", from.atZone(zone).toLocalDate().toString());
    values.put("from", from.toString());
    values.put("to", to.toString());
    return values;
  }

  String subject() {
    return connector + "/" + export;
  }
}
