package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.StringWriter;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;

/** Writes the tree that {@link XmlFormat} describes. Nulls are left out. */
final class XmlWriter {

  private static final Pattern ELEMENT_NAME = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}._-]*");

  private final XMLStreamWriter out;

  private XmlWriter(XMLStreamWriter out) {
    this.out = out;
  }

  static String write(Map.Entry<String, Object> root) {
    StringWriter text = new StringWriter();
    try {
      XMLStreamWriter out = XMLOutputFactory.newDefaultFactory().createXMLStreamWriter(text);
      new XmlWriter(out).element(root.getKey(), root.getValue());
      out.close();
      return text.toString();
    } catch (XMLStreamException e) {
      throw new MappingException(
          ProblemCode.MAPPING, "the mapped value cannot be written as XML: " + e.getMessage());
    }
  }

  private void element(String name, Object value) throws XMLStreamException {
    out.writeStartElement(checked(name));
    if (value instanceof Map<?, ?> map) {
      children(map);
    } else {
      out.writeCharacters(text(value));
    }
    out.writeEndElement();
  }

  private void children(Map<?, ?> map) throws XMLStreamException {
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      if (name.startsWith("@") && entry.getValue() != null) {
        out.writeAttribute(checked(name.substring(1)), text(entry.getValue()));
      }
    }
    for (Map.Entry<?, ?> entry : map.entrySet()) {
      String name = String.valueOf(entry.getKey());
      Object value = entry.getValue();
      if (name.startsWith("@") || value == null) {
        continue;
      }
      if (name.equals("#text")) {
        out.writeCharacters(text(value));
      } else if (value instanceof List<?> list) {
        for (Object item : list) {
          element(name, item);
        }
      } else {
        element(name, value);
      }
    }
  }

  private static String checked(String name) {
    if (!ELEMENT_NAME.matcher(name).matches()) {
      throw new MappingException(
          Problem.of(ProblemCode.MAPPING, name, null, "is not the name of an XML element"));
    }
    return name;
  }

  /** XML 1.0 has no place for most control characters and for halves of pairs: they are dropped. */
  private static String text(Object value) {
    if (value instanceof Map || value instanceof List) {
      throw new MappingException(
          ProblemCode.MAPPING, "an object or a list stands where XML can only have text");
    }
    String text = value == null ? "" : String.valueOf(value);
    return text.codePoints()
        .filter(XmlWriter::isLegal)
        .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
        .toString();
  }

  private static boolean isLegal(int point) {
    return point == '\n'
        || point == '\r'
        || point == '\t'
        || point >= 0x20 && point < Character.MIN_SURROGATE
        || point > Character.MAX_SURROGATE && point < 0xFFFE
        || point > 0xFFFF;
  }
}
