package io.tickethub.torture;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** What was found: what must not be, how often, and what else was measured. Thread-safe. */
final class Verdict {

  private static final int MOST_COMPLAINTS = 200;

  private final Map<String, Long> violations = new LinkedHashMap<>();
  private final Map<String, Object> facts = new TreeMap<>();
  private final List<String> complaints = new ArrayList<>();

  /** These are looked for; each must be zero. */
  Verdict(String... mustBeZero) {
    for (String name : mustBeZero) {
      violations.put(name, 0L);
    }
  }

  /** Something that must not be. */
  synchronized void violation(String name, String complaint, Object... values) {
    violations.merge(name, 1L, Long::sum);
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(name + ": " + complaint.formatted(values));
    }
  }

  /** Something is looked for, and was not found so far. */
  synchronized void looksFor(String name) {
    violations.putIfAbsent(name, 0L);
  }

  /** Something worth knowing; a later value replaces an earlier one. */
  synchronized void fact(String name, Object value) {
    facts.put(name, value);
  }

  /** Keeps the larger of this and what is known. */
  synchronized void most(String name, double value) {
    facts.merge(name, value, (known, more) -> Math.max((Double) known, (Double) more));
  }

  /** Counts. */
  synchronized void count(String name, long more) {
    facts.merge(name, more, (known, another) -> (Long) known + (Long) another);
  }

  synchronized boolean holds() {
    return violations.values().stream().allMatch(count -> count == 0);
  }

  /** {@code lost=0 duplicated=0 …}. */
  synchronized String line() {
    return violations.entrySet().stream()
        .map(entry -> entry.getKey() + "=" + entry.getValue())
        .collect(Collectors.joining(" "));
  }

  synchronized Map<String, Long> violations() {
    return new LinkedHashMap<>(violations);
  }

  synchronized Map<String, Object> facts() {
    return new LinkedHashMap<>(facts);
  }

  synchronized List<String> complaints() {
    return List.copyOf(complaints);
  }
}
