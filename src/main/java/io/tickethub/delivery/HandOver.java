package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.delivery.DeliveryStore.NewDelivery;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collection;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;

/**
 * The way of a batch's deliveries from the pipeline straight to the dispatchers, as far as these
 * have places for them: they are added as under way and need not be looked for. Not thread-safe.
 */
public final class HandOver implements AutoCloseable {

  private static final Duration LONGEST_HOLD = Duration.ofHours(1);

  /** What one system has to hear of one ticket. */
  private record Lane(String connector, long ticketId) {}

  private final DispatcherParts parts;
  private final Map<String, Dispatcher> running;
  private final Map<Dispatcher, Integer> reserved = new HashMap<>();
  private final Map<String, Dispatcher> chosen = new HashMap<>();
  private final Set<String> full = new HashSet<>();
  private final Set<Lane> waiting = new HashSet<>();
  private final List<Claimed> added = new ArrayList<>();

  HandOver(DispatcherParts parts, Map<String, Dispatcher> running) {
    this.parts = parts;
    this.running = running;
  }

  /** Adds deliveries of tickets the transaction has locked. */
  public void add(Collection<NewDelivery> deliveries) {
    Instant now = parts.steady().instant();
    added.addAll(
        parts
            .store()
            .add(
                deliveries.stream().map(delivery -> from(now, delivery)).toList(),
                delivery -> isStraight(delivery, now),
                parts.node(),
                now.plus(DispatcherParts.LEASE)));
  }

  /** By how long it waits, whatever the machine's clock has been set to since it was decided. */
  private static NewDelivery from(Instant now, NewDelivery delivery) {
    Duration waits = Duration.between(delivery.createdAt(), delivery.due());
    return delivery.at(now.plus(waits.compareTo(LONGEST_HOLD) < 0 ? waits : LONGEST_HOLD), now);
  }

  private boolean isStraight(NewDelivery delivery, Instant now) {
    Lane lane = new Lane(delivery.connector(), delivery.ticketId());
    if (delivery.due().isAfter(now) || waiting.contains(lane) || !reserve(delivery.connector())) {
      waiting.add(lane);
      return false;
    }
    return true;
  }

  private boolean reserve(String connector) {
    Optional<Dispatcher> dispatcher =
        full.contains(connector)
            ? Optional.empty()
            : Optional.ofNullable(
                chosen.computeIfAbsent(connector, name -> running.get(connector)));
    if (dispatcher.isEmpty() || !dispatcher.get().reserve()) {
      full.add(connector);
      return false;
    }
    reserved.merge(dispatcher.get(), 1, Integer::sum);
    return true;
  }

  /**
   * Begins to tell what was added. To be called once the transaction is committed.
   *
   * @param tickets those of the deliveries, as written
   */
  public void begin(Map<Long, Ticket> tickets, Map<EventKey, TicketEvent> events) {
    Map<Dispatcher, List<Work>> begun = new LinkedHashMap<>();
    for (Work work : parts.loader().load(added, tickets, events)) {
      begun.computeIfAbsent(dispatcher(work.claimed()), any -> new ArrayList<>()).add(work);
    }
    added.clear();
    begun.forEach(
        (dispatcher, work) -> {
          reserved.merge(dispatcher, -work.size(), Integer::sum);
          dispatcher.beginReserved(work);
        });
    full.stream().map(running::get).filter(Objects::nonNull).forEach(Dispatcher::signal);
  }

  private Dispatcher dispatcher(Claimed claimed) {
    return chosen.get(claimed.connector());
  }

  /**
   * Gives back the places that were not needed. What was added and not begun, because the
   * transaction failed or nobody knows how it ended, is tried later if it is there.
   */
  @Override
  public void close() {
    for (Claimed claimed : added) {
      reserved.merge(dispatcher(claimed), -1, Integer::sum);
      dispatcher(claimed).abandonReserved(claimed);
    }
    added.clear();
    reserved.forEach(Dispatcher::giveBackReserved);
    reserved.clear();
  }
}
