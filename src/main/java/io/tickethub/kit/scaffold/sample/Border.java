package io.tickethub.kit.scaffold.sample;

/**
 * Where a column begins.
 *
 * @param at the bytes before it
 * @param latest where it may be as well, for all that is seen
 * @param confidence from 0 to 1
 * @param reason what speaks for it, in a few words
 */
record Border(int at, int latest, double confidence, String reason) {

  private static final double OF_A_TITLE = 0.9;

  /** One that can be nowhere else. */
  Border(int at, double confidence, String reason) {
    this(at, at, confidence, reason);
  }

  /** The same at another place. */
  Border at(int place) {
    return new Border(place, latest, confidence, reason);
  }

  /** The same where the header has the name of a field above it. */
  Border underTitle() {
    return confidence >= OF_A_TITLE
        ? this
        : new Border(at, latest, OF_A_TITLE, "a title of the header begins there");
  }
}
