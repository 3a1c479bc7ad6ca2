package io.tickethub.intake;

import io.tickethub.journal.TicketTimers;
import io.tickethub.service.CallBacks;
import io.tickethub.service.TimeLimits;
import io.tickethub.service.TimeLimits.Settled;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketTimer;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * Settles the time limits of a batch's tickets after its messages took effect: what they came to
 * becomes events, what is to come is kept as timers. Tickets whose limits cannot have changed are
 * left alone.
 */
final class LimitPass {

  /** The hub itself, as the source of what limits came to. */
  static final String SYSTEM = TicketReference.HUB;

  static final String CHANNEL = "time-limits";

  private final TimeLimits limits;
  private final Records records;
  private final ChangeApplier changes;

  LimitPass(TimeLimits limits, Records records, ChangeApplier changes) {
    this.limits = limits;
    this.records = records;
    this.changes = changes;
  }

  void settle(Batch batch) {
    Map<Long, List<TicketEvent>> news = Histories.news(batch);
    Set<Long> concerned = new TreeSet<>(batch.struck.keySet());
    for (long id : batch.touched()) {
      Ticket before = batch.before(id);
      List<TicketEvent> happened = news.getOrDefault(id, List.of());
      if (limits.concerns(before, batch.ticket(id), happened)
          && !stoppedInTime(before, batch.ticket(id), happened, batch)) {
        concerned.add(id);
      }
    }
    Histories.of(concerned, limits.types(), news, batch, records.tickets())
        .forEach((id, history) -> settle(id, history, batch));
  }

  private boolean stoppedInTime(Ticket before, Ticket after, List<TicketEvent> news, Batch batch) {
    if (before == null || batch.struck.containsKey(after.id()) || before.timers().isEmpty()) {
      return false;
    }
    Instant now = batch.lastOrigins.get(after.id()).receivedAt();
    Optional<Settled> settled = limits.stoppedInTime(before, after, news, now);
    settled.ifPresent(ended -> keep(after, ended, ofLimits(before.timers()), false, batch));
    return settled.isPresent();
  }

  private void settle(long id, List<TicketEvent> history, Batch batch) {
    Origin cause = batch.lastOrigins.get(id);
    Instant due = batch.struck.get(id);
    Instant now = due != null && due.isAfter(cause.receivedAt()) ? due : cause.receivedAt();
    Ticket ticket = batch.ticket(id);
    Settled settled = limits.settle(ticket, history, now);
    if (!settled.notices().isEmpty()) {
      Origin origin = new Origin(SYSTEM, CHANNEL, cause.messageId(), now);
      changes.limits(ticket, settled.notices(), origin, batch);
    }
    Map<String, TicketTimer> before =
        batch.before(id) == null ? Map.of() : ofLimits(batch.before(id).timers());
    keep(batch.ticket(id), settled, before, due != null, batch);
  }

  private static void keep(
      Ticket ticket,
      Settled settled,
      Map<String, TicketTimer> before,
      boolean claimed,
      Batch batch) {
    if (claimed || !settled.timers().equals(before)) {
      batch.timers.add(new TicketTimers.Change(ticket.id(), before, settled.timers(), claimed));
    }
    Map<String, TicketTimer> timers = new TreeMap<>(settled.timers());
    TicketTimer callBack = ticket.timers().get(CallBacks.TIMER);
    if (callBack != null) {
      timers.put(CallBacks.TIMER, callBack);
    }
    batch.put(ticket.timed(settled.dueAt(), timers));
  }

  /** The timer of a call-back is none of a limit's. */
  private static Map<String, TicketTimer> ofLimits(Map<String, TicketTimer> timers) {
    if (!timers.containsKey(CallBacks.TIMER)) {
      return timers;
    }
    Map<String, TicketTimer> limits = new TreeMap<>(timers);
    limits.remove(CallBacks.TIMER);
    return limits;
  }
}
