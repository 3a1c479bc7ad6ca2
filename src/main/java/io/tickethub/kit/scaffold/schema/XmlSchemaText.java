package io.tickethub.kit.scaffold.schema;

import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * Writes an XML Schema that messages keep to: structure first. Texts are free but for dates of XML
 * Schema's own form; the order of elements matters only where one repeats.
 */
final class XmlSchemaText {

  private final String target;
  private final int enough;
  private final boolean typed;
  private final StringBuilder text = new StringBuilder();

  private XmlSchemaText(String target, int enough, boolean typed) {
    this.target = target;
    this.enough = enough;
    this.typed = typed;
  }

  /**
   * Empty if the messages' root elements are of several namespaces: a schema has one.
   *
   * @param enough so many elements have to have a child before it is required
   * @param typed dates are checked to be dates
   */
  static Optional<String> of(XmlShapes shapes, List<String> remarks, int enough, boolean typed) {
    Set<String> namespaces =
        shapes.roots().stream()
            .map(root -> root.name().getNamespaceURI())
            .collect(Collectors.toSet());
    if (namespaces.size() != 1) {
      return Optional.empty();
    }
    XmlSchemaText schema = new XmlSchemaText(namespaces.iterator().next(), enough, typed);
    schema.write(shapes.roots(), remarks);
    return Optional.of(schema.text.toString());
  }

  private void write(List<ElementShape> roots, List<String> remarks) {
    text.append("<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n");
    remarks.forEach(
        remark -> text.append("<!-- %s -->\n".formatted(remark.replaceAll("-(?=-)", "- "))));
    text.append("<xs:schema xmlns:xs=\"http://www.w3.org/2001/XMLSchema\"");
    if (!target.isEmpty()) {
      text.append(
          " targetNamespace=\"%s\" elementFormDefault=\"qualified\"".formatted(escaped(target)));
    }
    text.append(">\n");
    roots.forEach(root -> element(root, "", "  "));
    text.append("</xs:schema>\n");
  }

  private void element(ElementShape shape, String occurrence, String margin) {
    boolean unqualified = !target.isEmpty() && shape.name().getNamespaceURI().isEmpty();
    String start =
        "%s<xs:element name=\"%s\"%s%s"
            .formatted(
                margin,
                shape.name().getLocalPart(),
                unqualified ? " form=\"unqualified\"" : "",
                occurrence);
    boolean leaf = shape.children().isEmpty();
    if (leaf && shape.attributes().isEmpty() && !shape.hasForeignAttributes()) {
      text.append("%s type=\"%s\"/>\n".formatted(start, type(shape)));
      return;
    }
    text.append(start).append(">\n");
    String inner = margin + "  ";
    text.append(
        "%s<xs:complexType%s>\n"
            .formatted(inner, !leaf && shape.hasText() ? " mixed=\"true\"" : ""));
    if (leaf) {
      text.append(
          "%s  <xs:simpleContent>\n%s    <xs:extension base=\"%s\">\n"
              .formatted(inner, inner, type(shape)));
      attributes(shape, inner + "      ");
      text.append("%s    </xs:extension>\n%s  </xs:simpleContent>\n".formatted(inner, inner));
    } else {
      content(shape, inner + "  ");
      attributes(shape, inner + "  ");
    }
    text.append("%s</xs:complexType>\n%s</xs:element>\n".formatted(inner, margin));
  }

  private String type(ElementShape shape) {
    return typed && shape.instances() >= enough ? shape.textType() : "xs:string";
  }

  private void content(ElementShape shape, String margin) {
    boolean foreign =
        shape.children().stream()
            .map(child -> child.name().getNamespaceURI())
            .anyMatch(namespace -> !namespace.isEmpty() && !namespace.equals(target));
    Optional<List<ElementShape>> order = shape.order();
    if (foreign) {
      String open =
          "<!-- Elements of other namespaces are among them: none is checked. -->\n"
              + "%s  <xs:any minOccurs=\"0\" maxOccurs=\"unbounded\" processContents=\"skip\"/>\n";
      group(
          margin, "sequence", "", () -> text.append(margin).append("  " + open.formatted(margin)));
    } else if (!shape.hasRepeated()) {
      group(margin, "all", "", () -> children(shape, shape.children(), margin + "  "));
    } else if (order.isPresent()) {
      group(margin, "sequence", "", () -> children(shape, order.get(), margin + "  "));
    } else {
      String any = " minOccurs=\"0\" maxOccurs=\"unbounded\"";
      group(
          margin,
          "choice",
          any,
          () -> shape.children().forEach(child -> element(child, "", margin + "  ")));
    }
  }

  private void group(String margin, String name, String occurrence, Runnable content) {
    text.append("%s<xs:%s%s>\n".formatted(margin, name, occurrence));
    content.run();
    text.append("%s</xs:%s>\n".formatted(margin, name));
  }

  private void children(ElementShape parent, List<ElementShape> children, String margin) {
    for (ElementShape child : children) {
      boolean required = parent.instances() >= enough && parent.isAlwaysThere(child.name());
      String occurrence =
          (required ? "" : " minOccurs=\"0\"")
              + (parent.isRepeated(child.name()) ? " maxOccurs=\"unbounded\"" : "");
      element(child, occurrence, margin);
    }
  }

  private void attributes(ElementShape shape, String margin) {
    for (Map.Entry<String, Integer> attribute : shape.attributes().entrySet()) {
      boolean required = shape.instances() >= enough && attribute.getValue() == shape.instances();
      text.append(
          "%s<xs:attribute name=\"%s\" type=\"xs:string\"%s/>\n"
              .formatted(margin, attribute.getKey(), required ? " use=\"required\"" : ""));
    }
    if (shape.hasForeignAttributes()) {
      text.append(
          "%s<xs:anyAttribute namespace=\"##other\" processContents=\"skip\"/>\n"
              .formatted(margin));
    }
  }

  private static String escaped(String value) {
    return value.replace("&", "&amp;").replace("<", "&lt;").replace("\"", "&quot;");
  }
}
