package io.tickethub.ticket;

/**
 * One name of a ticket in one numbering scheme.
 *
 * @param scheme the system's name, or the system's name and a suffix where it numbers a ticket
 *     twice ({@code fault-112:serial})
 */
public record TicketReference(String scheme, String value) {

  /** The scheme of the hub's own numbers. */
  public static final String HUB = "hub";
}
