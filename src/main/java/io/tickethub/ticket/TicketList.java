package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.List;

/**
 * A system's list of its tickets, or a part of one. Every component but {@code statements} may be
 * null.
 *
 * @param list equal for all parts of a list, and for no other; the sender's id of the message if
 *     null
 * @param part 1 for the first; null if the list is not divided
 * @param of how many parts there are; null while the system does not know
 * @param asOf when the list was true, by the system's clock; the time of receipt if null
 * @param complete whether every open ticket of the system is in it; true if null
 * @param next what the hub asks with for what follows; null if nothing does
 */
@JsonInclude(JsonInclude.Include.NON_EMPTY)
public record TicketList(
    String list,
    Integer part,
    Integer of,
    Instant asOf,
    Boolean complete,
    String next,
    List<Statement> statements) {

  public TicketList {
    statements = statements == null ? List.of() : List.copyOf(statements);
    if (part != null && part < 1 || of != null && of < 1) {
      throw new IllegalArgumentException("'part' and 'of' are at least 1");
    }
  }

  /** Statements that say nothing of the list they are in. */
  public static TicketList of(List<Statement> statements) {
    return new TicketList(null, null, null, null, null, null, statements);
  }

  /** Every open ticket of the system is in it. */
  @JsonIgnore
  public boolean isComplete() {
    return complete == null || complete;
  }
}
