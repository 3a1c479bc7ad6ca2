package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * Copies what foreign code built into a tree of plain values, within the limits: a tree that holds
 * itself, or the same part many times, comes to an end.
 */
final class PlainTree {

  private final Limits limits;
  private int values;

  private PlainTree(Limits limits) {
    this.limits = limits;
  }

  static Object copy(Object tree, Limits limits) {
    return new PlainTree(limits).copy(tree, "", limits.depth());
  }

  private Object copy(Object value, String path, int levels) {
    values++;
    if (values > limits.bytes()) {
      throw new MappingException(
          ProblemCode.TOO_LARGE, "it has more values than %d".formatted(limits.bytes()));
    }
    if (value instanceof Map<?, ?> || value instanceof List<?>) {
      if (levels == 0) {
        throw new MappingException(
            ProblemCode.TOO_DEEP, "nested deeper than %d levels".formatted(limits.depth()));
      }
      return value instanceof Map<?, ?> map
          ? map(map, path, levels - 1)
          : list((List<?>) value, path, levels - 1);
    }
    boolean endless =
        value instanceof Double real && !Double.isFinite(real)
            || value instanceof Float shorter && !Float.isFinite(shorter);
    if (value == null
        || value instanceof String
        || value instanceof Boolean
        || value instanceof Number && !endless) {
      return value;
    }
    throw wrong(
        path,
        endless
            ? "the format gave a number that is none"
            : "the format gave a %s, which no tree holds".formatted(value.getClass().getName()));
  }

  private Map<String, Object> map(Map<?, ?> map, String path, int levels) {
    Map<String, Object> copy = new LinkedHashMap<>();
    map.forEach(
        (key, value) -> {
          if (!(key instanceof String name)) {
            throw wrong(path, "the format gave a key that is no text");
          }
          copy.put(name, copy(value, path.isEmpty() ? name : path + "." + name, levels));
        });
    return copy;
  }

  private List<Object> list(List<?> list, String path, int levels) {
    List<Object> copy = new ArrayList<>();
    for (Object value : list) {
      copy.add(copy(value, "%s[%d]".formatted(path, copy.size()), levels));
    }
    return copy;
  }

  private static MappingException wrong(String path, String detail) {
    return new MappingException(
        Problem.of(ProblemCode.INTERNAL, path.isEmpty() ? null : path, null, detail));
  }
}
