package io.tickethub.connector.camel;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The bytes and the permitted headers of what a route received. */
final class ReceivedBody {

  private ReceivedBody() {}

  /**
   * At most {@code most} bytes and one more, by which too much can be told. A JMS object message is
   * refused, never read.
   */
  static byte[] bytes(Exchange exchange, int most, Charset charset)
      throws IOException, JMSException {
    Object body = exchange.getMessage().getBody();
    if (body == null) {
      return new byte[0];
    }
    if (body instanceof TextMessage text) {
      String content = text.getText();
      return limited(content == null ? new byte[0] : content.getBytes(charset), most);
    }
    if (body instanceof BytesMessage binary) {
      byte[] bytes = new byte[(int) Math.min(binary.getBodyLength(), most + 1L)];
      binary.readBytes(bytes);
      return bytes;
    }
    if (body instanceof jakarta.jms.Message other) {
      throw new IOException(
          "only text and bytes messages are taken, not " + other.getClass().getSimpleName());
    }
    if (body instanceof byte[] bytes) {
      return limited(bytes, most);
    }
    if (body instanceof String text) {
      return limited(text.getBytes(charset), most);
    }
    try (InputStream stream = exchange.getMessage().getBody(InputStream.class)) {
      if (stream == null) {
        throw new IOException(
            "a body of %s cannot be read".formatted(body.getClass().getSimpleName()));
      }
      return stream.readNBytes(most + 1);
    }
  }

  private static byte[] limited(byte[] bytes, int most) {
    return bytes.length > most ? Arrays.copyOf(bytes, most + 1) : bytes;
  }

  static Map<String, String> headers(Message message, Set<String> permitted) throws JMSException {
    Map<String, String> headers = new TreeMap<>();
    for (String name : permitted) {
      Object value = message.getHeader(name);
      if (value != null) {
        headers.put(name, text(value));
      }
    }
    return headers;
  }

  private static String text(Object value) throws JMSException {
    if (value instanceof Destination destination) {
      return destination instanceof Queue queue
          ? queue.getQueueName()
          : ((Topic) destination).getTopicName();
    }
    return String.valueOf(value);
  }
}
