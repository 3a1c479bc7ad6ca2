package io.tickethub.intake;

import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketReference;
import java.util.ArrayList;
import java.util.List;

/** The names under which a message speaks of a ticket, the most trustworthy first. */
public final class Naming {

  private Naming() {}

  public static List<TicketReference> references(String system, TicketKey key) {
    List<TicketReference> references = new ArrayList<>();
    if (key.hub() != null) {
      references.add(new TicketReference(TicketReference.HUB, key.hub()));
    }
    if (key.id() != null) {
      references.add(new TicketReference(system, key.id()));
    }
    key.aliases().forEach((scheme, value) -> references.add(new TicketReference(scheme, value)));
    return references;
  }

  /** The name to wait for while none is known: the system's own, or the only one it gave. */
  static TicketReference toWaitFor(String system, TicketKey key) {
    return key.id() != null
        ? new TicketReference(system, key.id())
        : references(system, key).get(0);
  }
}
