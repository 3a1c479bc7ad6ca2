package io.tickethub.tmf;

import io.tickethub.ticket.Lifecycle;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketProgress;
import io.tickethub.ticket.TicketState;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** What a client means by a status: the table of {@link Lifecycle#tmf621Status} read backwards. */
final class TroubleTicketStatus {

  static final List<String> ALL =
      List.of(
          "acknowledged",
          "rejected",
          "pending",
          "held",
          "inProgress",
          "cancelled",
          "closed",
          "resolved");

  private TroubleTicketStatus() {}

  /** Where a ticket is to go. */
  record Target(TicketState state, SuspensionCause cause) {}

  /**
   * The state a ticket that stands at {@code progress} has to reach to show a status; empty if it
   * shows it already.
   */
  static Optional<Target> target(String status, TicketProgress progress) {
    if (Lifecycle.tmf621Status(progress).equals(status)) {
      return Optional.empty();
    }
    return Optional.of(
        switch (status) {
          case "acknowledged" -> new Target(TicketState.RECEIVED, null);
          case "inProgress" -> new Target(working(progress), null);
          case "pending" -> new Target(TicketState.SUSPENDED, SuspensionCause.CUSTOMER);
          case "held" -> new Target(TicketState.SUSPENDED, SuspensionCause.OTHER);
          case "resolved" -> new Target(TicketState.REPLIED, null);
          case "closed" -> new Target(TicketState.ARCHIVED, null);
          case "rejected" -> new Target(TicketState.REJECTED, null);
          case "cancelled" -> new Target(TicketState.CANCELLED, null);
          default ->
              throw TmfException.badRequest(
                  "there is no status '%s'; there are %s".formatted(status, ALL));
        });
  }

  private static TicketState working(TicketProgress progress) {
    return switch (progress.state()) {
      case RECEIVED -> TicketState.PRE_DIAGNOSING;
      case SUSPENDED -> progress.resumesTo();
      default -> TicketState.DISPATCHED;
    };
  }

  /** The states whose tickets show a status; among them may be tickets that show another. */
  static List<TicketState> states(String status) {
    return Arrays.stream(TicketState.values()).filter(state -> shows(state, status)).toList();
  }

  private static boolean shows(TicketState state, String status) {
    return Arrays.stream(SuspensionCause.values())
        .map(cause -> new TicketProgress(state, null, cause, null, 0, 0, 0))
        .anyMatch(progress -> Lifecycle.tmf621Status(progress).equals(status));
  }
}
