package io.tickethub.service;

import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Ticket;
import java.time.Instant;

/**
 * When a ticket's repair is due: elapsed time from the report, by product class and service level.
 */
public final class RepairLimit {

  private final ProductCatalog products;

  public RepairLimit(ProductCatalog products) {
    this.products = products;
  }

  /**
   * The same ticket with the time its repair is due, as far as its product adapter sets a limit.
   */
  public Ticket applyTo(Ticket ticket) {
    Instant due =
        products
            .find(ticket.content().productClass())
            .flatMap(
                product -> product.repairLimit(ticket.content().customerOrUnknown().serviceLevel()))
            .map(limit -> ticket.openedAt().plus(limit))
            .orElse(null);
    return ticket.due(due);
  }
}
