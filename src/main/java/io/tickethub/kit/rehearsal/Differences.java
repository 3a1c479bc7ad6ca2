package io.tickethub.kit.rehearsal;

import java.util.Collection;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Collectors;

/**
 * Everything that differs, equal differences counted as one. It never holds more than a bounded
 * number of groups, however many differences there are. Thread-safe.
 */
final class Differences {

  private static final int MOST_PLACES = 500;
  private static final int MOST_VALUES = 20;
  private static final int EXAMPLES = 3;
  private static final String OTHERS = "(various)";
  private static final Place REMAINDER = new Place(Kind.CHANGE, "", "(further fields)");

  private record Place(Kind kind, String channel, String path) {}

  private record Values(String before, String after) {}

  /** How often, and the first to look at. */
  private static final class Tally {
    private long count;
    private final TreeSet<String> examples = new TreeSet<>();

    private void add(String example) {
      count++;
      examples.add(example);
      if (examples.size() > EXAMPLES) {
        examples.pollLast();
      }
    }
  }

  /**
   * Equal differences.
   *
   * @param examples message ids, ticket numbers or delivery keys, the first ones
   */
  public record Group(
      Kind kind,
      String channel,
      String path,
      String before,
      String after,
      long count,
      List<String> examples) {}

  private final Map<Place, Map<Values, Tally>> places = new HashMap<>();
  private final Map<Kind, Long> affected = new EnumMap<>(Kind.class);

  /** What differs about one message, ticket or delivery. */
  synchronized void add(String item, Collection<Difference> found) {
    found.stream()
        .map(Difference::kind)
        .distinct()
        .forEach(kind -> affected.merge(kind, 1L, Long::sum));
    for (Difference difference : found) {
      Place place = new Place(difference.kind(), difference.channel(), difference.path());
      boolean room = places.containsKey(place) || places.size() < MOST_PLACES;
      Map<Values, Tally> values =
          places.computeIfAbsent(room ? place : REMAINDER, any -> new HashMap<>());
      Values pair = new Values(difference.before(), difference.after());
      boolean roomForPair = room && (values.containsKey(pair) || values.size() < MOST_VALUES);
      values
          .computeIfAbsent(roomForPair ? pair : new Values(OTHERS, OTHERS), any -> new Tally())
          .add(item);
    }
  }

  /** By kind: how many messages, tickets or deliveries differ so. */
  synchronized Map<String, Long> affected() {
    return affected.entrySet().stream()
        .collect(
            Collectors.toMap(
                entry -> entry.getKey().code(),
                Map.Entry::getValue,
                Long::sum,
                java.util.LinkedHashMap::new));
  }

  /** Kind by kind, the most frequent first. */
  synchronized List<Group> groups() {
    return places.entrySet().stream()
        .flatMap(
            place ->
                place.getValue().entrySet().stream()
                    .map(values -> group(place.getKey(), values.getKey(), values.getValue())))
        .sorted(
            Comparator.comparing(Group::kind)
                .thenComparing(Comparator.comparingLong(Group::count).reversed())
                .thenComparing(Group::channel)
                .thenComparing(Group::path)
                .thenComparing(Group::before)
                .thenComparing(Group::after))
        .toList();
  }

  private static Group group(Place place, Values values, Tally tally) {
    return new Group(
        place.kind(),
        place.channel(),
        place.path(),
        values.before(),
        values.after(),
        tally.count,
        List.copyOf(tally.examples));
  }
}
