package io.tickethub.delivery;

/**
 * The way to one system. Implementations are thread-safe and return or throw within a bounded time.
 */
public interface Outlet {

  /** The connector's name. */
  String connector();

  /** How this system is to be treated. */
  DeliveryPolicy policy();

  /**
   * Tells the system, and waits for its answer.
   *
   * @throws DeliveryFailedException if it did not take it
   */
  Delivered deliver(OutboundDelivery delivery) throws DeliveryFailedException;
}
