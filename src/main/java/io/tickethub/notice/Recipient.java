package io.tickethub.notice;

/** A way to people. Implementations are thread-safe and return or throw within half a minute. */
interface Recipient {

  /** What it is, without its address. */
  String kind();

  /**
   * Tells them.
   *
   * @param key of the message, the same at every attempt: by it the other side sees that it has it
   * @param id of the message; 0 for one that is kept nowhere
   * @throws NotTakenException if it was not taken
   */
  void tell(String key, long id, AlertMessage message) throws NotTakenException;
}
