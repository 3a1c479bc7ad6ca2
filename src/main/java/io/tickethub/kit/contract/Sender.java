package io.tickethub.kit.contract;

import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

/** Sends messages to one channel by the protocol that it listens to. */
interface Sender {

  /**
   * What the protocol told the sender.
   *
   * @param status an HTTP status; 0 where the protocol has no answer
   */
  record Told(int status, String answer) {
    static final Told NOTHING = new Told(0, "");

    boolean isTaken() {
      return status / 100 == 2 || status == 0;
    }

    boolean isRefused() {
      return status >= 400 || status == 0;
    }
  }

  /**
   * Sends a message and waits until it is received.
   *
   * @param properties of the protocol, beside those the channel asks for
   */
  Told send(byte[] body, Map<String, String> properties);

  /**
   * A message to be sent.
   *
   * @param properties as of {@link #send}
   */
  record Outgoing(byte[] body, Map<String, String> properties) {}

  /** Sends several as quickly as the protocol allows, and waits until all are received. */
  default void sendAll(List<Outgoing> messages) {
    for (Outgoing message : messages) {
      Told told = send(message.body(), message.properties());
      BrokenContractException.unless(
          told.isTaken(), "a message was refused with %d: %s", told.status(), told.answer());
    }
  }

  /**
   * Somebody who is not the sender.
   *
   * @param what they show, for people
   * @param status what the hub has to answer
   * @param sending sends the message
   */
  record Imposture(String what, int status, Supplier<Told> sending) {}

  /** All who could try to send a message; only where senders prove who they are. */
  default List<Imposture> impostures(byte[] body) {
    throw new NotApplicableException("senders of this channel log in, they do not sign");
  }

  /** Sends it the other way the protocol knows: as text where it was bytes. */
  default Told sendOtherwise(byte[] body, Map<String, String> properties) {
    return send(body, properties);
  }

  /** Whether senders may add properties of their own. */
  default boolean hasProperties() {
    return true;
  }
}
