package io.tickethub.kit.trial;

import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import java.util.List;
import java.util.Optional;

/**
 * What came of a file.
 *
 * @param form what the manifest says of the channel
 * @param notes what was left out of the trial, one sentence each
 * @param records in their order; a file that is refused as a whole is one record
 */
public record Trial(
    String connector,
    String channel,
    Inbound form,
    Received received,
    List<String> notes,
    List<RecordTrial> records) {

  public Trial {
    notes = List.copyOf(notes);
    records = List.copyOf(records);
  }

  public long good() {
    return records.stream().filter(RecordTrial::isGood).count();
  }

  public boolean isSound() {
    return !records.isEmpty() && good() == records.size();
  }

  public Optional<RecordTrial> firstGood() {
    return records.stream().filter(RecordTrial::isGood).findFirst();
  }

  public List<RecordTrial> stopped() {
    return records.stream().filter(record -> !record.isGood()).toList();
  }
}
