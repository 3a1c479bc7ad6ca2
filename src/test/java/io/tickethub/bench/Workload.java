package io.tickethub.bench;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Random;

/**
 * What a source system has to say, round by round: reports on so many tickets, some sent twice. The
 * same seed gives the same reports, so that every contender hears the same.
 */
final class Workload {

  private static final double SENT_TWICE = 0.01;

  private final Random random;
  private final String name;
  private final int tickets;
  private final Map<String, Integer> sequences = new HashMap<>();
  private int messages;

  Workload(String name, int tickets, long seed) {
    this.name = name;
    this.tickets = tickets;
    this.random = new Random(seed);
  }

  /**
   * A round's reports, one list a sender: a ticket's reports are all in one list, in their order.
   *
   * @param count reports, not counting those sent twice
   */
  List<List<Report>> round(int count, int senders) {
    Instant now = Instant.now();
    List<List<Report>> lists = new ArrayList<>();
    for (int sender = 0; sender < senders; sender++) {
      lists.add(new ArrayList<>());
    }
    for (int i = 0; i < count; i++) {
      int number = random.nextInt(tickets);
      String ticket = name + "-T" + number;
      Report report =
          new Report(
              name + "-" + messages++,
              ticket,
              sequences.merge(ticket, 1, Integer::sum),
              now,
              false);
      List<Report> list = lists.get(number % senders);
      list.add(report);
      if (random.nextDouble() < SENT_TWICE) {
        list.add(report);
      }
    }
    return lists;
  }

  /** A report of a ticket of its own that no target has to know of. */
  synchronized Report inquiry() {
    int number = messages++;
    return new Report(name + "-" + number, name + "-I" + number, 1, Instant.now(), true);
  }
}
