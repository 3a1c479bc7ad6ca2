package io.tickethub.mapping;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import javax.xml.validation.Schema;

/**
 * A SOAP envelope around one payload element. The tree is the payload's (see {@link XmlFormat});
 * headers are not read. The schema is that of the payload, usually from the types of a WSDL. A
 * fault is read like any payload and written by {@link #fault}.
 */
public final class SoapFormat implements Format {

  private static final String SOAP_11 = "http://schemas.xmlsoap.org/soap/envelope/";
  private static final String OPEN =
      "<?xml version=\"1.0\" encoding=\"%s\"?>\n"
          + "<soap:Envelope xmlns:soap=\""
          + SOAP_11
          + "\"><soap:Body>";
  private static final String CLOSE = "</soap:Body></soap:Envelope>";
  private static final int WRAPPERS = 2;

  private final XmlFormat reading;
  private final XmlFormat payload;
  private final String charset;

  /**
   * @param schema of the payload; null for none
   * @param charset named in the XML declaration
   */
  public SoapFormat(Schema schema, String charset, Limits limits) {
    this.reading = new XmlFormat(schema, limits);
    this.payload = new XmlFormat(schema, limits);
    this.charset = charset;
  }

  @Override
  public Object read(String text) {
    XmlTreeBuilder read = reading.read(text, WRAPPERS);
    if (SOAP_11.equals(read.envelopeNamespace())
        && read.root().get("Envelope") instanceof Map<?, ?> envelope
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
        Problem.of(ProblemCode.MALFORMED, "not a SOAP 1.1 envelope with one element in its body"));
  }

  @Override
  public String write(Object tree) {
    return OPEN.formatted(charset) + payload.write(tree) + CLOSE;
  }

  /**
   * A SOAP 1.1 fault.
   *
   * @param code {@code Client} if the sender has to mend its message, {@code Server} if it may try
   *     again
   */
  public String fault(String code, String text, Map<String, Object> detail) {
    Map<String, Object> fault = new LinkedHashMap<>();
    fault.put("faultcode", "soap:" + code);
    fault.put("faultstring", text);
    fault.put("detail", detail);
    String element = XmlWriter.write(Map.entry("Fault", fault));
    String qualified = "<soap:Fault>" + element.substring("<Fault>".length());
    return OPEN.formatted(charset)
        + qualified.substring(0, qualified.length() - "</Fault>".length())
        + "</soap:Fault>"
        + CLOSE;
  }
}
