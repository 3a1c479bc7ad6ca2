package io.tickethub.mapping;

import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import java.util.Iterator;
import java.util.List;

/**
 * A format whose files hold many records, each a message. Reading takes one record; writing takes a
 * record, or a list of them, and gives the file.
 */
public interface RecordFormat extends Format {

  /**
   * The records of a file, in its order, without its header; an empty one is none. They are not
   * decoded, so that a bad one does not spoil the others.
   *
   * @throws MappingException if the file as a whole is not of this format
   */
  Iterator<RawRecord> records(byte[] file);

  /** The field that must not repeat within a file; null if none. */
  default String key() {
    return null;
  }

  /** What divides the columns of a file of rejects. */
  default String delimiter() {
    return "\t";
  }

  /** What a mapping gives: a record, or a list of them. */
  static List<?> list(Object tree) {
    return tree instanceof List<?> list ? list : List.of(tree);
  }

  /** What is wrong with a record, without the line inside it: what counts is that of the file. */
  static MappingException unplaced(MappingException e) {
    Problem problem = e.problem();
    return new MappingException(
        Problem.of(problem.code(), problem.field(), problem.value(), problem.detail()));
  }
}
