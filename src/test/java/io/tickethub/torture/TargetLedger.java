package io.tickethub.torture;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** What took effect at one system, ticket by ticket, in the order it did. Thread-safe. */
final class TargetLedger {

  private final Map<String, Effects> tickets = new ConcurrentHashMap<>();
  private final AtomicLong notes = new AtomicLong();
  private final AtomicLong repetitions = new AtomicLong();

  /**
   * Something that took effect.
   *
   * @param sequence the hub's of this ticket
   * @param note null if it was no note
   */
  record Effect(int sequence, String note) {}

  private static final class Effects {
    private final List<Effect> all = new ArrayList<>();
    private final Set<String> keys = new HashSet<>();
  }

  /** Takes effect, unless a key is honoured and was seen before; false then. */
  boolean effect(String ticket, String honouredKey, Effect effect) {
    Effects effects = tickets.computeIfAbsent(ticket, any -> new Effects());
    synchronized (effects) {
      if (honouredKey != null && !effects.keys.add(honouredKey)) {
        repetitions.incrementAndGet();
        return false;
      }
      effects.all.add(effect);
    }
    if (effect.note() != null) {
      notes.incrementAndGet();
    }
    return true;
  }

  /** Is this key known? Only of a system that can be asked. */
  boolean knows(String ticket, int sequence) {
    Effects effects = tickets.get(ticket);
    if (effects == null) {
      return false;
    }
    synchronized (effects) {
      return effects.all.stream().anyMatch(effect -> effect.sequence() == sequence);
    }
  }

  /** Notes that took effect. */
  long notes() {
    return notes.get();
  }

  /** How often something came again under a key that was honoured. */
  long repetitions() {
    return repetitions.get();
  }

  List<Effect> of(String ticket) {
    Effects effects = tickets.get(ticket);
    if (effects == null) {
      return List.of();
    }
    synchronized (effects) {
      return List.copyOf(effects.all);
    }
  }
}
