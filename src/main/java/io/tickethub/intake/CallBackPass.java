package io.tickethub.intake;

import io.tickethub.journal.TicketTimers;
import io.tickethub.service.CallBacks;
import io.tickethub.service.CallBacks.Settled;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketTimer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settles when customers who could not be reached are called back again, after the messages of a
 * batch took effect.
 */
final class CallBackPass {

  private static final String CHANNEL = "call-backs";

  private final CallBacks callBacks;
  private final Records records;
  private final ChangeApplier changes;

  CallBackPass(CallBacks callBacks, Records records, ChangeApplier changes) {
    this.callBacks = callBacks;
    this.records = records;
    this.changes = changes;
  }

  void settle(Batch batch) {
    Map<Long, List<TicketEvent>> news = Histories.news(batch);
    Set<Long> concerned = new TreeSet<>();
    for (long id : batch.touched()) {
      if (callBacks.concerns(
          batch.before(id), batch.ticket(id), news.getOrDefault(id, List.of()))) {
        concerned.add(id);
      }
    }
    batch.struck.keySet().stream()
        .filter(id -> batch.ticket(id).timers().containsKey(CallBacks.TIMER))
        .forEach(concerned::add);
    Histories.of(concerned, callBacks.types(), news, batch, records.tickets())
        .forEach((id, history) -> settle(id, history, batch));
  }

  private void settle(long id, List<TicketEvent> history, Batch batch) {
    Origin cause = batch.lastOrigins.get(id);
    Instant due = batch.struck.get(id);
    Instant now = due != null && due.isAfter(cause.receivedAt()) ? due : cause.receivedAt();
    Settled settled = callBacks.settle(batch.ticket(id), history, now);
    settled
        .step()
        .ifPresent(
            step ->
                changes.callBack(
                    batch.ticket(id),
                    step,
                    new Origin(LimitPass.SYSTEM, CHANNEL, cause.messageId(), now),
                    batch));
    keep(id, settled, due != null, batch);
  }

  private static void keep(long id, Settled settled, boolean claimed, Batch batch) {
    Ticket ticket = batch.ticket(id);
    Map<String, TicketTimer> timers = new TreeMap<>(ticket.timers());
    TicketTimer before = timers.remove(CallBacks.TIMER);
    settled.timer().ifPresent(timer -> timers.put(CallBacks.TIMER, timer));
    batch.timers.add(
        new TicketTimers.Change(id, only(before), only(settled.timer().orElse(null)), claimed));
    batch.put(ticket.timed(ticket.dueAt(), timers));
  }

  private static Map<String, TicketTimer> only(TicketTimer timer) {
    return timer == null ? Map.of() : Map.of(CallBacks.TIMER, timer);
  }
}
