package io.tickethub.connector.channel;

import io.tickethub.ticket.Problem;
import java.util.List;

/**
 * What became of a file of records.
 *
 * @param accepted how many records were taken
 * @param rejects those that were not
 * @param divided whether its records could be told apart; if not, the whole of it is one reject
 */
public record FileReport(String fileName, int accepted, List<Reject> rejects, boolean divided) {

  public FileReport {
    rejects = List.copyOf(rejects);
  }

  /** A record that was not taken: its bytes as they stood in the file, and why. */
  public record Reject(byte[] record, Problem problem) {}
}
