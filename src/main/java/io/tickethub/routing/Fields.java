package io.tickethub.routing;

import io.tickethub.ticket.TicketContent;

/** Takes a guarded part out of a ticket's content. */
final class Fields {

  private Fields() {}

  static TicketContent without(TicketContent content, OwnershipRules.Field field) {
    return new TicketContent(
        content.kind(),
        field == OwnershipRules.Field.PRODUCT_CLASS ? null : content.productClass(),
        content.title(),
        content.description(),
        content.region(),
        field == OwnershipRules.Field.FAULT_DOMAIN ? null : content.faultDomain(),
        field == OwnershipRules.Field.CUSTOMER ? null : content.customer(),
        content.attributes(),
        field == OwnershipRules.Field.RESOLUTION ? null : content.resolution(),
        field == OwnershipRules.Field.SATISFACTION ? null : content.satisfaction());
  }
}
