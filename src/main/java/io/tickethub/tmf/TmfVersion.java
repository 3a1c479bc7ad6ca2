package io.tickethub.tmf;

/**
 * A version of the specification: where they differ, as data.
 *
 * @see ResourceForm for the shapes of resources
 */
enum TmfVersion {
  V4("v4", "statusChange", "changeDate", "changeReason", "timeOcurred", false),
  V5("v5", "statusChangeHistory", "statusChangeDate", "statusChangeReason", "timeOccurred", true);

  private final String path;
  private final String history;
  private final String changeDate;
  private final String changeReason;
  private final String occurred;
  private final boolean typed;

  TmfVersion(
      String path,
      String history,
      String changeDate,
      String changeReason,
      String occurred,
      boolean typed) {
    this.path = path;
    this.history = history;
    this.changeDate = changeDate;
    this.changeReason = changeReason;
    this.occurred = occurred;
    this.typed = typed;
  }

  static TmfVersion of(String path) {
    for (TmfVersion version : values()) {
      if (version.path.equals(path)) {
        return version;
      }
    }
    throw TmfException.notFound("there is no version '%s' of this interface".formatted(path));
  }

  String path() {
    return path;
  }

  /** The property of a ticket that holds its history of statuses. */
  String history() {
    return history;
  }

  String changeDate() {
    return changeDate;
  }

  String changeReason() {
    return changeReason;
  }

  /** The property of an event that says when it occurred; v4 misspells it. */
  String occurred() {
    return occurred;
  }

  /** Every object has to say its {@code @type}, and 202 is an answer. */
  boolean typed() {
    return typed;
  }

  String root() {
    return "/tmf-api/troubleTicket/" + path;
  }
}
