package io.tickethub.kit.scaffold.sample;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lines of one length in bytes, by what stands at each byte. A line may lack blanks at its end. */
final class ByteGrid {

  /** What a byte is, or is part of. */
  enum Kind {
    BLANK,
    DIGIT,
    LETTER,
    SIGN,
    WIDE
  }

  private static final int WIDE_BLANK = 0x3000;

  private final int width;
  private final Charset charset;
  private final List<byte[]> lines = new ArrayList<>();
  private final List<Kind[]> kinds = new ArrayList<>();
  private final boolean[] inside;

  /** {@code lines} are text of the charset and have at most {@code width} bytes. */
  ByteGrid(List<byte[]> lines, int width, Charset charset) {
    this.width = width;
    this.charset = charset;
    this.inside = new boolean[width + 1];
    lines.forEach(this::add);
  }

  private void add(byte[] line) {
    byte[] whole = Arrays.copyOf(line, width);
    Arrays.fill(whole, line.length, width, (byte) ' ');
    Kind[] row = new Kind[width];
    int at = 0;
    for (int point : new String(whole, charset).codePoints().toArray()) {
      int end = at + Character.toString(point).getBytes(charset).length;
      Arrays.fill(row, at, end, kind(point));
      Arrays.fill(inside, at + 1, end, true);
      at = end;
    }
    lines.add(whole);
    kinds.add(row);
  }

  private static Kind kind(int point) {
    if (point <= ' ' || point == WIDE_BLANK) {
      return Kind.BLANK;
    }
    if (point >= '0' && point <= '9') {
      return Kind.DIGIT;
    }
    if (point > '~') {
      return Kind.WIDE;
    }
    return Character.isLetter(point) ? Kind.LETTER : Kind.SIGN;
  }

  int width() {
    return width;
  }

  int size() {
    return lines.size();
  }

  Kind kind(int line, int at) {
    return kinds.get(line)[at];
  }

  boolean isBlank(int line, int at) {
    return kind(line, at) == Kind.BLANK;
  }

  /** Whether no line has a character across this place. */
  boolean isBetweenCharacters(int at) {
    return !inside[at];
  }

  /** What a line has between two places that are between characters. */
  String text(int line, int from, int to) {
    return new String(lines.get(line), from, to - from, charset);
  }
}
