package io.tickethub.standin;

import java.io.ByteArrayInputStream;
import java.nio.charset.StandardCharsets;
import javax.xml.parsers.DocumentBuilderFactory;
import org.w3c.dom.Document;
import org.w3c.dom.Element;
import org.w3c.dom.NodeList;

/** XML as a system of twenty years ago handles it: by hand. */
final class Xml {

  private final Element root;

  private Xml(Element root) {
    this.root = root;
  }

  static Xml parse(byte[] bytes) throws Exception {
    DocumentBuilderFactory factory = DocumentBuilderFactory.newInstance();
    factory.setNamespaceAware(true);
    Document document = factory.newDocumentBuilder().parse(new ByteArrayInputStream(bytes));
    return new Xml(document.getDocumentElement());
  }

  static Xml parse(String text) throws Exception {
    return parse(text.getBytes(StandardCharsets.UTF_8));
  }

  /** The name of the root element. */
  String name() {
    return root.getLocalName();
  }

  /** The text of the first element of a name; null if there is none. */
  String text(String name) {
    NodeList found = root.getElementsByTagNameNS("*", name);
    return found.getLength() == 0 ? null : found.item(0).getTextContent();
  }

  String attribute(String name) {
    return root.getAttribute(name);
  }

  /** The first element of a name as a root of its own; null if there is none. */
  Xml element(String name) {
    NodeList found = root.getElementsByTagNameNS("*", name);
    return found.getLength() == 0 ? null : new Xml((Element) found.item(0));
  }

  /** The first element inside this one. */
  Xml firstChild() {
    NodeList children = root.getChildNodes();
    for (int i = 0; i < children.getLength(); i++) {
      if (children.item(i) instanceof Element element) {
        return new Xml(element);
      }
    }
    return null;
  }

  static String escape(String text) {
    return text == null
        ? ""
        : text.replace("&", "&amp;")
            .replace("<", "&lt;")
            .replace(">", "&gt;")
            .replace("\"", "&quot;");
  }

  /** An element, or nothing for a null value. */
  static String element(String name, Object value) {
    return value == null ? "" : "<%s>%s</%s>".formatted(name, escape(String.valueOf(value)), name);
  }
}
