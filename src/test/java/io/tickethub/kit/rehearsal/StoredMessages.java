package io.tickethub.kit.rehearsal;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.journal.Arrival;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.MessageJournal;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.TicketReferences;
import io.tickethub.journal.TicketReferences.Learned;
import io.tickethub.journal.TicketStore;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketReference;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** Fills the journal of a hub with messages of the benchmark's source, five of each ticket. */
final class StoredMessages {

  private static final int OF_A_TICKET = 5;
  private static final int BATCH = 2_000;

  private final EmbeddedHub hub;
  private final Sealer sealer;
  private final Identifiers identifiers;
  private final List<Arrival> entries = new ArrayList<>();
  private final List<Ticket> tickets = new ArrayList<>();
  private final List<Learned> names = new ArrayList<>();

  StoredMessages(EmbeddedHub hub) {
    this.hub = hub;
    this.sealer = hub.part(Sealer.class);
    this.identifiers = hub.part(Identifiers.class);
  }

  /** The first message of a ticket is its report, the others are feedback. */
  void fill(int messages) {
    for (int i = 0; i < messages; i += OF_A_TICKET) {
      long ticket = ticket("S-" + i);
      for (int n = 0; n < OF_A_TICKET && i + n < messages; n++) {
        message("S-" + i, i + n, ticket, n == 0 ? "report" : "feedback");
      }
      if (entries.size() >= BATCH) {
        flush();
      }
    }
    flush();
    hub.database().execute("analyze message");
  }

  private long ticket(String name) {
    TicketStore store = hub.part(TicketStore.class);
    long id = store.nextId();
    Instant now = Instant.now();
    TicketContent content =
        new TicketContent(
            TicketKind.of("fault"),
            "general",
            "no dial tone",
            null,
            null,
            null,
            null,
            Map.of(),
            null,
            null);
    tickets.add(
        ChangeProcessor.open(
                id,
                store.number(id, now),
                new Change.Open(new TicketKey(name, null, null, null), null, null, content, null),
                new Origin("source", "report", identifiers.next(), now))
            .ticket());
    names.add(new Learned(new TicketReference("source", name), id, now));
    return id;
  }

  private void message(String ticket, int number, long ticketId, String action) {
    byte[] body =
        """
        {"id": "M-%d", "ticket": "%s", "action": "%s", "sequence": %d, "time": "2026-03-01 08:00:00",
         "title": "宽带无法上网", "remark": "客户来电反映%s", "district": "东区",
         "customer": {"number": "C-%d", "name": "张三", "phone": "13800001234"},
         "product": {"name": "telephone", "serviceNumber": "0770%d"}}
        """
            .formatted(number, ticket, action, number, "，光猫红灯闪烁".repeat(40), number, number)
            .getBytes(UTF_8);
    entries.add(
        new Arrival(
            identifiers.next(),
            "source",
            "report",
            "M-" + number,
            1,
            MessageStatus.APPLIED,
            ticketId,
            null,
            Provenance.NONE,
            sealer.sealBytes(body),
            body.length,
            Instant.now()));
  }

  private void flush() {
    hub.part(TicketStore.class).insert(tickets);
    hub.part(TicketReferences.class).assign(names);
    hub.part(MessageJournal.class).append(entries);
    tickets.clear();
    names.clear();
    entries.clear();
  }
}
