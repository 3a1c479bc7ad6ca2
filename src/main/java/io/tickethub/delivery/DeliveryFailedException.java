package io.tickethub.delivery;

import io.tickethub.ticket.FailureKind;

/**
 * A system did not take a delivery. The message says what failed, in plain English and without
 * personal data.
 */
public final class DeliveryFailedException extends Exception {

  private final FailureKind kind;
  private final String code;
  private final String channel;
  private final transient byte[] sent;
  private final transient byte[] answer;

  /**
   * @param code a short constant word or number that groups equal failures, such as {@code
   *     http-503}
   * @param channel the connector's channel; {@code -} if it came to none
   * @param sent as it went out; null if it did not
   * @param answer as it came back; null if none did
   */
  public DeliveryFailedException(
      FailureKind kind, String code, String message, String channel, byte[] sent, byte[] answer) {
    super(message);
    this.kind = kind;
    this.code = code;
    this.channel = channel;
    this.sent = sent;
    this.answer = answer;
  }

  public FailureKind kind() {
    return kind;
  }

  public String code() {
    return code;
  }

  String channel() {
    return channel;
  }

  byte[] sent() {
    return sent;
  }

  byte[] answer() {
    return answer;
  }
}
