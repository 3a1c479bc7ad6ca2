package io.tickethub.mapping;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.util.Collections;
import java.util.Iterator;
import java.util.List;

/** A document in which records lie at a path. It is read as a whole before its records are. */
abstract class DocumentOfRecords implements RecordFormat {

  private final Format whole;
  private final Format record;
  private final TextCodec codec;

  /**
   * @param whole any document of the syntax
   * @param record one that the schema is about
   */
  DocumentOfRecords(Format whole, Format record, TextCodec codec) {
    this.whole = whole;
    this.record = record;
    this.codec = codec;
  }

  /** The names on the way from the root. */
  static List<String> path(String path) {
    return List.of(path.replaceFirst("^/", "").split("/"));
  }

  @Override
  public final Iterator<RawRecord> records(byte[] file) {
    String text = codec.decode(file);
    if (text.isBlank()) {
      return Collections.emptyIterator();
    }
    whole.read(text);
    return records(text).iterator();
  }

  /** The records of a well-formed document. */
  abstract List<RawRecord> records(String document);

  final RawRecord record(int line, String text) {
    return new RawRecord(line, codec.bytes(text));
  }

  @Override
  public final Object read(String text) {
    try {
      return record.read(text);
    } catch (MappingException e) {
      throw RecordFormat.unplaced(e);
    }
  }

  @Override
  public final String write(Object tree) {
    return document(RecordFormat.list(tree));
  }

  /** The document of these records. */
  abstract String document(List<?> records);
}
