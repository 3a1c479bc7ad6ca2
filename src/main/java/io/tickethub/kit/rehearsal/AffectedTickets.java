package io.tickethub.kit.rehearsal;

import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The tickets whose life is to be played again. It holds a bounded number. Thread-safe. */
final class AffectedTickets {

  private static final int MOST_TICKETS = 100_000;
  private static final int MOST_UNKNOWN = 50_000;

  private final Map<Long, List<Long>> known = new TreeMap<>();
  private final Map<String, Unknown> unknown = new TreeMap<>();
  private int messagesOfUnknown;
  private long leftOut;

  /** Messages under one name that no ticket has. */
  private static final class Unknown {
    private final List<Long> messages = new ArrayList<>();
    private boolean affected;
  }

  /** Something a message says of a ticket would differ. */
  synchronized void add(long ticketId) {
    if (known.containsKey(ticketId) || known.size() < MOST_TICKETS) {
      known.putIfAbsent(ticketId, List.of());
    } else {
      leftOut++;
    }
  }

  /** A message that is not kept as one of the ticket's, but is about it by one of the versions. */
  synchronized void add(long ticketId, long messageId) {
    add(ticketId);
    known.computeIfPresent(
        ticketId,
        (id, messages) -> {
          List<Long> more = new ArrayList<>(messages);
          more.add(messageId);
          return more;
        });
  }

  /** A message about a ticket that nobody knows. */
  synchronized void addUnknown(String name, long messageId, boolean affected) {
    if (messagesOfUnknown == MOST_UNKNOWN) {
      leftOut += affected ? 1 : 0;
      return;
    }
    messagesOfUnknown++;
    Unknown ticket = unknown.computeIfAbsent(name, any -> new Unknown());
    ticket.messages.add(messageId);
    ticket.affected |= affected;
  }

  /** Messages beyond the bounds, whose tickets are not played again. */
  synchronized long leftOut() {
    return leftOut;
  }

  synchronized List<Long> known() {
    return List.copyOf(known.keySet());
  }

  synchronized Map<Long, List<Long>> extraMessages(Collection<Long> ticketIds) {
    Map<Long, List<Long>> extra = new TreeMap<>();
    ticketIds.forEach(id -> extra.put(id, known.get(id)));
    return extra;
  }

  /** The messages of each unknown ticket that is affected. */
  synchronized List<List<Long>> unknown() {
    return unknown.values().stream()
        .filter(ticket -> ticket.affected)
        .map(ticket -> ticket.messages.stream().sorted().toList())
        .toList();
  }
}
