package io.tickethub.tmf;

import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.Set;

/** Shows only some properties of a resource; id, href and type are always among them. */
final class FieldSelection {

  private static final Set<String> ALWAYS = Set.of("id", "href", "@type");

  private FieldSelection() {}

  /** {@code fields} may name what is within others by a dot: then all of the outer is shown. */
  static ObjectNode apply(ObjectNode resource, Set<String> fields) {
    if (fields.isEmpty()) {
      return resource;
    }
    ObjectNode shown = resource.objectNode();
    resource
        .properties()
        .forEach(
            entry -> {
              String name = entry.getKey();
              boolean wanted =
                  ALWAYS.contains(name)
                      || fields.contains(name)
                      || fields.stream().anyMatch(field -> field.startsWith(name + "."));
              if (wanted) {
                shown.set(name, entry.getValue());
              }
            });
    return shown;
  }
}
