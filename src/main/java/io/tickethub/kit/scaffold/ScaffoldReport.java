package io.tickethub.kit.scaffold;

import io.tickethub.connector.ConnectorCheck;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;

/**
 * What was written and how far it can be trusted.
 *
 * @param guesses of the samples as a whole; empty without samples
 * @param unplaced the fields that have no place in the mapping, by name, with what is known of them
 * @param unknownCodes the codes in the samples that no table holds, by field
 * @param personal the fields that hold personal data
 * @param accepted how many changes the samples mean
 * @param refused how many records were refused
 * @param check what {@code hub connector check} finds
 */
public record ScaffoldReport(
    String connector,
    Path folder,
    List<Finding> guesses,
    List<Finding> placed,
    Map<String, String> unplaced,
    Map<String, List<String>> unknownCodes,
    List<String> personal,
    List<String> warnings,
    int accepted,
    int refused,
    ConnectorCheck.Report check) {

  /**
   * One guess.
   *
   * @param subject a field, or {@code charset} and the like
   */
  public record Finding(String subject, String value, double confidence, String reason) {}
}
