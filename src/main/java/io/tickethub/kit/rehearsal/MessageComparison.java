package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketJson;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.stream.Collectors;

/** Says in what two versions' outcomes of one message differ. Thread-safe. */
final class MessageComparison {

  private static final String WHOLE = "message";
  private static final String TAKEN = "taken";

  private final MaskedValues masked;
  private final JsonMapper json = TicketJson.mapper();

  MessageComparison(MaskedValues masked) {
    this.masked = masked;
  }

  List<Difference> compare(String channel, Outcome before, Outcome after) {
    List<Difference> found = new ArrayList<>();
    if (before.isTaken() && after.isTaken()) {
      if (!before.messageId().equals(after.messageId())) {
        found.add(
            new Difference(
                Kind.MESSAGE_ID, channel, "message id", before.messageId(), after.messageId()));
      }
      if (!before.changes().equals(after.changes())) {
        changes(channel, before.changes(), after.changes(), found);
      }
    } else if (before.isTaken()) {
      found.add(refusal(Kind.REJECTED, channel, after.problem(), TAKEN, sentence(after)));
    } else if (after.isTaken()) {
      found.add(refusal(Kind.ACCEPTED, channel, before.problem(), sentence(before), TAKEN));
    } else if (!sentence(before).equals(sentence(after))) {
      found.add(refusal(Kind.REASON, channel, after.problem(), sentence(before), sentence(after)));
    }
    return found;
  }

  private static Difference refusal(
      Kind kind, String channel, Problem problem, String before, String after) {
    return new Difference(
        kind, channel, Objects.requireNonNullElse(problem.field(), WHOLE), before, after);
  }

  private static String sentence(Outcome outcome) {
    return outcome.problem().atLine(null).sentence();
  }

  private void changes(
      String channel, List<Change> before, List<Change> after, List<Difference> found) {
    String typesBefore = types(before);
    String typesAfter = types(after);
    if (!typesBefore.equals(typesAfter)) {
      found.add(new Difference(Kind.CHANGE, channel, "type", typesBefore, typesAfter));
    }
    List<TicketContent> contents = new ArrayList<>(MaskedValues.contents(before));
    contents.addAll(MaskedValues.contents(after));
    MaskedValues.Known known = masked.known(contents);
    boolean single = before.size() == 1 && after.size() == 1;
    for (int i = 0; i < Math.min(before.size(), after.size()); i++) {
      JsonNode one = json.valueToTree(before.get(i));
      JsonNode other = json.valueToTree(after.get(i));
      TreeDifferences.find(
          single ? "" : "[%d]".formatted(i),
          one,
          other,
          (path, was, is) -> {
            if (!path.replaceFirst("^\\[\\d+]\\.", "").equals("type")) {
              found.add(
                  new Difference(
                      Kind.CHANGE,
                      channel,
                      path,
                      masked.value(path, was, known),
                      masked.value(path, is, known)));
            }
          });
    }
  }

  private static String types(List<Change> changes) {
    return changes.stream().map(Change::type).collect(Collectors.joining(", "));
  }
}
