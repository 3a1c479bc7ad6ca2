package io.tickethub.notice;

import io.tickethub.alert.Alert;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Collectors;

/** Writes messages of alerts. */
final class MessageText {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("yyyy-MM-dd HH:mm:ss XXX");
  private static final int MOST_LINES = 50;
  private static final int MOST_NAMED = 3;

  private final ZoneId zone;

  MessageText(ZoneId zone) {
    this.zone = zone;
  }

  /** {@code closed}: those of which it is told now that they are over. */
  AlertMessage of(List<Alert> opened, List<Alert> closed, Instant now) {
    List<AlertMessage.Line> begun = opened.stream().map(AlertMessage.Line::of).toList();
    List<AlertMessage.Line> ended = closed.stream().map(AlertMessage.Line::of).toList();
    List<String> lines = new ArrayList<>();
    begun.forEach(line -> lines.add(begun(line)));
    ended.forEach(line -> lines.add(ended(line)));
    int more = lines.size() - MOST_LINES;
    String text =
        lines.stream().limit(MOST_LINES).collect(Collectors.joining("\n"))
            + (more > 0 ? "\nand %d more: hub alert list --closed".formatted(more) : "");
    return new AlertMessage(
        title(begun, ended),
        text,
        now,
        false,
        begun.stream().limit(MOST_LINES).toList(),
        ended.stream().limit(MOST_LINES).toList());
  }

  AlertMessage trial(String by, Instant now) {
    return new AlertMessage(
        "Ticket Hub: trial message",
        "Asked for by %s at %s. Nothing is wrong, and nothing has to be done."
            .formatted(by, TIME.format(now.atZone(zone))),
        now,
        true,
        List.of(),
        List.of());
  }

  private static String title(List<AlertMessage.Line> begun, List<AlertMessage.Line> ended) {
    List<String> parts = new ArrayList<>();
    if (!begun.isEmpty()) {
      parts.add(begun.size() == 1 ? "alert" : begun.size() + " alerts");
    }
    if (!ended.isEmpty()) {
      parts.add(ended.size() == 1 ? "one over" : ended.size() + " over");
    }
    List<AlertMessage.Line> named = begun.isEmpty() ? ended : begun;
    return "Ticket Hub: %s: %s%s"
        .formatted(
            String.join(", ", parts),
            named.stream()
                .limit(MOST_NAMED)
                .map(line -> line.kind() + " " + line.subject())
                .collect(Collectors.joining(", ")),
            named.size() > MOST_NAMED ? ", …" : "");
  }

  private String begun(AlertMessage.Line line) {
    return "ALERT %s %s since %s: %s"
        .formatted(line.kind(), line.subject(), time(line.openedAt()), line.cause());
  }

  private String ended(AlertMessage.Line line) {
    return "OVER %s %s at %s, began %s: %s"
        .formatted(
            line.kind(),
            line.subject(),
            time(line.closedAt()),
            time(line.openedAt()),
            line.end() == null ? line.cause() : line.end());
  }

  private String time(Instant instant) {
    return TIME.format(instant.atZone(zone));
  }
}
