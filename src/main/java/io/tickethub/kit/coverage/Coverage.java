package io.tickethub.kit.coverage;

import java.util.List;

/**
 * What the samples of one inbound channel show of its mapping.
 *
 * @param samples files
 * @param messages in them
 * @param refused how many messages were refused
 * @param unparsed how many messages could not be read, so that nothing is known of their fields
 */
public record Coverage(
    String connector,
    String channel,
    int samples,
    int messages,
    int refused,
    int unparsed,
    List<Field> fields,
    List<Table> tables) {

  /**
   * One field of the source.
   *
   * @param path names divided by dots, without the places in lists
   * @param occurrences in how many messages it occurs
   * @param filled in how many of them it is not empty
   * @param read whether the mapping read it in any message
   */
  public record Field(String path, int occurrences, int filled, boolean read) {}

  /**
   * One code table that the mapping translates from.
   *
   * @param entries how many codes it holds
   * @param otherwise what becomes of other codes
   * @param unknown codes in samples that it does not hold
   * @param unused codes that it holds and no sample has
   */
  public record Table(
      String name, int entries, String otherwise, List<Code> unknown, List<String> unused) {

    public int percentUsed() {
      return percent(entries - unused.size(), entries);
    }
  }

  /** A code and in how many messages it occurs. */
  public record Code(String code, int occurrences) {}

  public Coverage {
    fields = List.copyOf(fields);
    tables = List.copyOf(tables);
  }

  public int percentOfFieldsRead() {
    return percent((int) fields.stream().filter(Field::read).count(), fields.size());
  }

  public List<Field> unread() {
    return fields.stream().filter(field -> !field.read()).toList();
  }

  private static int percent(int part, int whole) {
    return whole == 0 ? 100 : 100 * part / whole;
  }
}
