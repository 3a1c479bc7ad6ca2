package io.tickethub.kit.trial;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;

/**
 * The messages in what was received: a file of records has many, everything else is one.
 *
 * @param line null where there is only one
 */
public record RecordTexts(int number, Integer line, byte[] bytes) {

  /**
   * What a file holds.
   *
   * @param flaw why it is refused as a whole
   */
  public record File(List<RecordTexts> records, Optional<Problem> flaw) {}

  public static File in(InboundChannel channel, byte[] body) {
    if (!(channel.translation().format() instanceof RecordFormat format)) {
      return new File(List.of(new RecordTexts(1, null, body)), Optional.empty());
    }
    List<RecordTexts> records = new ArrayList<>();
    try {
      Iterator<RawRecord> found = format.records(body);
      while (found.hasNext()) {
        RawRecord record = found.next();
        if (record.bytes().length > 0) {
          records.add(new RecordTexts(records.size() + 1, record.line(), record.bytes()));
        }
      }
    } catch (MappingException e) {
      return new File(List.of(), Optional.of(e.problem().atLine(1)));
    }
    return new File(records, Optional.empty());
  }
}
