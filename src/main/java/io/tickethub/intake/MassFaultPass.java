package io.tickethub.intake;

import io.tickethub.intake.RepeatPass.Report;
import io.tickethub.journal.MassFaultStore;
import io.tickethub.journal.MassFaultStore.Area;
import io.tickethub.journal.MassFaultStore.Gathering;
import io.tickethub.journal.MassFaultStore.Kept;
import io.tickethub.routing.MassFaults;
import io.tickethub.routing.MassFaults.Declared;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketLinks.Related;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * Lets reports join the mass fault of their area, and keeps what mass faults gather and what their
 * children are to hear. See {@link MassFaultLoop} for what follows from it.
 */
final class MassFaultPass {

  /** So long, a batch that began before a mass fault ended may still bring it children. */
  static final Duration AFTERMATH = Duration.ofMinutes(10);

  private final MassFaults massFaults;
  private final MassFaultStore store;

  MassFaultPass(MassFaults massFaults, MassFaultStore store) {
    this.massFaults = massFaults;
    this.store = store;
  }

  /** The mass faults in the areas of these reports. */
  Map<Area, List<Gathering>> find(List<Report> reports) {
    Set<Area> areas = new HashSet<>();
    for (Report report : reports) {
      area(report).ifPresent(areas::add);
    }
    return new HashMap<>(store.find(areas));
  }

  private static Optional<Area> area(Report report) {
    TicketContent content = report.open().content();
    return content.region() == null
        ? Optional.empty()
        : Optional.of(new Area(content.region(), content.productClass()));
  }

  /** The mass fault that a report belongs to, the oldest of several. */
  Optional<Related> parentOf(Report report, Batch batch) {
    TicketContent content = report.open().content();
    TicketState state = report.open().state();
    boolean atWork =
        state == null
            || !state.isFinal()
                && state != TicketState.REPLIED
                && state != TicketState.CALLING_BACK;
    if (!atWork || content.attributes().containsKey(TicketContent.MASS_FAULT_AREAS)) {
      return Optional.empty();
    }
    return area(report).stream()
        .flatMap(area -> batch.gathering.getOrDefault(area, List.of()).stream())
        .filter(gathering -> gathering.takes(content.kind(), content.faultDomain()))
        .map(Gathering::ticket)
        .findFirst();
  }

  /** A new ticket may gather those that come after it in the same batch. */
  void opened(Ticket ticket, Batch batch) {
    massFaults
        .declared(ticket)
        .filter(any -> ticket.isAtWork())
        .ifPresent(
            declared -> {
              batch.put(ticket.linked(ticket.links().gathering(true)));
              Gathering gathering = gathering(ticket, Optional.of(declared));
              for (Area area : areas(declared)) {
                batch.gathering.computeIfAbsent(area, any -> new ArrayList<>()).add(gathering);
              }
            });
  }

  void settle(Batch batch) {
    Map<Long, Integer> relayed = new HashMap<>();
    for (TicketEvent event : batch.events) {
      if (event.type() == EventType.JOINED) {
        Ticket child = batch.ticket(event.ticketId());
        if (child.links().parent() != null) {
          batch.joinedParents.add(child.links().parent().id());
        }
      }
      if (massFaults.relays(event.code())) {
        relayed.put(event.ticketId(), event.sequence());
      }
    }
    for (long id : batch.touched()) {
      settle(id, relayed.get(id), batch);
    }
    Instant now = batch.newest();
    batch.joinedUntil = now == null ? null : now.plus(AFTERMATH);
  }

  private void settle(long id, Integer relayed, Batch batch) {
    Ticket ticket = batch.ticket(id);
    Ticket before = batch.before(id);
    Optional<Declared> declared =
        ticket.links().parent() == null ? massFaults.declared(ticket) : Optional.empty();
    if (declared.isEmpty() && !ticket.links().massFault()) {
      return;
    }
    boolean isNew = before == null || !before.links().massFault();
    boolean turned = !isNew && before.isAtWork() != ticket.isAtWork();
    boolean said = before != null && before.content() != ticket.content();
    if (!isNew && !turned && !said && relayed == null) {
      return;
    }
    if (!ticket.links().massFault()) {
      ticket = ticket.linked(ticket.links().gathering(true));
      batch.put(ticket);
    }
    Instant now = batch.lastOrigins.get(id).receivedAt();
    batch.massFaults.add(
        new Kept(
            gathering(ticket, declared),
            ticket.isAtWork() ? declared.map(MassFaultPass::areas).orElse(Set.of()) : Set.of(),
            relayed == null ? 0 : relayed,
            now,
            ticket.isAtWork() ? null : now.plus(AFTERMATH)));
  }

  private static Gathering gathering(Ticket ticket, Optional<Declared> declared) {
    return new Gathering(
        new Related(ticket.id(), ticket.number()),
        declared.map(Declared::kinds).orElse(Set.of()),
        declared.map(Declared::faultDomain).orElse(null));
  }

  private static Set<Area> areas(Declared declared) {
    Set<Area> areas = new HashSet<>();
    for (String region : declared.regions()) {
      declared.productClasses().forEach(code -> areas.add(new Area(region, code)));
    }
    return areas;
  }
}
