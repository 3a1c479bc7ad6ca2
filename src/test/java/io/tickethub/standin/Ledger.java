package io.tickethub.standin;

import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Queue;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.ConcurrentSkipListMap;
import java.util.concurrent.atomic.AtomicLong;

/** What one system sent, what the hub told it, and what it believes of each ticket. Thread-safe. */
public final class Ledger {

  private static final int MOST_COMPLAINTS = 50;

  private final Queue<String> complaints = new ConcurrentLinkedQueue<>();
  private final AtomicLong sent = new AtomicLong();
  private final AtomicLong effects = new AtomicLong();
  private final AtomicLong recognisedCopies = new AtomicLong();
  private final AtomicLong duplicates = new AtomicLong();
  private final AtomicLong orderViolations = new AtomicLong();
  private final Set<String> keys = ConcurrentHashMap.newKeySet();
  private final Set<String> told = ConcurrentHashMap.newKeySet();
  private final Map<String, Integer> lastSequence = new ConcurrentHashMap<>();
  private final Map<String, String> beliefs = new ConcurrentSkipListMap<>();

  /** The system sent something to the hub. */
  public void sent() {
    sent.incrementAndGet();
  }

  /** Whether a key is new; a system that knows keys lets a copy take no effect. */
  public boolean isNew(String key) {
    if (keys.add(key)) {
      return true;
    }
    recognisedCopies.incrementAndGet();
    return false;
  }

  /** Whether something with this key took effect; for a system that can be asked. */
  public boolean has(String key) {
    return keys.contains(key);
  }

  /**
   * Something the hub said takes effect: counted as a duplicate if the same thing took effect
   * before, as a violation of order if something later did.
   */
  public synchronized void takesEffect(String ticket, int sequence, String event, String state) {
    effects.incrementAndGet();
    if (!told.add(ticket + "/" + sequence + "/" + event)) {
      duplicates.incrementAndGet();
      complain("%s: %s (%d) took effect twice".formatted(ticket, event, sequence));
    }
    int last = lastSequence.getOrDefault(ticket, 0);
    if (sequence < last) {
      orderViolations.incrementAndGet();
      complain("%s: %s (%d) took effect after %d".formatted(ticket, event, sequence, last));
    } else {
      lastSequence.put(ticket, sequence);
      beliefs.put(ticket, state);
    }
  }

  private void complain(String complaint) {
    if (complaints.size() < MOST_COMPLAINTS) {
      complaints.add(complaint);
    }
  }

  /** Duplicates and violations of order in words, the first of them. */
  public List<String> complaints() {
    return List.copyOf(complaints);
  }

  /** The system's own staff moved a ticket. */
  public void believes(String ticket, String state) {
    beliefs.put(ticket, state);
  }

  /** Ticket by the hub's number → the state the system believes it is in. */
  public Map<String, String> beliefs() {
    return Collections.unmodifiableMap(new TreeMap<>(beliefs));
  }

  /** The ledger in numbers. */
  public record Totals(
      long sent, long effects, long recognisedCopies, long duplicates, long orderViolations) {}

  public Totals totals() {
    return new Totals(
        sent.get(), effects.get(), recognisedCopies.get(), duplicates.get(), orderViolations.get());
  }
}
