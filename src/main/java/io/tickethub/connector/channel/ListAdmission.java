package io.tickethub.connector.channel;

import io.tickethub.connector.channel.FileReport.Reject;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.StatementStore.Part;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.Statement;
import io.tickethub.ticket.TicketList;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/**
 * Takes a system's list of its tickets: kept to be compared, or refused with a reason. It changes
 * no ticket. What is refused for its content is kept as any message, so that a person can look at
 * it. Thread-safe.
 */
public final class ListAdmission {

  private static final int BATCH = 1_000;

  private final String connector;
  private final InboundChannel channel;
  private final Admission admission;
  private final AdmissionParts parts;

  public ListAdmission(String connector, InboundChannel channel, AdmissionParts parts) {
    this.connector = connector;
    this.channel = channel;
    this.admission = new Admission(connector, channel, parts);
    this.parts = parts;
  }

  /** Whether a file holds a statement in each of its records. */
  public boolean isOfRecords() {
    return channel.translation().format() instanceof RecordFormat;
  }

  /**
   * Takes a list, or a part of one: it is durable when this returns.
   *
   * @throws RefusedException if it cannot be taken
   * @throws IntakeUnavailableException if it has to come again
   */
  public Receipt admit(ReceivedMessage received) throws RefusedException {
    return take(admission.authenticated(received), null);
  }

  /** The same of the answer to a run's question. */
  public Receipt admitAnswer(byte[] answer, long run) throws RefusedException {
    return take(new ReceivedMessage(answer, Map.of(), null), run);
  }

  private Receipt take(ReceivedMessage message, Long run) throws RefusedException {
    Instant now = parts.clock().instant();
    try {
      checkSize(message.body());
      MessageFacts facts = new MessageFacts(now, message.headers(), message.fileName());
      Object tree = channel.translation().parse(channel.translation().decode(message.body()));
      TicketList list = channel.translation().list(tree, facts);
      String name =
          list.list() == null
              ? channel.translation().messageId(tree, message.body(), facts)
              : list.list();
      ChangeCheck.checkMessageId(name);
      long taken = keep(part(list, name, now, run));
      return new Receipt(Identifiers.text(taken), name, now);
    } catch (MappingException e) {
      refuse(message, null, now, e.problem());
      throw new RefusedException(e.problem());
    }
  }

  private Part part(TicketList list, String name, Instant now, Long run) {
    boolean whole = list.part() == null && list.of() == null && list.next() == null;
    return new Part(
        run,
        connector,
        name,
        list.part(),
        list.of(),
        whole,
        list.next(),
        list.isComplete(),
        list.asOf() == null ? now : list.asOf(),
        now,
        list.statements());
  }

  /** Takes a file of statements; where a record was refused, the list is not complete. */
  public FileReport admitFile(ReceivedMessage received) throws RefusedException {
    ReceivedMessage file = admission.authenticated(received);
    Reading reading = new Reading(file, parts.clock().instant());
    reading.run();
    return new FileReport(file.fileName(), reading.accepted, reading.rejects, reading.divided);
  }

  private long keep(Part part) {
    try {
      return parts.statements().put(part);
    } catch (DataAccessException | TransactionException | IllegalStateException e) {
      throw new IntakeUnavailableException("the list cannot be kept now: " + e.getMessage(), e);
    }
  }

  private void refuse(ReceivedMessage message, Integer line, Instant now, Problem problem) {
    parts
        .queue()
        .put(
            admission.refused(
                admission.kept(message.body()), admission.provenance(message, line), now, problem));
  }

  private void checkSize(byte[] body) {
    if (admission.isTooLarge(body)) {
      throw new MappingException(admission.tooLarge());
    }
    if (body.length == 0) {
      throw new MappingException(Problem.of(ProblemCode.MALFORMED, "the message is empty"));
    }
  }

  /** One file while it is read. */
  private final class Reading {
    private final ReceivedMessage file;
    private final Instant now;
    private final String name;
    private final List<Reject> rejects = new ArrayList<>();
    private final List<Statement> batch = new ArrayList<>();
    private Instant asOf;
    private int accepted;
    private boolean divided = true;

    private Reading(ReceivedMessage file, Instant now) {
      this.file = file;
      this.now = now;
      this.asOf = now;
      this.name =
          (file.fileName() == null ? "" : file.fileName() + " ") + Digests.idOf(file.body());
    }

    private void run() {
      if (admission.isTooLarge(file.body())) {
        rejectWhole(admission.tooLarge());
        return;
      }
      Iterator<RawRecord> records;
      try {
        records = ((RecordFormat) channel.translation().format()).records(file.body());
      } catch (MappingException e) {
        rejectWhole(e.problem());
        return;
      }
      while (records.hasNext()) {
        RawRecord record = records.next();
        if (record.bytes().length > 0) {
          take(record);
        }
      }
      keepBatch(true);
    }

    private void rejectWhole(Problem problem) {
      divided = false;
      reject(new ReceivedMessage(file.body(), file.headers(), file.fileName()), 1, problem);
    }

    private void take(RawRecord record) {
      ReceivedMessage message =
          new ReceivedMessage(record.bytes(), file.headers(), file.fileName());
      try {
        MessageFacts facts = new MessageFacts(now, file.headers(), file.fileName());
        Object tree = channel.translation().parse(channel.translation().decode(record.bytes()));
        TicketList list = channel.translation().list(tree, facts);
        asOf = list.asOf() != null && list.asOf().isBefore(asOf) ? list.asOf() : asOf;
        batch.addAll(list.statements());
        accepted++;
      } catch (MappingException e) {
        reject(
            message,
            record.line(),
            e.problem().line() == null ? e.problem().atLine(record.line()) : e.problem());
      }
      if (batch.size() >= BATCH) {
        keepBatch(false);
      }
    }

    private void reject(ReceivedMessage record, int line, Problem problem) {
      rejects.add(new Reject(record.body(), problem));
      refuse(record, line, now, problem);
    }

    private void keepBatch(boolean end) {
      keep(
          new Part(
              null, connector, name, null, null, end, null, rejects.isEmpty(), asOf, now, batch));
      batch.clear();
    }
  }
}
