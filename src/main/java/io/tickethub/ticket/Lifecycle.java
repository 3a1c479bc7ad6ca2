package io.tickethub.ticket;

import static io.tickethub.ticket.TicketState.ACCEPTED;
import static io.tickethub.ticket.TicketState.ARCHIVED;
import static io.tickethub.ticket.TicketState.CALLING_BACK;
import static io.tickethub.ticket.TicketState.CANCELLED;
import static io.tickethub.ticket.TicketState.DISPATCHED;
import static io.tickethub.ticket.TicketState.ESCALATED;
import static io.tickethub.ticket.TicketState.PRE_DIAGNOSING;
import static io.tickethub.ticket.TicketState.PROCESSING;
import static io.tickethub.ticket.TicketState.RECEIVED;
import static io.tickethub.ticket.TicketState.REJECTED;
import static io.tickethub.ticket.TicketState.REPLIED;
import static io.tickethub.ticket.TicketState.SUSPENDED;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Deque;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Which state may follow which, and the steps that lie between two states when a system skipped
 * them.
 */
public final class Lifecycle {

  private static final Map<TicketState, List<TicketState>> NEXT = new EnumMap<>(TicketState.class);

  static {
    NEXT.put(RECEIVED, List.of(PRE_DIAGNOSING, REJECTED, CANCELLED));
    NEXT.put(PRE_DIAGNOSING, List.of(REPLIED, DISPATCHED, SUSPENDED, CANCELLED));
    NEXT.put(DISPATCHED, List.of(ACCEPTED, PRE_DIAGNOSING, DISPATCHED, CANCELLED));
    NEXT.put(ACCEPTED, List.of(PROCESSING, PRE_DIAGNOSING, DISPATCHED, SUSPENDED, CANCELLED));
    NEXT.put(PROCESSING, List.of(REPLIED, SUSPENDED, DISPATCHED, ESCALATED, CANCELLED));
    NEXT.put(ESCALATED, List.of(PROCESSING, REPLIED, DISPATCHED, SUSPENDED, CANCELLED));
    NEXT.put(SUSPENDED, List.of());
    NEXT.put(REPLIED, List.of(CALLING_BACK));
    NEXT.put(CALLING_BACK, List.of(ARCHIVED, DISPATCHED));
    NEXT.put(ARCHIVED, List.of());
    NEXT.put(REJECTED, List.of());
    NEXT.put(CANCELLED, List.of());
  }

  /**
   * States that may be inferred: the main line of the domain, never a suspension, an escalation or
   * an end.
   */
  private static final Set<TicketState> MAIN_LINE =
      EnumSet.of(PRE_DIAGNOSING, DISPATCHED, ACCEPTED, PROCESSING, REPLIED, CALLING_BACK);

  private Lifecycle() {}

  /** The states that may directly follow where {@code progress} stands. */
  public static Set<TicketState> next(TicketProgress progress) {
    if (progress.state() != SUSPENDED) {
      List<TicketState> next = NEXT.get(progress.state());
      return next.isEmpty() ? Set.of() : EnumSet.copyOf(next);
    }
    Set<TicketState> next = EnumSet.of(progress.resumesTo());
    if (progress.suspensionCause() == SuspensionCause.CUSTOMER) {
      next.add(CANCELLED);
    }
    return next;
  }

  /**
   * The shortest legal way from where {@code progress} stands to {@code target}: the last step is
   * the target, the steps before it only go forward along the main line.
   *
   * @return the states to pass through, target included; empty if there is no such way, which is a
   *     contradiction
   */
  static Optional<List<TicketState>> way(TicketProgress progress, TicketState target) {
    Map<TicketState, TicketState> cameFrom = new EnumMap<>(TicketState.class);
    Deque<TicketState> open = new ArrayDeque<>();
    TicketState start = progress.state();
    for (TicketState first : next(progress)) {
      if (first == target) {
        return Optional.of(List.of(target));
      }
      boolean resumes = start == SUSPENDED && first == progress.resumesTo();
      if (resumes || mayBeInferred(start, first)) {
        cameFrom.put(first, null);
        open.add(first);
      }
    }
    while (!open.isEmpty()) {
      TicketState state = open.remove();
      for (TicketState step : NEXT.get(state)) {
        if (step == target) {
          return Optional.of(trace(cameFrom, state, target));
        }
        if (mayBeInferred(state, step) && !cameFrom.containsKey(step)) {
          cameFrom.put(step, state);
          open.add(step);
        }
      }
    }
    return Optional.empty();
  }

  private static boolean mayBeInferred(TicketState from, TicketState step) {
    return MAIN_LINE.contains(step) && step.rank() > from.rank();
  }

  private static List<TicketState> trace(
      Map<TicketState, TicketState> cameFrom, TicketState last, TicketState target) {
    List<TicketState> way = new ArrayList<>(List.of(target));
    for (TicketState state = last; state != null; state = cameFrom.get(state)) {
      way.add(state);
    }
    Collections.reverse(way);
    return way;
  }

  /**
   * The TMF621 v4 status in which the standard API shows a ticket that stands at {@code progress}.
   */
  public static String tmf621Status(TicketProgress progress) {
    return switch (progress.state()) {
      case RECEIVED -> "acknowledged";
      case PRE_DIAGNOSING, DISPATCHED, ACCEPTED, PROCESSING, ESCALATED -> "inProgress";
      case SUSPENDED -> progress.suspensionCause() == SuspensionCause.CUSTOMER ? "pending" : "held";
      case REPLIED, CALLING_BACK -> "resolved";
      case ARCHIVED -> "closed";
      case REJECTED -> "rejected";
      case CANCELLED -> "cancelled";
    };
  }
}
