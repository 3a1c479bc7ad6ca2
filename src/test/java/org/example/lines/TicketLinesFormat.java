package org.example.lines;

import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFormat;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * The worked example of a format in Java: the lines of an old fault desk (障碍台), which end with the
 * number of their bytes, so that a cut message is noticed.
 *
 * <pre>
 * NO:F-1001|ST:OPEN
 * TX:宽带无法上网,
 * +客户称灯闪红
 * END:48
 * </pre>
 */
public final class TicketLinesFormat implements MessageFormat {

  private static final String END = "END:";
  private static final String CONTINUED = "+";

  @Override
  public String name() {
    return "ticket-lines";
  }

  @Override
  public Map<String, Object> parse(byte[] message, Charset charset) {
    String text = new String(message, charset);
    int end = text.lastIndexOf(END);
    if (end < 0) {
      throw wrong(ProblemCode.MALFORMED, null, END, "the message has no end");
    }
    String content = text.substring(0, end);
    int length = Integer.parseInt(text.substring(end + END.length()).strip());
    if (content.getBytes(charset).length != length) {
      throw wrong(ProblemCode.MALFORMED, null, END, "the message has not the length it names");
    }
    return fields(content);
  }

  private static Map<String, Object> fields(String content) {
    Map<String, Object> fields = new LinkedHashMap<>();
    int number = 0;
    String last = null;
    for (String line : content.lines().toList()) {
      number++;
      if (line.startsWith(CONTINUED) && last != null) {
        fields.merge(last, line.substring(1), (before, more) -> before + "\n" + more);
        continue;
      }
      for (String field : line.split("\\|")) {
        int colon = field.indexOf(':');
        if (colon < 1) {
          throw wrong(ProblemCode.MALFORMED, number, null, "a field is a key, a colon, a value");
        }
        last = field.substring(0, colon);
        if (fields.put(last, field.substring(colon + 1)) != null) {
          throw wrong(ProblemCode.REPEATED_KEY, number, last, "the key is there twice");
        }
      }
    }
    return fields;
  }

  @Override
  public byte[] write(Object tree, Charset charset) {
    if (!(tree instanceof Map<?, ?> fields)) {
      throw wrong(ProblemCode.MAPPING, null, null, "the mapping has to give an object");
    }
    StringBuilder content = new StringBuilder();
    fields.forEach((key, value) -> content.append(line(key, value)));
    int length = content.toString().getBytes(charset).length;
    return content.append(END).append(length).append('\n').toString().getBytes(charset);
  }

  /** A bar would begin another field. */
  private static String line(Object key, Object value) {
    String text = String.valueOf(value).replace('|', '/').replace("\n", "\n" + CONTINUED);
    return key + ":" + text + "\n";
  }

  private static MappingException wrong(
      ProblemCode code, Integer line, String field, String detail) {
    return new MappingException(new Problem(code, line, field, null, detail));
  }
}
