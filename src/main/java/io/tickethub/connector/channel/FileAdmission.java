package io.tickethub.connector.channel;

import io.tickethub.connector.channel.Admission.Understood;
import io.tickethub.connector.channel.FileReport.Reject;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.trace.Step;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;

/**
 * Takes a file whose records are messages. A bad record is rejected with its reason and harms no
 * other; a file read a second time, after a crash or because it was sent twice, changes nothing,
 * because the ledger knows its records.
 */
public final class FileAdmission {

  private static final int BATCH = 500;

  private final Admission admission;
  private final AdmissionParts parts;
  private final RecordFormat format;

  /** {@code admission} is that of a channel whose format holds many records. */
  public FileAdmission(Admission admission, AdmissionParts parts) {
    this.admission = admission;
    this.parts = parts;
    this.format = (RecordFormat) admission.channel().translation().format();
  }

  /**
   * Takes a file: when this returns, its records, good and bad, are fsynced.
   *
   * @throws RefusedException if its sender is not known; nothing of it is kept then
   */
  public FileReport admit(ReceivedMessage received) throws RefusedException {
    ReceivedMessage file = admission.authenticated(received);
    Reading reading = new Reading(file, parts.clock().instant());
    reading.run();
    return new FileReport(file.fileName(), reading.accepted, reading.rejects, reading.divided);
  }

  /** One file while it is read. */
  private final class Reading {
    private final ReceivedMessage file;
    private final Instant receivedAt;
    private final Map<String, Integer> firstLines = new HashMap<>();
    private final List<IntakeMessage> batch = new ArrayList<>();
    private final List<Reject> rejects = new ArrayList<>();
    private int accepted;
    private boolean divided = true;

    private Reading(ReceivedMessage file, Instant receivedAt) {
      this.file = file;
      this.receivedAt = receivedAt;
    }

    private void run() {
      if (admission.isTooLarge(file.body())) {
        rejectWhole(admission.tooLarge());
        return;
      }
      Iterator<RawRecord> records;
      try {
        records = format.records(file.body());
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
      flush();
    }

    private void rejectWhole(Problem problem) {
      divided = false;
      reject(admission.kept(file.body()), 1, problem);
      flush();
    }

    private void take(RawRecord record) {
      ReceivedMessage message =
          new ReceivedMessage(record.bytes(), file.headers(), file.fileName());
      Step step = admission.begin(message);
      try {
        Understood understood = admission.understand(message, receivedAt);
        checkKey(record, understood.tree());
        accepted++;
        add(
            admission.intake(
                record.bytes(),
                understood.externalId(),
                admission.provenance(message, record.line()).traced(step.context()),
                receivedAt,
                understood.changes(),
                null));
        step.end();
      } catch (MappingException e) {
        step.fail(e.problem().code().code());
        reject(record.bytes(), record.line(), e.problem());
      }
    }

    private void checkKey(RawRecord record, Object tree) {
      String column = format.key();
      if (column == null || !(tree instanceof Map<?, ?> values)) {
        return;
      }
      Object key = values.get(column);
      Integer firstLine = firstLines.putIfAbsent(String.valueOf(key), record.line());
      if (firstLine != null) {
        throw new MappingException(
            Problem.of(
                ProblemCode.REPEATED_KEY,
                column,
                String.valueOf(key),
                "the key is on line %d already".formatted(firstLine)));
      }
    }

    private void reject(byte[] record, int line, Problem problem) {
      Problem located = problem.line() == null ? problem.atLine(line) : problem;
      rejects.add(new Reject(record, located));
      ReceivedMessage message = new ReceivedMessage(record, file.headers(), file.fileName());
      add(admission.refused(record, admission.provenance(message, line), receivedAt, located));
    }

    private void add(IntakeMessage message) {
      batch.add(message);
      if (batch.size() >= BATCH) {
        flush();
      }
    }

    private void flush() {
      if (!batch.isEmpty()) {
        parts.queue().putAll(batch);
        batch.clear();
      }
    }
  }
}
