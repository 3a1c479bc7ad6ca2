package io.tickethub.service;

import io.tickethub.service.CallBackView.Try;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import java.util.ArrayList;
import java.util.List;

/** The calls a history tells of, and what came of each. */
final class CallBackTries {

  private final List<Try> tries = new ArrayList<>();
  private int round;
  private int call;

  private CallBackTries() {}

  static List<Try> of(List<TicketEvent> history) {
    CallBackTries found = new CallBackTries();
    history.forEach(found::take);
    return List.copyOf(found.tries);
  }

  private void take(TicketEvent event) {
    boolean changed = event.from() != event.to();
    if (changed && event.to() == TicketState.REPLIED) {
      round++;
      call = 0;
    }
    switch (event.type()) {
      case NOT_REACHED -> tried(event, event.code());
      case CALL_BACK_DUE, CALL_BACKS_ENDED -> followed(event);
      case REOPENED -> tried(event, event.code());
      default -> {
        if (changed && event.to() == TicketState.ARCHIVED) {
          archived(event);
        }
      }
    }
  }

  private void archived(TicketEvent event) {
    if (event.source().equals(TicketReference.HUB)) {
      followed(event);
    } else {
      tried(event, event.code());
    }
  }

  private void tried(TicketEvent event, String outcome) {
    call++;
    tries.add(new Try(Math.max(round, 1), call, event.occurredAt(), outcome, null, null));
  }

  private void followed(TicketEvent event) {
    if (call > 0) {
      Try last = tries.remove(tries.size() - 1);
      tries.add(last.followedBy(event.detail().reason(), event.occurredAt()));
    }
  }
}
