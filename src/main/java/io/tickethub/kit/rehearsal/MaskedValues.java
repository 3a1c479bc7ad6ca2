package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.privacy.Masking;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.TicketContent;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/** Shows values of changes and tickets without personal data. */
final class MaskedValues {

  private static final String NOTHING = "(nothing)";
  private static final String ATTRIBUTES = "content.attributes.";
  private static final Set<String> PLAIN =
      Set.of(
          "type",
          "state",
          "occurredAt",
          "suspensionCause",
          "to",
          "owner",
          "dueAt",
          "content.kind",
          "content.productClass",
          "content.faultDomain",
          "content.satisfaction",
          "content.resolution.code",
          "content.customer.serviceLevel");
  private static final Map<String, Masking.Kind> KINDS =
      Map.of(
          "content.customer.name", Masking.Kind.NAME,
          "content.customer.phone", Masking.Kind.PHONE,
          "content.customer.identityCard", Masking.Kind.IDENTITY_CARD,
          "content.customer.address", Masking.Kind.ADDRESS,
          "content.customer.account", Masking.Kind.CARD);

  private final ProductCatalog products;

  MaskedValues(ProductCatalog products) {
    this.products = products;
  }

  /**
   * What is known to be personal in the things compared.
   *
   * @param kinds attribute → kind of personal data
   * @param complete false if no product class says what the attributes are
   */
  record Known(List<String> values, Map<String, String> kinds, boolean complete) {}

  Known known(Collection<TicketContent> contents) {
    Map<String, String> kinds = new java.util.TreeMap<>();
    boolean complete = false;
    for (TicketContent content : contents) {
      var masking = products.find(content.productClass()).map(ProductAdapter::masking);
      masking.ifPresent(kinds::putAll);
      complete |= masking.isPresent();
    }
    List<String> values = new ArrayList<>();
    for (TicketContent content : contents) {
      Customer customer = content.customerOrUnknown();
      Stream.concat(
              Stream.of(
                  customer.name(),
                  customer.phone(),
                  customer.address(),
                  customer.identityCard(),
                  customer.account()),
              kinds.keySet().stream().map(content.attributes()::get))
          .filter(Objects::nonNull)
          .map(String::valueOf)
          .forEach(values::add);
    }
    return new Known(values, kinds, complete);
  }

  static List<TicketContent> contents(List<Change> changes) {
    List<TicketContent> contents = new ArrayList<>();
    for (Change change : changes) {
      if (change instanceof Change.Open open) {
        contents.add(open.content());
      } else if (change instanceof Change.Update update) {
        contents.add(update.content());
      } else if (change instanceof Change.StateChange to && to.content() != null) {
        contents.add(to.content());
      }
    }
    return contents;
  }

  /** A scalar as people without the right to see personal data may see it. */
  String value(String path, JsonNode value, Known known) {
    if (value.isMissingNode()) {
      return NOTHING;
    }
    String field = path.replaceFirst("^\\[\\d+]\\.", "");
    if (PLAIN.contains(field) || field.endsWith("Count")) {
      return value.asText();
    }
    if (KINDS.containsKey(field)) {
      return Masking.mask(KINDS.get(field), value.asText());
    }
    if (field.startsWith(ATTRIBUTES)) {
      return attribute(field.substring(ATTRIBUTES.length()), value, known);
    }
    return text(value.asText(), known);
  }

  private static String attribute(String name, JsonNode value, Known known) {
    String kind = known.kinds().get(name);
    if (kind != null) {
      return Masking.mask(Masking.Kind.of(kind), value.asText());
    }
    if (!known.complete()) {
      return Masking.mask(Masking.Kind.HIDDEN, value.asText());
    }
    return value.isTextual() ? text(value.asText(), known) : value.asText();
  }

  static String text(String text, Known known) {
    return Masking.text(text, known.values());
  }
}
