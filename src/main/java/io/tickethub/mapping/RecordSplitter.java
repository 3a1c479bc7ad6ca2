package io.tickethub.mapping;

import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Splits a file into its records without decoding it, so that one undecodable record does not spoil
 * the others. Works for every charset in which the bytes of line feed, quote and delimiter stand
 * for nothing else: ASCII and its supersets, UTF-8, GBK, GB18030.
 *
 * <p>A line feed inside a quoted value ends no record. A quote that is never closed, or closed in
 * the middle of a value, costs its own line only.
 */
public final class RecordSplitter implements Iterator<RecordSplitter.RawRecord> {

  private static final int LONGEST_QUOTED = 64 << 10;
  private static final int UNCLOSED = -1;

  /**
   * One record.
   *
   * @param line the 1-based line on which it begins
   * @param bytes the record without its line end
   */
  public record RawRecord(int line, byte[] bytes) {}

  private final byte[] file;
  private final byte[] delimiter;
  private final int quote;
  private int position;
  private int line = 1;

  /** {@code layout} says what divides and quotes values; without a quote every line is a record. */
  public RecordSplitter(byte[] file, ColumnLayout layout) {
    this.file = file;
    this.delimiter = layout.delimiter().getBytes(StandardCharsets.UTF_8);
    this.quote = layout.quote() == null ? -1 : layout.quote();
  }

  private RecordSplitter(byte[] file) {
    this.file = file;
    this.delimiter = new byte[0];
    this.quote = -1;
  }

  /** Every line is a record. */
  static RecordSplitter lines(byte[] file) {
    return new RecordSplitter(file);
  }

  @Override
  public boolean hasNext() {
    return position < file.length;
  }

  @Override
  public RawRecord next() {
    if (!hasNext()) {
      throw new NoSuchElementException();
    }
    int start = position;
    int startLine = line;
    int end = quote < 0 ? lineEnd(start) : recordEnd(start);
    for (int i = start; i < end; i++) {
      if (file[i] == '\n') {
        line++;
      }
    }
    line++;
    position = end + 1;
    int contentEnd = end > start && file[end - 1] == '\r' ? end - 1 : end;
    return new RawRecord(startLine, Arrays.copyOfRange(file, start, contentEnd));
  }

  private int lineEnd(int start) {
    int i = start;
    while (i < file.length && file[i] != '\n') {
      i++;
    }
    return i;
  }

  private int recordEnd(int start) {
    boolean valueBegins = true;
    int i = start;
    while (i < file.length && file[i] != '\n') {
      if (valueBegins && file[i] == quote) {
        i = quotedEnd(i + 1);
        if (i == UNCLOSED) {
          return lineEnd(start);
        }
        valueBegins = false;
      } else {
        valueBegins = isDelimiter(i);
        i += valueBegins ? delimiter.length : 1;
      }
    }
    return Math.min(i, file.length);
  }

  /** Where the quoted value that begins here is followed by a delimiter or the record's end. */
  private int quotedEnd(int start) {
    int limit = (int) Math.min(file.length, (long) start + LONGEST_QUOTED);
    for (int i = start; i < limit; i++) {
      if (file[i] == quote) {
        if (i + 1 < file.length && file[i + 1] == quote) {
          i++;
        } else {
          int after = i + 1;
          while (after < file.length && isBlank(file[after])) {
            after++;
          }
          boolean ends = after == file.length || file[after] == '\n' || isDelimiter(after);
          return ends ? after : UNCLOSED;
        }
      }
    }
    return UNCLOSED;
  }

  private static boolean isBlank(byte b) {
    return b == ' ' || b == '\t' || b == '\r';
  }

  private boolean isDelimiter(int at) {
    return at + delimiter.length <= file.length
        && Arrays.equals(file, at, at + delimiter.length, delimiter, 0, delimiter.length);
  }
}
