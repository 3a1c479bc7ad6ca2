package io.tickethub.tmf;

import io.tickethub.ticket.TicketKind;
import io.tickethub.tmf.TmfProperties.Tickets;
import java.security.Principal;
import java.util.EnumSet;
import java.util.Set;

/**
 * Who calls.
 *
 * @param system whom its changes come from
 * @param ownOnly it sees only tickets that its system has a number for
 * @param productClasses those it sees; empty for all
 */
record TmfClient(
    String name,
    String system,
    Set<TmfScope> scopes,
    boolean ownOnly,
    Set<String> productClasses,
    String productClass,
    TicketKind kind)
    implements Principal {

  static TmfClient of(String name, TmfProperties.Client form) {
    return new TmfClient(
        name,
        form.system() == null ? name : form.system(),
        Set.copyOf(form.scopes()),
        form.tickets() == Tickets.OWN,
        Set.copyOf(form.productClasses()),
        form.productClass(),
        TicketKind.of(form.kind()));
  }

  /** This client with no more than these scopes. */
  TmfClient within(Set<TmfScope> granted) {
    Set<TmfScope> both = EnumSet.noneOf(TmfScope.class);
    both.addAll(scopes);
    both.retainAll(granted);
    return new TmfClient(name, system, both, ownOnly, productClasses, productClass, kind);
  }

  boolean seesPersonalData() {
    return scopes.contains(TmfScope.PERSONAL);
  }

  @Override
  public String getName() {
    return "tmf621 client " + name;
  }
}
