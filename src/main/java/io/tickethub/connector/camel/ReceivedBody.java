package io.tickethub.connector.camel;

import jakarta.jms.BytesMessage;
import jakarta.jms.Destination;
import jakarta.jms.JMSException;
import jakarta.jms.Queue;
import jakarta.jms.TextMessage;
import jakarta.jms.Topic;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.net.SocketTimeoutException;
import java.nio.charset.Charset;
import java.time.Duration;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import org.apache.camel.Exchange;
import org.apache.camel.Message;

/** The bytes and the permitted headers of what a route received. */
final class ReceivedBody {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PART = 16 << 10;

  private ReceivedBody() {}

  /**
   * At most {@code most} bytes and one more, by which too much can be told. A JMS object message is
   * never read.
   */
  static byte[] bytes(Exchange exchange, int most, Charset charset)
      throws IOException, JMSException, NoBytesException {
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
    if (body instanceof jakarta.jms.Message) {
      throw new NoBytesException("only text and bytes messages are taken");
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
      return read(stream, most);
    }
  }

  /** Who sends a byte now and then must not hold a thread for ever. */
  private static byte[] read(InputStream stream, int most) throws IOException {
    long start = System.nanoTime();
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    byte[] part = new byte[PART];
    while (bytes.size() <= most) {
      int count = stream.read(part, 0, Math.min(PART, most + 1 - bytes.size()));
      if (count < 0) {
        break;
      }
      bytes.write(part, 0, count);
      if (System.nanoTime() - start > PATIENCE.toNanos()) {
        throw new SocketTimeoutException("not at its end after " + PATIENCE);
      }
    }
    return bytes.toByteArray();
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
