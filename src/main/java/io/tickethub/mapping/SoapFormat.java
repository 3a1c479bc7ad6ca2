package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.namespace.QName;
import javax.xml.validation.Schema;

/**
 * A SOAP envelope, of 1.1 or 1.2, around one payload element. The tree is the payload's (see {@link
 * XmlFormat}); headers are not read. The schema is that of the payload, usually from the types of a
 * WSDL. A fault is read like any payload and written by {@link #fault}.
 */
public final class SoapFormat implements Format {

  private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String SOAP_12 = "http://www.w3.org/2003/05/soap-envelope";
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"%s\"?>\n" + "<soap:Envelope xmlns:soap=\"%s\"><soap:Body>";
  private static final String CLOSE = "</soap:Body></soap:Envelope>";

  private final String namespace;
  private final XmlFormat reading;
  private final XmlFormat payload;
  private final String charset;

  private SoapFormat(String namespace, Schema schema, String charset, Limits limits) {
    this.namespace = namespace;
    this.reading = new XmlFormat(schema, limits);
    this.payload = new XmlFormat(schema, limits);
    this.charset = charset;
  }

  /**
   * SOAP 1.1.
   *
   * @param schema of the payload; null for none
   * @param charset named in the XML declaration
   */
  public static SoapFormat soap11(Schema schema, String charset, Limits limits) {
    return new SoapFormat(SOAP_11, schema, charset, limits);
  }

  /** SOAP 1.2; see {@link #soap11}. */
  public static SoapFormat soap12(Schema schema, String charset, Limits limits) {
    return new SoapFormat(SOAP_12, schema, charset, limits);
  }

  @Override
  public Object read(String text) {
    Map<String, Object> root =
        reading.read(text, List.of(new QName(namespace, "Envelope"), new QName(namespace, "Body")));
    if (root.get("Envelope") instanceof Map<?, ?> envelope
        && envelope.get("Body") instanceof Map<?, ?> body) {
      Map<String, Object> elements = new LinkedHashMap<>();
      body.forEach(
          (name, value) -> {
            if (!String.valueOf(name).startsWith("@")) {
              elements.put(String.valueOf(name), value);
            }
          });
      if (elements.size() == 1 && !(elements.values().iterator().next() instanceof List)) {
        return elements;
      }
    }
    throw new MappingException(
        Problem.of(ProblemCode.MALFORMED, "not a SOAP envelope with one element in its body"));
  }

  @Override
  public String write(Object tree) {
    return OPEN.formatted(charset, namespace) + payload.write(tree) + CLOSE;
  }

  /**
   * A fault.
   *
   * @param senders whether the sender has to mend its message; if not, it may try again
   */
  public String fault(boolean senders, String text, Map<String, Object> detail) {
    boolean first = namespace.equals(SOAP_11);
    String xmlDetail = inside(XmlWriter.write(Map.entry("detail", detail)), "detail");
    String xmlText = inside(XmlWriter.write(Map.entry("text", text)), "text");
    String fault =
        first
            ? "<faultcode>soap:%s</faultcode><faultstring>%s</faultstring><detail>%s</detail>"
                .formatted(senders ? "Client" : "Server", xmlText, xmlDetail)
            : "<soap:Code><soap:Value>soap:%s</soap:Value></soap:Code><soap:Reason><soap:Text xml:lang=\"en\">%s</soap:Text></soap:Reason><soap:Detail>%s</soap:Detail>"
                .formatted(senders ? "Sender" : "Receiver", xmlText, xmlDetail);
    return OPEN.formatted(charset, namespace) + "<soap:Fault>" + fault + "</soap:Fault>" + CLOSE;
  }

  private static String inside(String element, String name) {
    return element.substring(name.length() + 2, element.length() - name.length() - 3);
  }
}
