package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.kit.rehearsal.TicketReplay.Result;
import io.tickethub.routing.Told;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.BiPredicate;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Says in what two lives of one ticket differ. Thread-safe. */
final class TicketComparison {

  private static final String NO_TICKET = "(no ticket)";

  private final MaskedValues masked;
  private final BiPredicate<String, String> carriedNow;
  private final BiPredicate<String, String> carriedThen;
  private final JsonMapper json = TicketJson.mapper();

  /**
   * The predicates say whether a system, by its name, is told a code: by the running connectors,
   * and with the changed one among them.
   */
  TicketComparison(
      MaskedValues masked,
      BiPredicate<String, String> carriedNow,
      BiPredicate<String, String> carriedThen) {
    this.masked = masked;
    this.carriedNow = carriedNow;
    this.carriedThen = carriedThen;
  }

  List<Difference> compare(Result before, Result after) {
    List<Difference> found = new ArrayList<>();
    String stateBefore = state(before.ticket());
    String stateAfter = state(after.ticket());
    if (!stateBefore.equals(stateAfter)) {
      found.add(new Difference(Kind.STATE, "", "state", stateBefore, stateAfter));
    }
    if (before.ticket() != null && after.ticket() != null) {
      content(before.ticket(), after.ticket(), found);
    }
    counts(Kind.HISTORY, events(before), events(after), found);
    counts(Kind.DELIVERY, told(before, carriedNow), told(after, carriedThen), found);
    if (!before.ofOthers().equals(after.ofOthers())) {
      found.add(
          new Difference(
              Kind.OTHER_TICKET,
              "",
              "messages about other tickets",
              String.valueOf(before.ofOthers().size()),
              String.valueOf(after.ofOthers().size())));
    }
    return found;
  }

  private static String state(Ticket ticket) {
    return ticket == null ? NO_TICKET : ticket.state().code();
  }

  private void content(Ticket before, Ticket after, List<Difference> found) {
    List<TicketContent> contents = List.of(before.content(), after.content());
    MaskedValues.Known known = masked.known(contents);
    TreeDifferences.find(
        "",
        tree(before),
        tree(after),
        (path, was, is) ->
            found.add(
                new Difference(
                    Kind.TICKET,
                    "",
                    path,
                    masked.value(path, was, known),
                    masked.value(path, is, known))));
  }

  private JsonNode tree(Ticket ticket) {
    ObjectNode tree = json.createObjectNode();
    tree.put("owner", ticket.progress().owner());
    tree.put("dueAt", Objects.toString(ticket.dueAt(), null));
    tree.put("urgeCount", ticket.progress().urgeCount());
    tree.put("repeatCount", ticket.progress().repeatCount());
    tree.put("reopenCount", ticket.progress().reopenCount());
    tree.set("content", json.valueToTree(ticket.content()));
    return tree;
  }

  private static Map<String, Long> events(Result result) {
    return count(
        result.events().stream().map(event -> event.inferred() ? inferred(event) : event.code()));
  }

  private static String inferred(TicketEvent event) {
    return event.code() + " (inferred)";
  }

  private static Map<String, Long> told(Result result, BiPredicate<String, String> carried) {
    return count(
        result.told().stream()
            .filter(told -> carried.test(told.system(), told.code()))
            .map(TicketComparison::words));
  }

  private static String words(Told told) {
    return "%s is told '%s'".formatted(told.system(), told.code());
  }

  private static Map<String, Long> count(Stream<String> items) {
    return items.collect(
        Collectors.groupingBy(Function.identity(), TreeMap::new, Collectors.counting()));
  }

  private static void counts(
      Kind kind, Map<String, Long> before, Map<String, Long> after, List<Difference> found) {
    TreeSet<String> names = new TreeSet<>(before.keySet());
    names.addAll(after.keySet());
    for (String name : names) {
      long was = before.getOrDefault(name, 0L);
      long is = after.getOrDefault(name, 0L);
      if (was != is) {
        found.add(new Difference(kind, "", name, times(was), times(is)));
      }
    }
  }

  private static String times(long count) {
    return count == 0 ? "never" : count == 1 ? "once" : count + " times";
  }
}
