package io.tickethub.kit.trial;

import io.tickethub.ticket.Change;
import java.util.List;
import java.util.Optional;

/**
 * How far one message came; whatever comes after the step that failed is null or empty.
 *
 * @param number of the record in its file, from 1
 * @param line on which it begins; null unless it is one record of several
 * @param stopped null if it came through
 */
public record RecordTrial(
    int number,
    Integer line,
    int size,
    String text,
    Object tree,
    String messageId,
    List<Change> changes,
    Stop stopped) {

  public RecordTrial {
    changes = List.copyOf(changes);
  }

  public Optional<Stop> stop() {
    return Optional.ofNullable(stopped);
  }

  public boolean isGood() {
    return stopped == null;
  }
}
