package io.tickethub.mapping;

import java.nio.charset.Charset;

/** Lengths as legacy systems count them: in bytes of their charset. */
final class ByteLength {

  private ByteLength() {}

  /**
   * The longest beginning of {@code text} that fits into {@code most} bytes without splitting a
   * character.
   */
  static String cut(String text, int most, Charset charset) {
    int bytes = 0;
    int end = 0;
    while (end < text.length()) {
      int next = end + Character.charCount(text.codePointAt(end));
      bytes += text.substring(end, next).getBytes(charset).length;
      if (bytes > most) {
        return text.substring(0, end);
      }
      end = next;
    }
    return text;
  }
}
