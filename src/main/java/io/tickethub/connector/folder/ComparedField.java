package io.tickethub.connector.folder;

import io.tickethub.ticket.TicketContent;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** What of a ticket a reconciliation can compare. */
public enum ComparedField {
  STATE,
  OWNER,
  KIND,
  PRODUCT_CLASS,
  TITLE,
  DESCRIPTION,
  REGION,
  FAULT_DOMAIN,
  CUSTOMER,
  ATTRIBUTES,
  RESOLUTION,
  SATISFACTION;

  /** As manifests and rules write it. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  public static Optional<ComparedField> named(String text) {
    return Arrays.stream(values()).filter(field -> field.text().equals(text)).findFirst();
  }

  static List<String> names() {
    return Arrays.stream(values()).map(ComparedField::text).toList();
  }

  /** The content with this field alone; empty for state and owner. */
  public TicketContent of(TicketContent content) {
    return new TicketContent(
        this == KIND ? content.kind() : null,
        this == PRODUCT_CLASS ? content.productClass() : null,
        this == TITLE ? content.title() : null,
        this == DESCRIPTION ? content.description() : null,
        this == REGION ? content.region() : null,
        this == FAULT_DOMAIN ? content.faultDomain() : null,
        this == CUSTOMER ? content.customer() : null,
        this == ATTRIBUTES ? content.attributes() : Map.of(),
        this == RESOLUTION ? content.resolution() : null,
        this == SATISFACTION ? content.satisfaction() : null);
  }
}
