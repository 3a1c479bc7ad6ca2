package io.tickethub.kit.scaffold.schema;

import java.io.IOException;
import java.io.StringReader;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import org.xml.sax.Attributes;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.helpers.DefaultHandler;

/** The shapes of the messages' root elements. */
final class XmlShapes {

  private final Map<QName, ElementShape> roots = new LinkedHashMap<>();
  private final int wrappers;

  /** {@code wrappers} elements lie around what is looked at, such as envelope and body. */
  XmlShapes(int wrappers) {
    this.wrappers = wrappers;
  }

  List<ElementShape> roots() {
    return List.copyOf(roots.values());
  }

  /** Looks at one more message, which the hub's own parser has read. */
  void add(String text) {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.newSAXParser().parse(new InputSource(new StringReader(text)), new Watcher());
    } catch (SAXException | ParserConfigurationException | IOException e) {
      throw new IllegalArgumentException("no XML message: " + e.getMessage(), e);
    }
  }

  private static final class Open {
    private final ElementShape shape;
    private final List<QName> content = new ArrayList<>();
    private final StringBuilder text = new StringBuilder();

    private Open(ElementShape shape) {
      this.shape = shape;
    }
  }

  private final class Watcher extends DefaultHandler {

    private final Deque<Open> open = new ArrayDeque<>();
    private final Deque<String> around = new ArrayDeque<>();

    @Override
    public void startElement(String uri, String localName, String name, Attributes attributes) {
      if (open.isEmpty() && (around.size() < wrappers || isHeader())) {
        around.push(localName);
        return;
      }
      QName element = new QName(uri, localName);
      ElementShape shape;
      if (open.isEmpty()) {
        shape = roots.computeIfAbsent(element, ElementShape::new);
      } else {
        open.peek().content.add(element);
        shape = open.peek().shape.child(element);
      }
      for (int i = 0; i < attributes.getLength(); i++) {
        if (!attributes.getURI(i).equals(XMLConstants.W3C_XML_SCHEMA_INSTANCE_NS_URI)) {
          shape.attribute(attributes.getURI(i), attributes.getLocalName(i));
        }
      }
      open.push(new Open(shape));
    }

    /** What stands beside the body of an envelope. */
    private boolean isHeader() {
      return wrappers > 0 && !around.contains("Body");
    }

    @Override
    public void characters(char[] characters, int start, int length) {
      if (!open.isEmpty()) {
        open.peek().text.append(characters, start, length);
      }
    }

    @Override
    public void endElement(String uri, String localName, String name) {
      if (open.isEmpty()) {
        around.pop();
        return;
      }
      Open ended = open.pop();
      ended.shape.seen(ended.content, ended.text.toString());
    }
  }
}
