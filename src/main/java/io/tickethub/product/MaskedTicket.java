package io.tickethub.product;

import io.tickethub.privacy.Masking;
import io.tickethub.privacy.Masking.Kind;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.Resolution;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import java.util.HashMap;
import java.util.Map;
import java.util.TreeMap;

/**
 * Takes personal data out of a ticket's content, as the product adapter says and by what looks like
 * it in free text.
 */
public final class MaskedTicket {

  private final ProductCatalog products;

  public MaskedTicket(ProductCatalog products) {
    this.products = products;
  }

  public TicketContent content(Ticket ticket) {
    return content(ticket.content(), ticket);
  }

  /** A part of a ticket's content, or a patch of it. */
  public TicketContent content(TicketContent content, Ticket ticket) {
    Map<String, Kind> known = known(ticket);
    return new TicketContent(
        content.kind(),
        content.productClass(),
        Masking.text(content.title(), known),
        Masking.text(content.description(), known),
        content.region(),
        content.faultDomain(),
        content.customer() == null ? null : customer(content.customer()),
        attributes(content.attributes(), ticket),
        content.resolution() == null ? null : resolution(content.resolution(), known),
        content.satisfaction());
  }

  /** Free text of a ticket. */
  public String text(String text, Ticket ticket) {
    return Masking.text(text, known(ticket));
  }

  /** Everything personal that the ticket says in its fields, to be found again in its free text. */
  private Map<String, Kind> known(Ticket ticket) {
    Customer customer = ticket.content().customerOrUnknown();
    Map<String, Kind> known = new HashMap<>();
    know(known, customer.name(), Kind.NAME);
    know(known, customer.phone(), Kind.PHONE);
    know(known, customer.address(), Kind.ADDRESS);
    know(known, customer.identityCard(), Kind.IDENTITY_CARD);
    know(known, customer.account(), Kind.CARD);
    Map<String, Object> attributes = ticket.content().attributes();
    kinds(ticket).forEach((name, kind) -> know(known, attributes.get(name), Kind.of(kind)));
    return known;
  }

  private static void know(Map<String, Kind> known, Object value, Kind kind) {
    if (value != null) {
      known.put(String.valueOf(value), kind);
    }
  }

  private Map<String, String> kinds(Ticket ticket) {
    return products
        .find(ticket.content().productClass())
        .map(ProductAdapter::masking)
        .orElse(Map.of());
  }

  private static Customer customer(Customer customer) {
    return new Customer(
        customer.number(),
        Masking.mask(Kind.NAME, customer.name()),
        Masking.mask(Kind.PHONE, customer.phone()),
        Masking.mask(Kind.IDENTITY_CARD, customer.identityCard()),
        Masking.mask(Kind.ADDRESS, customer.address()),
        customer.serviceLevel(),
        Masking.mask(Kind.CARD, customer.account()),
        customer.suspended());
  }

  private static Resolution resolution(Resolution resolution, Map<String, Kind> known) {
    return new Resolution(
        Masking.text(resolution.cause(), known),
        Masking.text(resolution.action(), known),
        resolution.code());
  }

  private Map<String, Object> attributes(Map<String, Object> attributes, Ticket ticket) {
    Map<String, String> kinds = kinds(ticket);
    Map<String, Object> masked = new TreeMap<>();
    attributes.forEach(
        (name, value) -> {
          String kind = kinds.get(name);
          boolean plain = kind == null && !(value instanceof String);
          Kind as = kind == null ? Kind.TEXT : Kind.of(kind);
          masked.put(name, plain ? value : Masking.mask(as, String.valueOf(value)));
        });
    return masked;
  }
}
