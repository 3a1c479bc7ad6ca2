package io.tickethub.kit.capture;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.Format;
import io.tickethub.mapping.SchemaFiles;
import java.io.ByteArrayOutputStream;
import java.nio.charset.Charset;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collections;
import java.util.List;

/**
 * A stored message as an example has it. The hub stores records one by one; in an example they are
 * a file.
 */
final class CapturedFile {

  private CapturedFile() {}

  static byte[] of(Path folder, InboundChannel channel, byte[] body) {
    Format format = channel.translation().format();
    return switch (channel.form().format()) {
      case DELIMITED ->
          file(
              channel,
              format.write(List.of()),
              body,
              SchemaFiles.columns(folder.resolve(channel.form().schema())).lineEnd());
      case FIXED_WIDTH ->
          file(
              channel,
              format.write(List.of()),
              body,
              SchemaFiles.fixedWidths(folder.resolve(channel.form().schema())).lineEnd());
      case JSON_LINES -> file(channel, "", body, "\n");
      case XML_RECORDS -> wrapped(channel, body);
      case JSON_RECORDS -> listed(channel, body);
      case JSON, XML, SOAP, SOAP12, LIBRARY -> body;
    };
  }

  /** The record as the only one of a list where the channel has it. */
  private static byte[] listed(InboundChannel channel, byte[] body) {
    List<String> names =
        Arrays.stream(channel.form().records().split("/"))
            .filter(name -> !name.isEmpty() && !name.equals("."))
            .toList();
    StringBuilder before = new StringBuilder();
    names.forEach(name -> before.append("{\"").append(name).append("\": "));
    return file(channel, before + "[", body, "]" + "}".repeat(names.size()) + "\n");
  }

  /** The element within those that are around it. */
  private static byte[] wrapped(InboundChannel channel, byte[] body) {
    List<String> around =
        new ArrayList<>(List.of(channel.form().records().replaceFirst("^/", "").split("/")));
    around.remove(around.size() - 1);
    StringBuilder before =
        new StringBuilder(
            "<?xml version=\"1.0\" encoding=\"%s\"?>\n".formatted(channel.form().charset()));
    around.forEach(name -> before.append('<').append(name).append(">\n"));
    Collections.reverse(around);
    StringBuilder after = new StringBuilder("\n");
    around.forEach(name -> after.append("</").append(name).append(">\n"));
    return file(channel, before.toString(), body, after.toString());
  }

  private static byte[] file(InboundChannel channel, String before, byte[] body, String after) {
    Charset charset = Charset.forName(channel.form().charset());
    ByteArrayOutputStream file = new ByteArrayOutputStream();
    file.writeBytes(before.getBytes(charset));
    file.writeBytes(body);
    file.writeBytes(after.getBytes(charset));
    return file.toByteArray();
  }
}
