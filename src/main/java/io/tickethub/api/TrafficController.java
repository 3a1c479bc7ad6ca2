package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.rehearsal.Window;
import io.tickethub.ticket.Ticket;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** What came from a system and what it was told, by time. */
@RestController
@RequestMapping("/api/connectors/{name}")
public class TrafficController {

  private final Connectors connectors;
  private final MessageJournal journal;
  private final DeliveryLog deliveries;
  private final TicketStore tickets;
  private final Clock clock;
  private final ZoneId zone;

  TrafficController(
      Connectors connectors,
      MessageJournal journal,
      DeliveryLog deliveries,
      TicketStore tickets,
      Clock clock,
      @Value("${hub.zone}") ZoneId zone) {
    this.connectors = connectors;
    this.journal = journal;
    this.deliveries = deliveries;
    this.tickets = tickets;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Something that was said.
   *
   * @param at when it came, or was taken by the system; when it arose if it is not taken yet
   * @param direction in: from the system; out: to it
   * @param what the channel of a message in; what a message out tells
   * @param outcome what became of it
   * @param attempts 0 for a message in
   * @param ticket the hub's number; null if it is of none
   * @param id of the message or of the delivery
   */
  public record Said(
      Instant at,
      String direction,
      String what,
      String outcome,
      int attempts,
      String ticket,
      String id) {}

  /** The latest first. */
  @GetMapping("/traffic")
  public List<Said> traffic(
      @PathVariable String name,
      @RequestParam(defaultValue = "1h") String since,
      @RequestParam Optional<String> until,
      @RequestParam(defaultValue = "100") int limit) {
    require(name);
    int most = Page.size(limit);
    Window window = Window.of(since, until.orElse(null), clock, zone);
    List<JournalEntry> received = journal.received(name, window.since(), window.until(), most);
    List<DeliveryLog.Entry> told = new ArrayList<>();
    told.addAll(deliveries.finished(name, window.since(), window.until(), most));
    told.addAll(deliveries.unfinished(name, window.since(), window.until(), most));
    Map<Long, Ticket> about =
        tickets.load(
            Stream.concat(
                    received.stream().map(JournalEntry::ticketId),
                    told.stream().map(DeliveryLog.Entry::ticketId))
                .filter(Objects::nonNull)
                .toList());
    return Stream.concat(
            received.stream().map(entry -> said(entry, about)),
            told.stream().map(entry -> said(entry, about)))
        .sorted(Comparator.comparing(Said::at).reversed())
        .limit(most)
        .toList();
  }

  /** When a channel was heard last, and how often it is expected to be. */
  @GetMapping("/channels")
  public List<Connectors.Heard> channels(@PathVariable String name) {
    require(name);
    return connectors.heard(name);
  }

  private void require(String name) {
    if (connectors.status(name).isEmpty()) {
      throw new NotFoundException("there is no connector '%s'".formatted(name));
    }
  }

  private static Said said(JournalEntry entry, Map<Long, Ticket> about) {
    return new Said(
        entry.receivedAt(),
        "in",
        entry.channel(),
        entry.status().text(),
        0,
        entry.ticketId() == null ? null : number(entry.ticketId(), about),
        Identifiers.text(entry.id()));
  }

  private static Said said(DeliveryLog.Entry entry, Map<Long, Ticket> about) {
    return new Said(
        entry.finishedAt() == null ? entry.createdAt() : entry.finishedAt(),
        "out",
        entry.code(),
        entry.state(),
        entry.attempt(),
        number(entry.ticketId(), about),
        Identifiers.text(entry.id()));
  }

  private static String number(long ticketId, Map<Long, Ticket> about) {
    Ticket ticket = about.get(ticketId);
    return ticket == null ? null : ticket.number();
  }
}
