package io.tickethub.storage;

import java.time.Duration;

/**
 * A kind of rows that expire. Whoever owns a table knows which of its rows may go; when and how
 * fast is decided elsewhere.
 */
public interface Expiry {

  /** What expires, in a word or two. */
  String what();

  /** How long it is kept at least. */
  Duration kept();

  /** Makes room for what is to come, so that nothing has to be made in a hurry. */
  default void prepare() {}

  /**
   * What one step did.
   *
   * @param removed rows that are gone
   * @param more there may be more to do at once
   */
  record Step(long removed, boolean more) {

    public static final Step NOTHING = new Step(0, false);
  }

  /** Begins a pass: whatever was passed over before is looked at again. */
  default void begin() {}

  /** Removes a bounded number of rows, or one partition, inside the transaction that is open. */
  Step step();

  /** How many rows would go now, counted up to {@code most}. */
  long due(long most);
}
