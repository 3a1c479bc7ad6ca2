package io.tickethub.export;

import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketStore.WrittenEvent;
import io.tickethub.mapping.OutboundTranslation;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import java.io.BufferedOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.time.Instant;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;

/** Writes the events of a file, a page at a time. */
final class FileWriting {

  private static final int PAGE = 500;

  /** A page looks at no more of the history than this. */
  private static final Duration SLICE = Duration.ofMinutes(10);

  private final TicketStore tickets;
  private final RecordInput input;

  FileWriting(TicketStore tickets, RecordInput input) {
    this.tickets = tickets;
    this.input = input;
  }

  /** How many records were written, and their digest. */
  record Written(long records, String digest) {}

  Written write(
      ExportFile file, Map<String, Object> values, OutboundTranslation translation, Path place)
      throws IOException {
    MessageDigest digest = sha256();
    long records = 0;
    byte[] opening = translation.opening();
    try (OutputStream out =
        new DigestOutputStream(new BufferedOutputStream(Files.newOutputStream(place)), digest)) {
      out.write(opening);
      Sink sink =
          (event, ticket) -> {
            byte[] record = translation.write(input.of(values, event, ticket)).body();
            out.write(record, opening.length, record.length - opening.length);
          };
      for (Instant from = file.from(); from.isBefore(file.to()); from = from.plus(SLICE)) {
        Instant to = from.plus(SLICE);
        records += write(from, to.isBefore(file.to()) ? to : file.to(), sink);
      }
    }
    return new Written(records, HexFormat.of().formatHex(digest.digest()));
  }

  private interface Sink {
    void put(TicketEvent event, Ticket ticket) throws IOException;
  }

  /** Returns how many there were. */
  private long write(Instant from, Instant to, Sink sink) throws IOException {
    long records = 0;
    WrittenEvent last = null;
    List<WrittenEvent> page;
    do {
      page = tickets.written(from, to, last, PAGE);
      Map<Long, Ticket> of =
          tickets.load(
              page.stream()
                  .map(written -> written.event().ticketId())
                  .distinct()
                  .sorted()
                  .toList());
      for (WrittenEvent written : page) {
        last = written;
        TicketEvent event = written.event();
        Ticket ticket = of.get(event.ticketId());
        if (ticket != null) {
          sink.put(event, ticket);
          records++;
        }
      }
    } while (page.size() == PAGE);
    return records;
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
