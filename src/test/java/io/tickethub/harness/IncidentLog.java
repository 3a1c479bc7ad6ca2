package io.tickethub.harness;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;

/**
 * An incident log as messy as a real one. It is generated, not taken from anywhere: to the figures
 * that DOMAIN.md gives of a public log, 2,526 status changes of 890 tickets, 24% of the changes
 * from one status to the next not legal in TMF621, 29% of the tickets not beginning as new. A seed
 * gives the same log each time.
 */
public final class IncidentLog {

  public static final int TICKETS = 890;
  public static final int CHANGES = 2_526;
  public static final double NOT_LEGAL = 0.24;
  public static final double NOT_BEGUN_AS_NEW = 0.29;

  /** Status of TMF621 v4 → those that may follow it. */
  private static final Map<String, Set<String>> NEXT =
      Map.of(
          "acknowledged", Set.of("inProgress", "rejected", "cancelled"),
          "inProgress", Set.of("pending", "held", "resolved", "cancelled"),
          "pending", Set.of("inProgress", "cancelled"),
          "held", Set.of("inProgress"),
          "resolved", Set.of("closed", "inProgress"),
          "closed", Set.of(),
          "rejected", Set.of(),
          "cancelled", Set.of());

  private static final List<String> STATUSES = NEXT.keySet().stream().sorted().toList();

  /** One line: a ticket reached a status. */
  public record Line(int ticket, String status) {}

  private IncidentLog() {}

  public static boolean isLegal(String from, String to) {
    return from.equals(to) || NEXT.get(from).contains(to);
  }

  /** The lines of all tickets, interleaved; those of one ticket in their order. */
  public static List<Line> generate(long seed) {
    Random random = new Random(seed);
    String[] status = new String[TICKETS];
    List<Integer> order = new ArrayList<>();
    for (int line = 0; line < CHANGES; line++) {
      order.add(line < TICKETS ? line : random.nextInt(TICKETS));
    }
    int strangers = (int) Math.round(TICKETS * NOT_BEGUN_AS_NEW);
    int wrong = (int) Math.round((CHANGES - TICKETS) * NOT_LEGAL);
    List<Line> lines = new ArrayList<>();
    for (int line = 0; line < CHANGES; line++) {
      int ticket = order.get(line);
      if (line < TICKETS) {
        boolean stranger = random.nextInt(TICKETS - line) < strangers;
        strangers -= stranger ? 1 : 0;
        status[ticket] = stranger ? other("acknowledged", random) : "acknowledged";
      } else {
        boolean ended = NEXT.get(status[ticket]).isEmpty();
        boolean illegal = ended || random.nextInt(CHANGES - line) < wrong;
        wrong -= illegal ? 1 : 0;
        status[ticket] = illegal ? illegal(status[ticket], random) : legal(status[ticket], random);
      }
      lines.add(new Line(ticket, status[ticket]));
    }
    return lines;
  }

  /** Ends are rare, or nothing legal could follow. */
  private static String legal(String from, Random random) {
    List<String> next = NEXT.get(from).stream().sorted().toList();
    List<String> open = next.stream().filter(status -> !NEXT.get(status).isEmpty()).toList();
    List<String> choice = open.isEmpty() || random.nextInt(10) == 0 ? next : open;
    return choice.get(random.nextInt(choice.size()));
  }

  private static String illegal(String from, Random random) {
    List<String> wrong =
        STATUSES.stream()
            .filter(status -> !isLegal(from, status) && !NEXT.get(status).isEmpty())
            .toList();
    return wrong.get(random.nextInt(wrong.size()));
  }

  private static String other(String status, Random random) {
    List<String> others =
        STATUSES.stream().filter(any -> !any.equals(status) && !NEXT.get(any).isEmpty()).toList();
    return others.get(random.nextInt(others.size()));
  }
}
