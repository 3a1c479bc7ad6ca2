package io.tickethub.kit.scaffold.sample;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.util.Iterator;
import java.util.List;

/** Cuts the lines of samples into values, before their columns have names. */
interface LineCutter {

  int columns();

  Iterator<RawRecord> records(byte[] file);

  /** Throws {@link io.tickethub.mapping.MappingException} if the line has not these columns. */
  List<String> values(byte[] line);

  /** The values of a first line, if it is a header. */
  default List<String> titles(byte[] line) {
    return values(line);
  }
}
