package io.tickethub.connector.camel;

import jakarta.jms.JMSException;
import jakarta.servlet.http.HttpServletRequest;
import java.util.Enumeration;
import org.apache.camel.Message;
import org.apache.camel.component.jms.JmsMessage;
import org.apache.camel.http.common.HttpMessage;

/** W3C's {@code traceparent}: a header of HTTP, a property of JMS. */
final class TraceHeader {

  static final String NAME = "traceparent";

  private TraceHeader() {}

  /** As its sender wrote it, unchecked; null if the message came with none, or with several. */
  static String of(Message message) throws JMSException {
    if (message instanceof HttpMessage web && web.getRequest() != null) {
      return only(web.getRequest());
    }
    return message instanceof JmsMessage queued && queued.getJmsMessage() != null
        ? queued.getJmsMessage().getStringProperty(NAME)
        : null;
  }

  private static String only(HttpServletRequest request) {
    Enumeration<String> values = request.getHeaders(NAME);
    String first = values.hasMoreElements() ? values.nextElement() : null;
    return values.hasMoreElements() ? null : first;
  }
}
