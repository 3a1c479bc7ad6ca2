package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;

/**
 * How a system names a ticket in a message.
 *
 * @param id the system's own number of the ticket; null if it used only other names
 * @param hub the hub's number, if the system repeated it
 * @param aliases other names by scheme, such as {@code fault-112:serial} → the serial of the export
 *     file, or another system's name → its number
 * @param customer instead of all other names: every open ticket of the customer with this number
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TicketKey(String id, String hub, Map<String, String> aliases, String customer) {

  public TicketKey {
    aliases = aliases == null ? Map.of() : Collections.unmodifiableMap(given(aliases));
    refuseBlank("ticket.id", id);
    refuseBlank("ticket.hub", hub);
    refuseBlank("ticket.customer", customer);
    aliases.forEach((scheme, value) -> refuseBlank("ticket.aliases." + scheme, value));
    boolean named = id != null || hub != null || !aliases.isEmpty();
    if (named == (customer != null)) {
      throw new IncompleteChangeException(
          "ticket",
          "the change names no ticket: give ticket.id, ticket.hub or ticket.aliases, or else"
              + " ticket.customer");
    }
  }

  private static Map<String, String> given(Map<String, String> aliases) {
    Map<String, String> given = new LinkedHashMap<>(aliases);
    given.values().removeIf(Objects::isNull);
    return given;
  }

  /** A blank name would stand for every ticket that its system forgot to name. */
  private static void refuseBlank(String field, String name) {
    if (name != null && name.isBlank()) {
      throw new IncompleteChangeException(
          field, "the change names no ticket: %s is blank".formatted(field));
    }
  }

  /**
   * The text that orders messages: what one system says under one such text is applied in the order
   * it was said.
   */
  public String orderingText() {
    if (customer != null) {
      return "customer " + customer;
    }
    if (id != null) {
      return id;
    }
    return hub != null ? hub : aliases.values().iterator().next();
  }
}
