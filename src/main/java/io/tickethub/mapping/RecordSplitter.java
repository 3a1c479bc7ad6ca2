package io.tickethub.mapping;

import java.util.Arrays;
import java.util.Iterator;
import java.util.NoSuchElementException;

/**
 * Splits a file into its records without decoding it, so that one undecodable record does not spoil
 * the others. Works for every charset in which the bytes of line feed and quote stand for nothing
 * else: ASCII and its supersets, UTF-8, GBK, GB18030.
 */
public final class RecordSplitter implements Iterator<RecordSplitter.RawRecord> {

  /**
   * One record.
   *
   * @param line the 1-based line on which it begins
   * @param bytes the record without its line end
   */
  public record RawRecord(int line, byte[] bytes) {}

  private final byte[] file;
  private final int quote;
  private int position;
  private int line = 1;

  /** {@code quote} null means that every line feed ends a record. */
  public RecordSplitter(byte[] file, Character quote) {
    this.file = file;
    this.quote = quote == null ? -1 : quote;
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
    boolean quoted = false;
    while (position < file.length) {
      byte b = file[position++];
      if (b == quote) {
        quoted = !quoted;
      } else if (b == '\n') {
        line++;
        if (!quoted) {
          return new RawRecord(
              startLine, Arrays.copyOfRange(file, start, contentEnd(start, position - 1)));
        }
      }
    }
    return new RawRecord(startLine, Arrays.copyOfRange(file, start, contentEnd(start, position)));
  }

  private int contentEnd(int start, int end) {
    return end > start && file[end - 1] == '\r' ? end - 1 : end;
  }
}
