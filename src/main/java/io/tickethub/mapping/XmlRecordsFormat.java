package io.tickethub.mapping;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.StringReader;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import javax.xml.stream.XMLEventReader;
import javax.xml.stream.XMLEventWriter;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.events.XMLEvent;
import javax.xml.validation.Schema;

/**
 * A file of repeated elements, found by their path of local names from the root. Each is a message:
 * it is kept as an XML text of its own, with the namespaces it uses. The schema is that of one.
 */
public final class XmlRecordsFormat extends DocumentOfRecords {

  private final List<String> path;
  private final XmlFormat record;
  private final Charset charset;
  private final XMLInputFactory readers = secureReaders();
  private final XMLOutputFactory writers = XMLOutputFactory.newDefaultFactory();

  /**
   * @param path of the repeated element, such as {@code Faults/Fault}
   * @param schema of one element; null for none
   */
  public XmlRecordsFormat(String path, Schema schema, TextCodec codec, Limits limits) {
    this(path, new XmlFormat(null, limits), new XmlFormat(schema, limits), codec);
  }

  private XmlRecordsFormat(String path, XmlFormat whole, XmlFormat record, TextCodec codec) {
    super(whole, record, codec);
    this.path = path(path);
    this.record = record;
    this.charset = codec.charset();
    writers.setProperty(XMLOutputFactory.IS_REPAIRING_NAMESPACES, true);
  }

  private static XMLInputFactory secureReaders() {
    XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
    factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
    factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
    return factory;
  }

  @Override
  List<RawRecord> records(String text) {
    List<RawRecord> records = new ArrayList<>();
    Deque<String> open = new ArrayDeque<>();
    try {
      XMLEventReader events = readers.createXMLEventReader(new StringReader(text));
      while (events.hasNext()) {
        XMLEvent event = events.peek();
        if (event.isStartElement()) {
          open.addLast(event.asStartElement().getName().getLocalPart());
          if (List.copyOf(open).equals(path)) {
            records.add(record(events));
            open.removeLast();
            continue;
          }
        } else if (event.isEndElement()) {
          open.removeLast();
        }
        events.nextEvent();
      }
    } catch (XMLStreamException e) {
      throw new MappingException(
          Problem.of(ProblemCode.MALFORMED, "not well-formed XML: " + e.getMessage()));
    }
    return records;
  }

  /** The element that begins now, to its end. */
  private RawRecord record(XMLEventReader events) throws XMLStreamException {
    int line = events.peek().getLocation().getLineNumber();
    StringWriter text = new StringWriter();
    XMLEventWriter writer = writers.createXMLEventWriter(text);
    int depth = 0;
    do {
      XMLEvent event = events.nextEvent();
      depth += event.isStartElement() ? 1 : event.isEndElement() ? -1 : 0;
      writer.add(event);
    } while (depth > 0);
    writer.close();
    return record(line, text.toString());
  }

  /** Each record is an object with one entry, the element. */
  @Override
  String document(List<?> records) {
    List<String> around = path.subList(0, path.size() - 1);
    StringBuilder text =
        new StringBuilder("<?xml version=\"1.0\" encoding=\"%s\"?>\n".formatted(charset));
    around.forEach(name -> text.append('<').append(name).append('>'));
    records.forEach(each -> text.append('\n').append(record.write(each)));
    text.append('\n');
    for (int i = around.size() - 1; i >= 0; i--) {
      text.append("</").append(around.get(i)).append('>');
    }
    return text.append('\n').toString();
  }
}
