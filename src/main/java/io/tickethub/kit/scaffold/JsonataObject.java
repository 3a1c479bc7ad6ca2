package io.tickethub.kit.scaffold;

import java.util.ArrayList;
import java.util.List;

/** An object of a JSONata expression, written one property a line with a comment behind it. */
final class JsonataObject {

  private record Property(String name, String expression, JsonataObject object, String comment) {}

  private final List<Property> properties = new ArrayList<>();

  JsonataObject add(String name, String expression, String comment) {
    properties.add(new Property(name, expression, null, comment));
    return this;
  }

  JsonataObject add(String name, JsonataObject object) {
    if (!object.isEmpty()) {
      properties.add(new Property(name, null, object, ""));
    }
    return this;
  }

  boolean isEmpty() {
    return properties.isEmpty();
  }

  String text(int indent) {
    String margin = " ".repeat(indent);
    StringBuilder text = new StringBuilder("{\n");
    for (int i = 0; i < properties.size(); i++) {
      Property property = properties.get(i);
      text.append(margin).append("  \"").append(property.name()).append("\": ");
      text.append(
          property.object() == null ? property.expression() : property.object().text(indent + 2));
      text.append(i + 1 < properties.size() ? "," : "");
      text.append(property.comment().isEmpty() ? "" : " " + comment(property.comment()));
      text.append('\n');
    }
    return text.append(margin).append('}').toString();
  }

  static String comment(String text) {
    return text.isEmpty() ? "" : "/* " + text.replace("*/", "* /").replace('\n', ' ') + " */";
  }
}
