package io.tickethub.tmf;

import io.tickethub.ticket.EventDetail;
import io.tickethub.ticket.Lifecycle;
import io.tickethub.ticket.SuspensionCause;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketProgress;
import io.tickethub.ticket.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * The statuses a ticket has had, in order, made of its history: steps that a system skipped are in
 * it as the hub inferred them, so one follows the other as the specification allows.
 */
final class StatusLine {

  /**
   * A status that was reached.
   *
   * @param reason null if nobody gave one
   */
  record Entry(String status, Instant since, String reason) {}

  private StatusLine() {}

  static List<Entry> of(List<TicketEvent> events) {
    List<Entry> line = new ArrayList<>();
    for (TicketEvent event : events) {
      String status = after(event);
      boolean first = line.isEmpty();
      if (first && event.from() != event.to()) {
        line.add(new Entry(of(event.from(), null), event.occurredAt(), null));
      }
      if (line.isEmpty() || isStep(event) && !last(line).status().equals(status)) {
        line.add(new Entry(status, event.occurredAt(), first ? null : reason(event.detail())));
      }
    }
    return line;
  }

  static Entry last(List<Entry> line) {
    return line.get(line.size() - 1);
  }

  /** The status in which an event left its ticket. */
  static String after(TicketEvent event) {
    return of(event.to(), event.detail().suspensionCause());
  }

  /** Whether an event changed the status. */
  static boolean changes(TicketEvent event) {
    return isStep(event) && !of(event.from(), null).equals(of(event.to(), null));
  }

  private static boolean isStep(TicketEvent event) {
    return event.from() != event.to();
  }

  private static String of(TicketState state, SuspensionCause cause) {
    return Lifecycle.tmf621Status(new TicketProgress(state, null, cause, null, 0, 0, 0));
  }

  private static String reason(EventDetail detail) {
    return detail.note() != null ? detail.note() : detail.reason();
  }
}
