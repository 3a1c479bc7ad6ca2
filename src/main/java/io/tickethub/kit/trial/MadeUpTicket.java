package io.tickethub.kit.trial;

import io.tickethub.intake.Consequences;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** A ticket for changes to be tried on, where no database has the real one. */
final class MadeUpTicket {

  static final long ID = 1;
  private static final String CHANNEL = "made-up";
  private static final Duration AGE = Duration.ofHours(1);

  private final Consequences consequences;
  private final ProductCatalog products;

  MadeUpTicket(Consequences consequences, ProductCatalog products) {
    this.consequences = consequences;
    this.products = products;
  }

  /**
   * The ticket as it was before the change.
   *
   * @param opener the connector whose system reported it
   */
  Ticket before(
      Change change, String connector, String opener, Assumption assumption, Instant receivedAt) {
    Instant happened = change.occurredAt() == null ? receivedAt : change.occurredAt();
    Instant at = (happened.isBefore(receivedAt) ? happened : receivedAt).minus(AGE);
    String product = assumption.product() == null ? product(connector) : assumption.product();
    TicketState state = assumption.state() == null ? TicketState.ACCEPTED : assumption.state();
    String number = change.ticket().hub() == null ? "MADE-UP-1" : change.ticket().hub();
    Change.Open report =
        new Change.Open(
            new TicketKey("made-up", null, Map.of(), null),
            at,
            null,
            new TicketContent(
                TicketKind.FAULT,
                product,
                "a made-up fault",
                null,
                null,
                null,
                null,
                Map.of(),
                null,
                null),
            null);
    Origin origin = new Origin(opener, CHANNEL, 0, at);
    Ticket ticket = consequences.open(ID, number, report, origin, Set.of()).ticket();
    for (TicketState next : way(state)) {
      String owner = ticket.progress().owner();
      ticket =
          consequences
              .unquestioned(
                  ticket,
                  new Change.StateChange(report.ticket(), at, next, null, null, null),
                  new Origin(owner == null ? opener : owner, CHANNEL, 0, at))
              .ticket();
    }
    return ticket;
  }

  private static List<TicketState> way(TicketState state) {
    return switch (state) {
      case RECEIVED -> List.of();
      case PRE_DIAGNOSING, DISPATCHED -> List.of(state);
      default -> List.of(TicketState.DISPATCHED, state);
    };
  }

  /** A class that this connector's system repairs, else one that the fault system does. */
  private String product(String connector) {
    return products.all().stream()
        .filter(product -> product.responsible().filter(connector::equals).isPresent())
        .findFirst()
        .or(() -> products.all().stream().filter(p -> p.responsible().isEmpty()).findFirst())
        .map(ProductAdapter::code)
        .orElse("general");
  }
}
