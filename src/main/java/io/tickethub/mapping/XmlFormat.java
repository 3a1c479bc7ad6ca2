package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.io.StringReader;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.xml.XMLConstants;
import javax.xml.namespace.QName;
import javax.xml.parsers.ParserConfigurationException;
import javax.xml.parsers.SAXParserFactory;
import javax.xml.validation.Schema;
import org.xml.sax.InputSource;
import org.xml.sax.SAXException;
import org.xml.sax.XMLReader;

/**
 * XML without DTDs, with an optional XML Schema.
 *
 * <p>As a tree, an element is its text, or a map of its attributes ({@code @name}), its children by
 * local name and, where it has both, its text ({@code #text}); children of one name are a list. The
 * root is a map with one entry. Attributes of XML Schema itself ({@code xsi:type}) are no part of
 * the tree. To write a namespace, give the root element {@code @xmlns}.
 */
public final class XmlFormat implements Format {

  private final Schema schema;
  private final Limits limits;
  private final SAXParserFactory parsers;

  /** Without a schema if {@code schema} is null. */
  public XmlFormat(Schema schema, Limits limits) {
    this.schema = schema;
    this.limits = limits;
    this.parsers = secureParsers();
  }

  @Override
  public Object read(String text) {
    return read(text, List.of());
  }

  /**
   * Reads, validating only what lies inside {@code wrappers}, from the outside in, such as envelope
   * and body of SOAP.
   */
  Map<String, Object> read(String text, List<QName> wrappers) {
    XmlTreeBuilder builder = new XmlTreeBuilder(schema, wrappers, limits.depth());
    try {
      XMLReader reader = parsers.newSAXParser().getXMLReader();
      reader.setProperty(XmlTreeBuilder.LANGUAGE, Locale.ROOT);
      reader.setContentHandler(builder);
      reader.setErrorHandler(builder);
      reader.parse(new InputSource(new StringReader(text)));
      return builder.root();
    } catch (SAXException e) {
      if (e.getException() instanceof MappingException known) {
        throw known;
      }
      throw new MappingException(builder.malformed(e.getMessage()));
    } catch (ParserConfigurationException | IOException e) {
      throw new MappingException(ProblemCode.INTERNAL, e.getMessage());
    }
  }

  @Override
  public String write(Object tree) {
    String text = XmlWriter.write(rootOf(tree));
    if (schema != null) {
      read(text);
    }
    return text;
  }

  /** The single root element of a tree to be written. */
  static Map.Entry<String, Object> rootOf(Object tree) {
    if (tree instanceof Map<?, ?> map && map.size() == 1) {
      Map.Entry<?, ?> root = map.entrySet().iterator().next();
      if (!(root.getValue() instanceof List)) {
        return Map.entry(
            String.valueOf(root.getKey()), root.getValue() == null ? "" : root.getValue());
      }
    }
    throw new MappingException(
        Problem.of(ProblemCode.MAPPING, "XML needs exactly one root element from its mapping"));
  }

  private static SAXParserFactory secureParsers() {
    try {
      SAXParserFactory factory = SAXParserFactory.newDefaultInstance();
      factory.setNamespaceAware(true);
      factory.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
      factory.setFeature("http://apache.org/xml/features/disallow-doctype-decl", true);
      factory.setFeature("http://xml.org/sax/features/external-general-entities", false);
      factory.setFeature("http://xml.org/sax/features/external-parameter-entities", false);
      return factory;
    } catch (ParserConfigurationException | SAXException e) {
      throw new IllegalStateException("the JDK's XML parser cannot be secured", e);
    }
  }
}
