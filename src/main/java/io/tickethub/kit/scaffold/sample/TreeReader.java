package io.tickethub.kit.scaffold.sample;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Finds the records inside parsed JSON and XML, and their fields. */
final class TreeReader {

  private static final int FEW = 4;

  private TreeReader() {}

  /**
   * What was read.
   *
   * @param place where the records are
   * @param list a message may hold several records
   */
  record Read(FieldPath place, boolean list, List<Map<FieldPath, List<String>>> records) {}

  static Read read(List<Object> trees) {
    List<String> place = new ArrayList<>();
    List<Object> nodes = new ArrayList<>();
    boolean list = false;
    for (Object tree : trees) {
      list |= tree instanceof List;
      add(tree, nodes);
    }
    while (!list) {
      Optional<String> step = wrapper(nodes).or(() -> records(List.copyOf(nodes)));
      if (step.isEmpty()) {
        break;
      }
      place.add(step.get());
      List<Object> inside = new ArrayList<>();
      for (Object node : nodes) {
        Object value = ((Map<?, ?>) node).get(step.get());
        list |= value instanceof List;
        add(value, inside);
      }
      nodes.clear();
      nodes.addAll(inside);
    }
    return new Read(new FieldPath(place), list, nodes.stream().map(TreeReader::flattened).toList());
  }

  private static void add(Object value, List<Object> nodes) {
    if (value instanceof List<?> several) {
      nodes.addAll(several.stream().filter(Map.class::isInstance).toList());
    } else if (value != null) {
      nodes.add(value);
    }
  }

  /** The one name all nodes have around everything else. */
  private static Optional<String> wrapper(List<Object> nodes) {
    Set<String> names = new LinkedHashSet<>();
    for (Object node : nodes) {
      if (!(node instanceof Map<?, ?> map)
          || map.size() != 1
          || !holdsMaps(map.values().iterator().next())) {
        return Optional.empty();
      }
      names.add(String.valueOf(map.keySet().iterator().next()));
    }
    return names.size() == 1 ? names.stream().findFirst() : Optional.empty();
  }

  /** A list of objects that has next to nothing beside it. */
  private static Optional<String> records(List<Object> nodes) {
    for (Object node : nodes) {
      if (!(node instanceof Map<?, ?> map)) {
        return Optional.empty();
      }
      for (Map.Entry<?, ?> entry : map.entrySet()) {
        if (entry.getValue() instanceof List<?> items
            && !items.isEmpty()
            && items.get(0) instanceof Map) {
          int inside = flattened(items.get(0)).size();
          Map<Object, Object> rest = new LinkedHashMap<>(map);
          rest.remove(entry.getKey());
          int beside = flattened(rest).size();
          if (beside <= FEW && inside > beside && everywhere(nodes, entry.getKey())) {
            return Optional.of(String.valueOf(entry.getKey()));
          }
        }
      }
    }
    return Optional.empty();
  }

  private static boolean everywhere(List<Object> nodes, Object name) {
    return nodes.stream().allMatch(node -> node instanceof Map<?, ?> map && map.containsKey(name));
  }

  private static boolean holdsMaps(Object value) {
    return value instanceof Map
        || value instanceof List<?> list
            && !list.isEmpty()
            && list.stream().allMatch(Map.class::isInstance);
  }

  private static Map<FieldPath, List<String>> flattened(Object node) {
    Map<FieldPath, List<String>> fields = new LinkedHashMap<>();
    flatten(node, new FieldPath(List.of()), fields);
    return fields;
  }

  private static void flatten(Object node, FieldPath path, Map<FieldPath, List<String>> fields) {
    if (node instanceof Map<?, ?> map) {
      map.forEach((name, value) -> flatten(value, path.then(String.valueOf(name)), fields));
    } else if (node instanceof List<?> list) {
      list.forEach(item -> flatten(item, path, fields));
    } else if (!path.steps().isEmpty()) {
      fields
          .computeIfAbsent(path, any -> new ArrayList<>())
          .add(node == null ? "" : String.valueOf(node));
    }
  }
}
