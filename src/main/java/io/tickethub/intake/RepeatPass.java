package io.tickethub.intake;

import io.tickethub.journal.TicketReports;
import io.tickethub.routing.Repeats;
import io.tickethub.routing.Repeats.Key;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Finds the ticket of the same trouble for each report of a batch (重复申告): one that is open takes
 * the report, an archived one is followed by a new ticket.
 */
final class RepeatPass {

  private final Repeats repeats;
  private final TicketReports reports;

  RepeatPass(Repeats repeats, TicketReports reports) {
    this.repeats = repeats;
    this.reports = reports;
  }

  /** A report that may open a ticket, and the system that says it. */
  record Report(Change.Open open, String system) {}

  /**
   * The newest ticket of the same trouble.
   *
   * @param rule by which it is the same
   */
  record Match(Ticket ticket, String rule) {
    boolean isOpen() {
      return !ticket.state().isFinal();
    }
  }

  /** Keeps the troubles of these reports from all other batches; returns the tickets they have. */
  Map<String, Long> claim(List<Report> news) {
    List<String> fingerprints = new ArrayList<>();
    for (Report report : news) {
      for (Key key : repeats.keys(report.open().content(), report.system())) {
        fingerprints.add(reports.fingerprint(key.text()));
      }
    }
    return reports.claim(fingerprints);
  }

  /** An open ticket goes before an archived one, then the first rule before the next. */
  Optional<Match> match(Report report, Instant now, Batch batch) {
    Match archived = null;
    for (Key key : repeats.keys(report.open().content(), report.system())) {
      Long id = batch.troubles.get(reports.fingerprint(key.text()));
      Ticket ticket = id == null ? null : batch.ticket(id);
      if (ticket == null) {
        continue;
      }
      if (!ticket.state().isFinal()) {
        return Optional.of(new Match(ticket, key.rule()));
      }
      boolean counts =
          key.followsWithin() == null
              || !ticket.updatedAt().plus(key.followsWithin()).isBefore(now);
      if (archived == null && counts) {
        archived = new Match(ticket, key.rule());
      }
    }
    return Optional.ofNullable(archived);
  }

  /** From now on the ticket is the newest of the report's troubles, where no other is open. */
  void reported(Report report, long ticketId, Batch batch) {
    for (Key key : repeats.keys(report.open().content(), report.system())) {
      keep(key, ticketId, batch);
    }
  }

  private void keep(Key key, long ticketId, Batch batch) {
    String fingerprint = reports.fingerprint(key.text());
    Long other = batch.troubles.get(fingerprint);
    Ticket present = other == null ? null : batch.ticket(other);
    if (present == null || present.state().isFinal()) {
      batch.troubles.put(fingerprint, ticketId);
      batch.newTroubles.put(fingerprint, ticketId);
    }
  }

  /** What became known of tickets in this batch may make later reports the same. */
  void settle(Batch batch) {
    for (long id : batch.touched()) {
      Ticket before = batch.before(id);
      Ticket after = batch.ticket(id);
      if (before == null || before.content() == after.content() || after.state().isFinal()) {
        continue;
      }
      List<Key> known = repeats.keys(before.content(), before.openedBy());
      for (Key key : repeats.keys(after.content(), after.openedBy())) {
        if (!known.contains(key)) {
          keep(key, id, batch);
        }
      }
    }
  }
}
