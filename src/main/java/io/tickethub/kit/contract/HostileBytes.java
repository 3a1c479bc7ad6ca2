package io.tickethub.kit.contract;

import io.tickethub.connector.folder.ConnectorManifest.Syntax;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.Charset;
import java.util.Arrays;
import java.util.Set;

/** Messages that a channel must not take, made of one that it takes. */
final class HostileBytes {

  private static final String DOCTYPE =
      "<!DOCTYPE any [<!ENTITY secret SYSTEM \"file:///etc/passwd\">]>";

  private static final Set<Syntax> XML = Set.of(Syntax.XML, Syntax.SOAP, Syntax.SOAP12);

  private final InboundChannel channel;
  private final Charset charset;
  private final byte[] good;

  HostileBytes(InboundChannel channel, byte[] good) {
    this.channel = channel;
    this.charset = Charset.forName(channel.form().charset());
    this.good = good;
  }

  /** Whether it is a document that is read as a whole before its records are. */
  private boolean isDocument() {
    Syntax syntax = channel.form().format();
    return !isRecords() || syntax == Syntax.JSON_RECORDS || syntax == Syntax.XML_RECORDS;
  }

  private boolean isRecords() {
    return channel.translation().format() instanceof RecordFormat;
  }

  /** With a byte in it that is no character of the channel's charset. */
  byte[] undecodable() {
    int middle = isDocument() ? good.length / 2 : lastRecord() + (good.length - lastRecord()) / 2;
    byte[] bytes = new byte[good.length + 1];
    System.arraycopy(good, 0, bytes, 0, middle);
    bytes[middle] = (byte) 0xFF;
    System.arraycopy(good, middle, bytes, middle + 1, good.length - middle);
    try {
      channel.translation().decode(bytes);
    } catch (MappingException e) {
      if (e.problem().code() == ProblemCode.UNDECODABLE) {
        return bytes;
      }
    }
    throw new NotApplicableException("any byte is a character in " + charset);
  }

  /** Half of it; of a file of lines, all but half of the last record. */
  byte[] truncated() {
    int end = isDocument() ? good.length / 2 : lastRecord() + (good.length - lastRecord()) / 2;
    return Arrays.copyOf(good, end);
  }

  private int lastRecord() {
    int end = good.length;
    while (end > 0 && (good[end - 1] == '\n' || good[end - 1] == '\r')) {
      end--;
    }
    int begin = end;
    while (begin > 0 && good[begin - 1] != '\n') {
      begin--;
    }
    return begin;
  }

  /** More than the channel takes. */
  byte[] tooLarge() {
    byte[] bytes = Arrays.copyOf(good, (int) channel.form().limits().size().toBytes() + 1);
    Arrays.fill(bytes, good.length, bytes.length, (byte) ' ');
    return bytes;
  }

  /** Nested deeper than the channel takes. */
  byte[] tooDeep() {
    int depth = channel.form().limits().depth() + 2;
    return switch (channel.form().format()) {
      case JSON, JSON_RECORDS ->
          ("{\"a\":".repeat(depth) + "1" + "}".repeat(depth)).getBytes(charset);
      case XML, XML_RECORDS, SOAP, SOAP12 ->
          ("<a>".repeat(depth) + "</a>".repeat(depth)).getBytes(charset);
      case LIBRARY ->
          throw new NotApplicableException("only the format's author knows how it nests");
      default -> throw new NotApplicableException("records do not nest");
    };
  }

  /** With a document type that reads a file of the hub's machine. */
  byte[] withEntity() {
    if (!XML.contains(channel.form().format())) {
      throw new NotApplicableException("only XML has entities");
    }
    String text = new String(good, charset);
    int begin = text.startsWith("<?") ? text.indexOf("?>") + 2 : 0;
    return (text.substring(0, begin) + DOCTYPE + text.substring(begin)).getBytes(charset);
  }

  /** The same message in other bytes. */
  byte[] otherBytes() {
    if (isRecords()) {
      throw new NotApplicableException("no other bytes of a record are known to mean the same");
    }
    if (channel.form().format() == Syntax.LIBRARY) {
      throw new NotApplicableException(
          "no other bytes of a format of lib are known to mean the same");
    }
    if (channel.form().messageId() == null) {
      throw new NotApplicableException("the id of a message is made of its bytes");
    }
    return (new String(good, charset).stripTrailing() + "\n\n").getBytes(charset);
  }
}
