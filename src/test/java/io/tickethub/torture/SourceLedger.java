package io.tickethub.torture;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What got a receipt, ticket by ticket, in the order it was said. Thread-safe. */
final class SourceLedger {

  private final Map<String, List<String>> tickets = new ConcurrentHashMap<>();
  private final AtomicLong receipts = new AtomicLong();

  void opened(String ticket) {
    tickets.putIfAbsent(ticket, new ArrayList<>());
    receipts.incrementAndGet();
  }

  void said(String ticket, String note) {
    List<String> notes = tickets.get(ticket);
    synchronized (notes) {
      notes.add(note);
    }
    receipts.incrementAndGet();
  }

  /** Messages that got a receipt. */
  long receipts() {
    return receipts.get();
  }

  /** Notes that got a receipt. */
  long notes() {
    return receipts.get() - tickets.size();
  }

  List<String> tickets() {
    return tickets.keySet().stream().sorted().toList();
  }

  List<String> notes(String ticket) {
    List<String> notes = tickets.get(ticket);
    synchronized (notes) {
      return List.copyOf(notes);
    }
  }
}
