package io.tickethub.intake;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeliveryStore.NewDelivery;
import io.tickethub.journal.Arrival;
import io.tickethub.journal.MassFaultStore.Area;
import io.tickethub.journal.MassFaultStore.Gathering;
import io.tickethub.journal.MassFaultStore.Kept;
import io.tickethub.journal.MessageJournal.Settlement;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.TicketReferences.Learned;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.journal.TicketTimers;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.HashSet;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * The working set of one database transaction of the pipeline: what was loaded, and what is to be
 * written.
 */
final class Batch {

  final Map<MessageLedger.Key, MessageLedger.Seen> seen = new HashMap<>();
  final Map<TicketReference, Long> references = new HashMap<>();
  final Map<String, List<Long>> openTicketsOf = new HashMap<>();
  final Map<TicketReference, List<Waiting>> waitingFor = new HashMap<>();
  final Map<Long, Set<String>> introductionsHeld = new HashMap<>();

  final List<Arrival> journal = new ArrayList<>();
  final List<Settlement> settlements = new ArrayList<>();
  final List<Long> noLongerWaiting = new ArrayList<>();
  final Map<Long, Waiting> startWaiting = new LinkedHashMap<>();
  final Map<MessageLedger.Key, MessageLedger.Record> newInLedger = new LinkedHashMap<>();
  final Map<MessageLedger.Key, MessageLedger.Record> renewedInLedger = new LinkedHashMap<>();
  final Map<MessageLedger.Key, Integer> duplicates = new LinkedHashMap<>();
  final Set<Long> duplicatedMessages = new LinkedHashSet<>();
  final Set<Long> dead = new HashSet<>();
  final Set<Long> journaled = new HashSet<>();
  final Set<Long> returnedMessages = new LinkedHashSet<>();
  final List<Learned> learned = new ArrayList<>();
  final List<TicketEvent> events = new ArrayList<>();
  final List<TicketEvent> earlierEvents = new ArrayList<>();
  final List<NewDelivery> deliveries = new ArrayList<>();
  final List<DeadLetters.Letter> deadLetters = new ArrayList<>();

  /** What makes reports the same → their newest ticket. */
  final Map<String, Long> troubles = new HashMap<>();

  final Map<String, Long> newTroubles = new LinkedHashMap<>();
  final Map<Area, List<Gathering>> gathering = new HashMap<>();
  final List<Kept> massFaults = new ArrayList<>();
  final Set<Long> joinedParents = new TreeSet<>();
  Instant joinedUntil;

  final Map<Long, Origin> lastOrigins = new HashMap<>();
  final Map<Long, Instant> struck = new HashMap<>();
  final List<TicketTimers.Change> timers = new ArrayList<>();

  private final Map<Long, Ticket> loaded = new HashMap<>();
  private final Map<Long, Ticket> current = new LinkedHashMap<>();
  private final Set<Long> changed = new HashSet<>();

  private final BatchSteps steps;

  /** {@code steps} null if nobody follows the messages. */
  Batch(BatchSteps steps) {
    this.steps = steps;
  }

  /** From what a message leads to, its trace goes on; null for none. */
  String trace(long messageId) {
    return steps == null ? null : steps.context(messageId);
  }

  void loaded(Map<Long, Ticket> tickets) {
    loaded.putAll(tickets);
    current.putAll(tickets);
  }

  /** The ticket as it stands in this batch. */
  Ticket ticket(long id) {
    return current.get(id);
  }

  /** The ticket as it was before this batch; null if it is new. */
  Ticket before(long id) {
    return loaded.get(id);
  }

  /** The tickets that changed or are new. */
  Set<Long> touched() {
    return Set.copyOf(changed);
  }

  /** Something is due by a time limit of the ticket. */
  void strikes(long ticketId, Instant due, Origin origin) {
    struck.merge(ticketId, due, (a, b) -> a.isAfter(b) ? a : b);
    lastOrigins.merge(ticketId, origin, Batch::later);
  }

  /** When the newest message that took effect was received; null if none did. */
  Instant newest() {
    return lastOrigins.values().stream()
        .map(Origin::receivedAt)
        .max(Instant::compareTo)
        .orElse(null);
  }

  private static Origin later(Origin a, Origin b) {
    return b.receivedAt().isBefore(a.receivedAt()) ? a : b;
  }

  /** A message took effect on the ticket. */
  void causedBy(long ticketId, Origin origin) {
    lastOrigins.merge(ticketId, origin, Batch::later);
  }

  void put(Ticket ticket) {
    current.put(ticket.id(), ticket);
    changed.add(ticket.id());
  }

  /** The tickets as they stand after this batch, by id. */
  Map<Long, Ticket> tickets() {
    return Collections.unmodifiableMap(current);
  }

  /** What happened to tickets in this batch. */
  Map<EventKey, TicketEvent> eventsByKey() {
    Map<EventKey, TicketEvent> byKey = new HashMap<>();
    events.forEach(event -> byKey.put(new EventKey(event.ticketId(), event.sequence()), event));
    return byKey;
  }

  List<Ticket> newTickets() {
    return current.values().stream().filter(ticket -> !loaded.containsKey(ticket.id())).toList();
  }

  List<Ticket> changedTickets() {
    return changed.stream().filter(loaded::containsKey).map(current::get).toList();
  }

  /** By how much the number of tickets in each state differs from before the batch. */
  Map<TicketState, Long> tallyDifferences() {
    Map<TicketState, Long> differences = new EnumMap<>(TicketState.class);
    for (long id : changed) {
      Ticket before = loaded.get(id);
      if (before != null) {
        differences.merge(before.state(), -1L, Long::sum);
      }
      differences.merge(current.get(id).state(), 1L, Long::sum);
    }
    return differences;
  }

  /** A message whose ticket nobody knows; it is also found by the rest of the batch. */
  void startWaiting(Waiting waiting) {
    startWaiting.put(waiting.messageId(), waiting);
    waitingFor.computeIfAbsent(waiting.reference(), any -> new ArrayList<>()).add(waiting);
  }

  /** The messages that wait for this name; they are no longer offered. Empty until it is known. */
  List<Waiting> takeWaitingFor(TicketReference reference) {
    List<Waiting> waiting = references.containsKey(reference) ? waitingFor.remove(reference) : null;
    return waiting == null ? List.of() : waiting;
  }

  /** The message took effect after all. */
  void settleWaiting(Waiting waiting, long ticketId) {
    if (startWaiting.remove(waiting.messageId()) == null) {
      noLongerWaiting.add(waiting.messageId());
    }
    settlements.add(new Settlement(waiting.messageId(), MessageStatus.APPLIED, ticketId, null));
  }

  /** The ticket goes by this name from now on, also for the rest of the batch. */
  void learn(Learned name) {
    references.put(name.reference(), name.ticketId());
    learned.add(name);
  }
}
