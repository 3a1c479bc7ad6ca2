package io.tickethub.delivery;

import java.time.Instant;
import java.util.Optional;

/**
 * The way to one system. Implementations are thread-safe and return or throw within a bounded time.
 */
public interface Outlet {

  /** The connector's name. */
  String connector();

  /** How this system is to be treated. */
  DeliveryPolicy policy();

  /** Until when it is not the time to tell this; empty if it may be told now. */
  default Optional<Instant> notBefore(OutboundDelivery delivery, Instant now) {
    return Optional.empty();
  }

  /** Nothing can be told to the system now: its deliveries wait, untried. */
  default boolean isShut() {
    return false;
  }

  /**
   * Tells the system, and waits for its answer.
   *
   * @throws DeliveryFailedException if it did not take it
   */
  Delivered deliver(OutboundDelivery delivery) throws DeliveryFailedException;
}
