package io.tickethub.connector;

import jakarta.xml.ws.Provider;
import jakarta.xml.ws.ServiceMode;
import jakarta.xml.ws.WebServiceProvider;
import java.io.StringReader;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;
import javax.xml.namespace.QName;
import javax.xml.transform.Source;
import javax.xml.transform.stream.StreamSource;
import org.apache.cxf.binding.soap.SoapFault;
import org.apache.cxf.staxutils.StaxUtils;
import org.w3c.dom.Document;
import org.w3c.dom.Node;

/** The fault ticketing service of the WSDL: whoever calls it has been held to the WSDL by CXF. */
@WebServiceProvider
@ServiceMode
public class FaultTicketing implements Provider<Source> {

  private static final QName SERVER =
      new QName("http://schemas.xmlsoap.org/soap/envelope/", "Server");

  /** One call: its request and the hub's number of the ticket. */
  private record Call(String request, String ticket) {}

  private final Queue<Call> calls = new ConcurrentLinkedQueue<>();
  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicInteger failures = new AtomicInteger();

  /** The next calls are answered with a fault. */
  public void failNext(int count) {
    failures.set(count);
  }

  @Override
  public Source invoke(Source request) {
    if (failures.getAndUpdate(count -> Math.max(0, count - 1)) > 0) {
      throw fault("out of order");
    }
    try {
      Document document = StaxUtils.read(request);
      String name = document.getDocumentElement().getLocalName();
      String ticket = text(document, "hubTicketNo");
      calls.add(new Call(name, ticket));
      return new StreamSource(new StringReader(answer(name, ticket)));
    } catch (Exception e) {
      complaints.add(String.valueOf(e));
      throw fault("not understood");
    }
  }

  private static String text(Document document, String name) {
    Node node = document.getElementsByTagNameNS("urn:fault-112", name).item(0);
    return node == null ? "" : node.getTextContent();
  }

  private static String answer(String request, String ticket) {
    return request.equals("DispatchRequest")
        ? "<DispatchResponse xmlns=\"urn:fault-112\"><result>0</result><faultNo>F-%s</faultNo><serialNo>S-%s</serialNo></DispatchResponse>"
            .formatted(ticket, ticket)
        : "<OperationResponse xmlns=\"urn:fault-112\"><result>0</result></OperationResponse>";
  }

  private static SoapFault fault(String text) {
    return new SoapFault(text, SERVER);
  }

  /** The calls of one kind about one ticket. */
  List<String> heard(String request, String ticket) {
    return calls.stream()
        .filter(call -> call.equals(new Call(request, ticket)))
        .map(Call::request)
        .toList();
  }

  /** What it could not do. */
  List<String> complaints() {
    return List.copyOf(complaints);
  }
}
