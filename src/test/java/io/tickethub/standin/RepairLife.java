package io.tickethub.standin;

import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * How a partner's staff works on a ticket: accepts it, begins, comments, waits now and then for the
 * customer, repairs it; and all again when it is reopened. What is said of one ticket is said in
 * order, unless the partner is in the mood for disorder.
 */
final class RepairLife {

  private final Staff staff;
  private final Ledger ledger;
  private final Mood mood;
  private final Sender sender;
  private final String prefix;
  private final double escalates;
  private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() % 1_000_000 * 1000);
  private final Map<String, Long> rounds = new ConcurrentHashMap<>();

  RepairLife(String prefix, Staff staff, Ledger ledger, Mood mood, Sender sender) {
    this(prefix, 0, staff, ledger, mood, sender);
  }

  /** {@code escalates} is how often the staff needs the regional company's support. */
  RepairLife(
      String prefix, double escalates, Staff staff, Ledger ledger, Mood mood, Sender sender) {
    this.escalates = escalates;
    this.prefix = prefix;
    this.staff = staff;
    this.ledger = ledger;
    this.mood = mood;
    this.sender = sender;
  }

  /** Sends news to the hub; throws if there is no receipt. */
  @FunctionalInterface
  interface Sender {
    void send(News news) throws Exception;
  }

  /** A number for a message or an order. */
  String nextNumber() {
    return prefix + numbers.incrementAndGet();
  }

  /** The ticket is the partner's now, for the first time or again. */
  void begin(String ticket, String partnerTicket) {
    long round = rounds.merge(ticket, 1L, Long::sum);
    List<Step> steps = new ArrayList<>();
    steps.add(new Step("accepted", "已接单"));
    steps.add(new Step("processing", "工程师已到场"));
    if (staff.happens(0.2)) {
      steps.add(new Step(null, "正在更换部件"));
    }
    if (staff.happens(0.15)) {
      steps.add(new Step("suspended", "等待客户开门"));
      steps.add(new Step("processing", "继续处理"));
    }
    if (staff.happens(escalates)) {
      steps.add(new Step("escalated", "分公司无法解决，请区公司支援"));
    }
    steps.add(new Step("replied", "更换接口板，恢复正常"));
    next(ticket, partnerTicket, round, steps);
  }

  /** The ticket is no longer the partner's. */
  void end(String ticket) {
    rounds.merge(ticket, 1L, Long::sum);
  }

  private record Step(String state, String text) {}

  private void next(String ticket, String partnerTicket, long round, List<Step> steps) {
    if (steps.isEmpty()) {
      return;
    }
    staff.soon(
        () -> {
          if (rounds.get(ticket) == round) {
            boolean swap = mood.is(Mischief.OUT_OF_ORDER) && steps.size() > 2;
            int count = swap ? 2 : 1;
            Deque<News> unsent = new ArrayDeque<>();
            for (Step step : steps.subList(0, count)) {
              News news =
                  new News(
                      nextNumber(),
                      ticket,
                      partnerTicket,
                      step.state(),
                      Instant.now(),
                      step.text());
              if (swap) {
                unsent.addFirst(news);
              } else {
                unsent.addLast(news);
              }
              if (step.state() != null) {
                ledger.believes(ticket, step.state());
              }
            }
            if (mood.is(Mischief.DUPLICATE)) {
              unsent.addAll(List.copyOf(unsent));
            }
            say(
                unsent,
                () -> next(ticket, partnerTicket, round, steps.subList(count, steps.size())));
          }
        });
  }

  /** A system keeps what it has to say until it has a receipt. */
  private void say(Deque<News> unsent, Runnable then) {
    staff.now(
        () -> {
          while (!unsent.isEmpty()) {
            sender.send(unsent.element());
            ledger.sent();
            unsent.remove();
          }
          then.run();
        });
  }
}
