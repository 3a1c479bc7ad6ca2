package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.MissingNode;
import java.util.TreeSet;

/** Finds the scalars in which two JSON trees differ. */
final class TreeDifferences {

  private final Visitor visitor;

  private TreeDifferences(Visitor visitor) {
    this.visitor = visitor;
  }

  /** Is told of each difference. A scalar that is not there is a missing node. */
  @FunctionalInterface
  interface Visitor {
    void differs(String path, JsonNode before, JsonNode after);
  }

  static void find(String path, JsonNode before, JsonNode after, Visitor visitor) {
    new TreeDifferences(visitor).compare(path, before, after);
  }

  private void compare(String path, JsonNode before, JsonNode after) {
    if (before.equals(after)) {
      return;
    }
    boolean objects = before.isObject() || after.isObject();
    boolean arrays = before.isArray() || after.isArray();
    if (objects) {
      TreeSet<String> names = new TreeSet<>();
      before.fieldNames().forEachRemaining(names::add);
      after.fieldNames().forEachRemaining(names::add);
      names.forEach(
          name ->
              compare(
                  path.isEmpty() ? name : path + "." + name, before.path(name), after.path(name)));
    } else if (arrays) {
      for (int i = 0; i < Math.max(before.size(), after.size()); i++) {
        compare("%s[%d]".formatted(path, i), before.path(i), after.path(i));
      }
    }
    if (isScalar(before) || isScalar(after) || !objects && !arrays) {
      visitor.differs(path, scalar(before), scalar(after));
    }
  }

  private static boolean isScalar(JsonNode node) {
    return node.isValueNode() && !node.isNull();
  }

  private static JsonNode scalar(JsonNode node) {
    return isScalar(node) ? node : MissingNode.getInstance();
  }
}
