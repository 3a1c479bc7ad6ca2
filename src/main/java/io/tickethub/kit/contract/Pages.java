package io.tickethub.kit.contract;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicInteger;

/** What a system tells whoever asks it for news: a page once, and nothing new after that. */
final class Pages {

  private static final byte[] NOTHING_NEW = new byte[0];

  private final Map<String, byte[]> waiting = new ConcurrentHashMap<>();
  private final Map<String, AtomicInteger> asked = new ConcurrentHashMap<>();

  void put(String path, byte[] page) {
    waiting.put(path, page);
  }

  /** The answer to one question. */
  byte[] next(String path) {
    byte[] page = waiting.remove(path);
    asked.computeIfAbsent(path, any -> new AtomicInteger()).incrementAndGet();
    return page == null ? NOTHING_NEW : page;
  }

  /** How often the system was asked. */
  int asked(String path) {
    AtomicInteger count = asked.get(path);
    return count == null ? 0 : count.get();
  }

  boolean isWaiting(String path) {
    return waiting.containsKey(path);
  }
}
