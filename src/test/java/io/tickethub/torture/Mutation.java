package io.tickethub.torture;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import java.io.ByteArrayOutputStream;
import java.util.List;
import java.util.Random;

/** Makes malformed inputs of good ones, the same for the same random numbers. */
final class Mutation {

  private static final int MOST_CHANGES = 6;
  private static final int LONGEST = 64 << 10;

  /** What has broken parsers before: of XML, JSON, SOAP, CSV, charsets and numbers. */
  private static final List<String> TOKENS =
      List.of(
          "<!DOCTYPE x [<!ENTITY a \"b\">]>",
          "&#x0;",
          "&a;",
          "<![CDATA[",
          "]]>",
          "<?xml version=\"1.1\" encoding=\"UTF-16\"?>",
          "</x>",
          "xmlns:a=\"\"",
          "\\ud800",
          "\\u0000",
          "1e999999",
          "-0",
          "NaN",
          "99999999999999999999999999",
          "{\"a\":".repeat(500),
          "[".repeat(2_000),
          "<a>".repeat(1_000),
          "(".repeat(1_000),
          "\"\"\"",
          "\",\"",
          "\r\n",
          "\n\n",
          "_+|",
          "\t",
          ",",
          "\u0000",
          "\u00ef\u00bb\u00bf",
          "\u00fe\u00ff",
          "\u0081",
          "\u0081\u0030\u0081",
          "\u00ff",
          "9".repeat(5_000),
          "2026-02-30 25:61:61",
          "0000-00-00",
          "null",
          "true",
          "$eval(\"1\")",
          "../../etc/passwd",
          "%00");

  private final Random random;

  Mutation(Random random) {
    this.random = random;
  }

  /** Something like {@code seed}, with something of {@code other} perhaps. */
  byte[] of(byte[] seed, byte[] other) {
    byte[] bytes = seed;
    int changes = random.nextBoolean() ? 1 : 1 + random.nextInt(MOST_CHANGES);
    for (int change = 0; change < changes; change++) {
      bytes = changed(bytes, other);
    }
    return bytes;
  }

  private byte[] changed(byte[] bytes, byte[] other) {
    int from = bytes.length == 0 ? 0 : random.nextInt(bytes.length);
    int to = Math.min(bytes.length, from + 1 + random.nextInt(64));
    return switch (random.nextInt(8)) {
      case 0 -> flipped(bytes, from);
      case 1 -> joined(bytes, 0, from, new byte[] {(byte) random.nextInt(256)}, to, bytes.length);
      case 2 -> joined(bytes, 0, from, new byte[0], to, bytes.length);
      case 3 -> joined(bytes, 0, to, new byte[0], from, bytes.length);
      case 4 -> joined(bytes, 0, from, new byte[0], bytes.length, bytes.length);
      case 5 -> joined(bytes, 0, from, token(), from, bytes.length);
      case 6 -> joined(bytes, 0, from, token(), to, bytes.length);
      default -> spliced(bytes, from, other);
    };
  }

  private byte[] flipped(byte[] bytes, int place) {
    byte[] flipped = bytes.clone();
    if (flipped.length > 0) {
      flipped[place] ^= (byte) (1 << random.nextInt(8));
    }
    return flipped;
  }

  private byte[] token() {
    return TOKENS.get(random.nextInt(TOKENS.size())).getBytes(ISO_8859_1);
  }

  private byte[] spliced(byte[] bytes, int place, byte[] other) {
    int from = other.length == 0 ? 0 : random.nextInt(other.length);
    ByteArrayOutputStream spliced = new ByteArrayOutputStream();
    spliced.write(bytes, 0, place);
    spliced.write(other, from, other.length - from);
    return limited(spliced);
  }

  private static byte[] joined(
      byte[] bytes, int begin, int end, byte[] between, int again, int last) {
    ByteArrayOutputStream joined = new ByteArrayOutputStream();
    joined.write(bytes, begin, end - begin);
    joined.writeBytes(between);
    joined.write(bytes, again, last - again);
    return limited(joined);
  }

  private static byte[] limited(ByteArrayOutputStream bytes) {
    byte[] all = bytes.toByteArray();
    return all.length <= LONGEST ? all : java.util.Arrays.copyOf(all, LONGEST);
  }
}
