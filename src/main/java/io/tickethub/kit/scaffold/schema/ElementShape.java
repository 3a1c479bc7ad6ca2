package io.tickethub.kit.scaffold.schema;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import javax.xml.namespace.QName;

/** What all elements at one place of XML messages have in common. */
final class ElementShape {

  private static final Pattern DATE_TIME =
      Pattern.compile("\\d{4}-\\d{2}-\\d{2}T\\d{2}:\\d{2}:\\d{2}([.]\\d+)?(Z|[+-]\\d{2}:\\d{2})?");
  private static final Pattern DATE = Pattern.compile("\\d{4}-\\d{2}-\\d{2}");

  private final QName name;
  private final Map<QName, ElementShape> children = new LinkedHashMap<>();
  private final Map<String, Integer> attributes = new LinkedHashMap<>();
  private final Set<List<QName>> sequences = new LinkedHashSet<>();
  private int instances;
  private boolean text;
  private boolean dateTimes = true;
  private boolean dates = true;
  private boolean foreignAttributes;

  ElementShape(QName name) {
    this.name = name;
  }

  QName name() {
    return name;
  }

  int instances() {
    return instances;
  }

  ElementShape child(QName child) {
    return children.computeIfAbsent(child, ElementShape::new);
  }

  void attribute(String namespace, String attribute) {
    if (namespace.isEmpty()) {
      attributes.merge(attribute, 1, Integer::sum);
    } else {
      foreignAttributes = true;
    }
  }

  /** One of the elements has ended. */
  void seen(List<QName> content, String characters) {
    instances++;
    sequences.add(List.copyOf(content));
    text |= !characters.isBlank();
    dateTimes &= DATE_TIME.matcher(characters).matches();
    dates &= DATE.matcher(characters).matches();
  }

  List<ElementShape> children() {
    return List.copyOf(children.values());
  }

  /** By name, how many elements have it. */
  Map<String, Integer> attributes() {
    return attributes;
  }

  boolean hasForeignAttributes() {
    return foreignAttributes;
  }

  boolean hasText() {
    return text;
  }

  /** The built-in type that all texts have. */
  String textType() {
    return dateTimes ? "xs:dateTime" : dates ? "xs:date" : "xs:string";
  }

  boolean isAlwaysThere(QName child) {
    return sequences.stream().allMatch(sequence -> sequence.contains(child));
  }

  boolean isRepeated(QName child) {
    return sequences.stream()
        .anyMatch(sequence -> sequence.indexOf(child) != sequence.lastIndexOf(child));
  }

  boolean hasRepeated() {
    return children.keySet().stream().anyMatch(this::isRepeated);
  }

  /** The order of the children that all elements keep; empty if there is none. */
  Optional<List<ElementShape>> order() {
    Map<QName, Set<QName>> before = new LinkedHashMap<>();
    children.keySet().forEach(child -> before.put(child, new HashSet<>()));
    for (List<QName> sequence : sequences) {
      for (int i = 1; i < sequence.size(); i++) {
        if (!sequence.get(i).equals(sequence.get(i - 1))) {
          before.get(sequence.get(i)).addAll(sequence.subList(0, i));
        }
      }
    }
    List<ElementShape> ordered = new ArrayList<>();
    Set<QName> done = new HashSet<>();
    while (ordered.size() < children.size()) {
      Optional<QName> next =
          before.keySet().stream()
              .filter(child -> !done.contains(child) && done.containsAll(before.get(child)))
              .findFirst();
      if (next.isEmpty()) {
        return Optional.empty();
      }
      done.add(next.get());
      ordered.add(children.get(next.get()));
    }
    return Optional.of(ordered);
  }
}
