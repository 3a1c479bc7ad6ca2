package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.Collections;
import java.util.Set;
import java.util.TreeSet;

/**
 * What binds a ticket to other tickets, and to systems beside its owner.
 *
 * @param parent the mass fault whose work mends this one too; null if it stands alone
 * @param cleared the parent has replied for this ticket: from then on it goes its own way
 * @param parentSequence of the parent's last event that this ticket was told of
 * @param apart a person took it out of a mass fault: it is not gathered again
 * @param massFault it gathers other tickets itself
 * @param follows the archived ticket of the same trouble; null if there is none
 * @param reporters connectors whose systems reported it again under a number of theirs
 * @param assigned connectors whose systems work on it beside its owner (加派)
 * @param responded somebody has said the first word about the work (首次回应)
 */
@JsonInclude(JsonInclude.Include.NON_DEFAULT)
public record TicketLinks(
    Related parent,
    boolean cleared,
    int parentSequence,
    boolean apart,
    boolean massFault,
    Related follows,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> reporters,
    @JsonInclude(JsonInclude.Include.NON_EMPTY) Set<String> assigned,
    boolean responded) {

  public static final TicketLinks NONE =
      new TicketLinks(null, false, 0, false, false, null, Set.of(), Set.of(), false);

  /** Another ticket, by the hub's id and number. */
  public record Related(long id, String number) {}

  public TicketLinks {
    reporters = sorted(reporters);
    assigned = sorted(assigned);
  }

  private static Set<String> sorted(Set<String> systems) {
    return systems == null ? Set.of() : Collections.unmodifiableSet(new TreeSet<>(systems));
  }

  /** Nobody works on it itself: its parent is worked on. */
  @JsonIgnore
  public boolean isWorkedOnByParent() {
    return parent != null && !cleared;
  }

  TicketLinks childOf(Related newParent) {
    return new TicketLinks(
        newParent, false, 0, apart, massFault, follows, reporters, assigned, responded);
  }

  TicketLinks heardFromParent(int sequence, boolean nowCleared) {
    return new TicketLinks(
        parent,
        cleared || nowCleared,
        sequence,
        apart,
        massFault,
        follows,
        reporters,
        assigned,
        responded);
  }

  TicketLinks standingAlone(boolean forGood) {
    return new TicketLinks(
        null, false, 0, apart || forGood, massFault, follows, reporters, assigned, responded);
  }

  /** With the archived ticket of the same trouble. */
  public TicketLinks following(Related earlier) {
    return new TicketLinks(
        parent, cleared, parentSequence, apart, massFault, earlier, reporters, assigned, responded);
  }

  /** Gathers other tickets, or no longer does. */
  public TicketLinks gathering(boolean isMassFault) {
    return new TicketLinks(
        parent,
        cleared,
        parentSequence,
        apart,
        isMassFault,
        follows,
        reporters,
        assigned,
        responded);
  }

  TicketLinks reportedBy(String system) {
    Set<String> more = new TreeSet<>(reporters);
    more.add(system);
    return new TicketLinks(
        parent, cleared, parentSequence, apart, massFault, follows, more, assigned, responded);
  }

  TicketLinks assigned(String system) {
    Set<String> more = new TreeSet<>(assigned);
    more.add(system);
    return new TicketLinks(
        parent, cleared, parentSequence, apart, massFault, follows, reporters, more, responded);
  }

  TicketLinks unassigned() {
    return new TicketLinks(
        parent, cleared, parentSequence, apart, massFault, follows, reporters, Set.of(), responded);
  }

  TicketLinks hasResponded() {
    return new TicketLinks(
        parent, cleared, parentSequence, apart, massFault, follows, reporters, assigned, true);
  }
}
