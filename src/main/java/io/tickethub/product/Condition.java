package io.tickethub.product;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * When a rule applies. Every part that is given must hold; a part holds if the ticket's value is
 * one of the list.
 *
 * @param kind kinds of ticket
 * @param productClass codes of product adapters
 * @param openedBy connectors whose system reported it
 * @param owner connectors whose system works on it
 * @param faultDomain platform, network, access, customer, product
 * @param serviceLevel the customer's
 * @param region districts, in the reporting systems' words
 * @param regionEndsWith how a district's name ends, such as 镇
 * @param attributes values of the product class's attributes, by attribute
 * @param partner true: the product adapter names a responsible connector; false: it names none
 */
public record Condition(
    List<TicketKind> kind,
    @JsonProperty("product-class") List<String> productClass,
    @JsonProperty("opened-by") List<String> openedBy,
    List<String> owner,
    @JsonProperty("fault-domain") List<String> faultDomain,
    @JsonProperty("service-level") List<String> serviceLevel,
    List<String> region,
    @JsonProperty("region-ends-with") List<String> regionEndsWith,
    Map<String, List<String>> attributes,
    Boolean partner) {

  public static final Condition ALWAYS =
      new Condition(null, null, null, null, null, null, null, null, null, null);

  /** Why the condition does not hold for a ticket; empty if it holds. */
  public Optional<String> mismatch(Ticket ticket, boolean hasPartner) {
    return mismatch(ticket.content(), ticket.openedBy(), ticket.progress().owner(), hasPartner);
  }

  /** Why the condition does not hold for what a ticket says; empty if it holds. */
  public Optional<String> mismatch(
      TicketContent content, String reporter, String worker, boolean hasPartner) {
    return first(
        mismatch("kind", kind, content.kind()),
        mismatch("product-class", productClass, content.productClass()),
        mismatch("opened-by", openedBy, reporter),
        mismatch("owner", owner, worker),
        mismatch("fault-domain", faultDomain, content.faultDomain()),
        mismatch("service-level", serviceLevel, content.customerOrUnknown().serviceLevel()),
        mismatch("region", region, content.region()),
        regionMismatch(content.region()),
        attributeMismatch(content.attributes()),
        partner == null || partner == hasPartner
            ? Optional.empty()
            : Optional.of(
                "the product " + (hasPartner ? "has" : "has no") + " responsible partner"));
  }

  private Optional<String> regionMismatch(String actual) {
    return regionEndsWith == null
            || actual != null && regionEndsWith.stream().anyMatch(actual::endsWith)
        ? Optional.empty()
        : Optional.of("region is " + actual);
  }

  private Optional<String> attributeMismatch(Map<String, Object> actual) {
    return attributes == null
        ? Optional.empty()
        : attributes.entrySet().stream()
            .filter(
                part ->
                    !actual.containsKey(part.getKey())
                        || !part.getValue().contains(String.valueOf(actual.get(part.getKey()))))
            .findFirst()
            .map(part -> "the attribute %s is none of the rule's".formatted(part.getKey()));
  }

  private static Optional<String> mismatch(String part, List<?> allowed, Object value) {
    if (allowed == null || allowed.contains(value)) {
      return Optional.empty();
    }
    Object shown = value instanceof TicketKind ticketKind ? ticketKind.code() : value;
    return Optional.of("%s is %s".formatted(part, shown));
  }

  @SafeVarargs
  private static Optional<String> first(Optional<String>... mismatches) {
    for (Optional<String> mismatch : mismatches) {
      if (mismatch.isPresent()) {
        return mismatch;
      }
    }
    return Optional.empty();
  }
}
