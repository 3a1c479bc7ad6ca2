package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * How a system names a ticket in a message.
 *
 * @param id the system's own number of the ticket; null if it used only other names
 * @param hub the hub's number, if the system repeated it
 * @param aliases other names by scheme, such as {@code fault-112:serial} → the serial of the export
 *     file, or another system's name → its number
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TicketKey(String id, String hub, Map<String, String> aliases) {

  public TicketKey {
    aliases =
        aliases == null ? Map.of() : Collections.unmodifiableMap(new LinkedHashMap<>(aliases));
    if (id == null && hub == null && aliases.isEmpty()) {
      throw new IllegalArgumentException(
          "the change names no ticket: give ticket.id, ticket.hub or ticket.aliases");
    }
  }

  /**
   * The text that orders messages: what one system says under one such text is applied in the order
   * it was said.
   */
  public String orderingText() {
    if (id != null) {
      return id;
    }
    return hub != null ? hub : aliases.values().iterator().next();
  }
}
