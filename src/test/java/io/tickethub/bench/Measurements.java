package io.tickethub.bench;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** Rates, scenario by scenario and contender by contender, a figure a round. */
final class Measurements {

  static final String HUB = "hub";

  private final Map<String, Map<String, List<Double>>> rates = new LinkedHashMap<>();

  /** {@code perSecond} was measured in one round. */
  void add(String scenario, String contender, double perSecond) {
    rates
        .computeIfAbsent(scenario, key -> new LinkedHashMap<>())
        .computeIfAbsent(contender, key -> new ArrayList<>())
        .add(perSecond);
  }

  private static double median(List<Double> values) {
    List<Double> sorted = values.stream().sorted().toList();
    int middle = sorted.size() / 2;
    return sorted.size() % 2 == 1
        ? sorted.get(middle)
        : (sorted.get(middle - 1) + sorted.get(middle)) / 2;
  }

  /** Scenario → {@code median} rate a second by contender, and {@code ratio} of the hub to each. */
  Map<String, Object> summary() {
    Map<String, Object> summary = new LinkedHashMap<>();
    rates.forEach(
        (scenario, contenders) -> {
          Map<String, Object> medians = new LinkedHashMap<>();
          Map<String, Object> ratios = new LinkedHashMap<>();
          double hub = contenders.containsKey(HUB) ? median(contenders.get(HUB)) : Double.NaN;
          contenders.forEach(
              (name, values) -> {
                medians.put(name, Math.round(median(values)));
                if (!name.equals(HUB) && !Double.isNaN(hub)) {
                  ratios.put("hub/" + name, Math.round(hub / median(values) * 100) / 100.0);
                }
              });
          Map<String, Object> row = new LinkedHashMap<>();
          row.put("unit", "messages/s");
          row.put("rounds", contenders.values().iterator().next().size());
          row.put("median", medians);
          row.put("ratio", ratios);
          summary.put(scenario, row);
        });
    return summary;
  }

  /** For people, in Markdown. */
  String table() {
    StringBuilder table = new StringBuilder();
    table.append("| scenario | contender | messages/s (median) | lowest | highest | hub is × |\n");
    table.append("|---|---|---:|---:|---:|---:|\n");
    rates.forEach(
        (scenario, contenders) -> {
          double hub = contenders.containsKey(HUB) ? median(contenders.get(HUB)) : Double.NaN;
          contenders.forEach(
              (name, values) ->
                  table.append(
                      "| %s | %s | %,.0f | %,.0f | %,.0f | %s |%n"
                          .formatted(
                              scenario,
                              name,
                              median(values),
                              values.stream().mapToDouble(value -> value).min().orElseThrow(),
                              values.stream().mapToDouble(value -> value).max().orElseThrow(),
                              name.equals(HUB) || Double.isNaN(hub)
                                  ? ""
                                  : "%.2f".formatted(hub / median(values)))));
        });
    return table.toString();
  }
}
