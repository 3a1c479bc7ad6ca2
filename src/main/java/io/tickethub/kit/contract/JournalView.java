package io.tickethub.kit.contract;

import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageStatus;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;

/** What the hub kept of one channel's messages. */
final class JournalView {

  private static final int MOST = 200;

  private final HubHolder hub;
  private final String connector;
  private final String channel;
  private long mark;

  JournalView(HubHolder hub, String connector, String channel) {
    this.hub = hub;
    this.connector = connector;
    this.channel = channel;
  }

  /** From now on only what is newer counts. */
  void mark() {
    mark = newest().stream().mapToLong(JournalEntry::id).max().orElse(0);
  }

  /** What came since the mark, the oldest first. */
  List<JournalEntry> fresh() {
    List<JournalEntry> fresh = new ArrayList<>();
    for (JournalEntry entry : newest()) {
      if (entry.id() > mark && entry.channel().equals(channel)) {
        fresh.add(0, entry);
      }
    }
    return fresh;
  }

  private List<JournalEntry> newest() {
    return hub.part(MessageJournal.class).find(connector, null, null, null, MOST);
  }

  /** What was received. */
  byte[] body(JournalEntry entry) {
    return hub.part(MessageJournal.class).body(entry);
  }

  /** How many repetitions were recognised, ever. */
  long duplicates() {
    Long count =
        hub.part(JdbcTemplate.class)
            .queryForObject(
                "select coalesce(sum(duplicates), 0) from message_ledger where connector = ? and channel = ?",
                Long.class,
                connector,
                channel);
    return count == null ? 0 : count;
  }

  /** How often an event was recorded that messages of this connector caused. */
  long events() {
    Long count =
        hub.part(JdbcTemplate.class)
            .queryForObject(
                "select count(*) from ticket_event where source = ?", Long.class, connector);
    return count == null ? 0 : count;
  }

  boolean hasFresh(MessageStatus status) {
    return fresh().stream().anyMatch(entry -> entry.status() == status);
  }

  /** For people: what came since the mark, and why it did not take effect. */
  String describe() {
    List<String> lines = fresh().stream().map(JournalView::describe).toList();
    return lines.isEmpty() ? "nothing was kept" : "kept: " + String.join("; ", lines);
  }

  /** For people: the last message, and when it came. */
  String describeLast() {
    return newest().stream()
        .findFirst()
        .map(entry -> "%s, received %s".formatted(describe(entry), entry.receivedAt()))
        .orElse("nothing was kept");
  }

  private static String describe(JournalEntry entry) {
    return entry.problem() == null
        ? entry.status().text()
        : "%s (%s)".formatted(entry.status().text(), entry.problem().sentence());
  }
}
