package io.tickethub.intake;

import com.fasterxml.jackson.annotation.JsonIgnore;
import io.tickethub.journal.MessageLedger;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import java.time.Instant;
import java.util.List;

/**
 * A message on its way from the receipt to the pipeline: already understood, or already found
 * wanting.
 *
 * @param externalId the sender's id of it
 * @param sameIdOtherBytes what to do if the id was used before for other bytes
 * @param digest SHA-256 of the body
 * @param changes all of one ticket; empty if there is a problem
 * @param problem null if there are changes
 * @param kept it is in the journal already: it waited for its ticket, or gave up and is replayed
 * @param encryptedBody as the body cipher left it
 * @param size of the body in bytes, before encryption
 */
public record IntakeMessage(
    long id,
    String connector,
    String channel,
    String externalId,
    SameIdOtherBytes sameIdOtherBytes,
    byte[] digest,
    Provenance provenance,
    Instant receivedAt,
    List<Change> changes,
    Problem problem,
    boolean kept,
    @JsonIgnore byte[] encryptedBody,
    int size) {

  private static final byte[] NO_BYTES = {};

  /** A channel's policy for an id that was used before for other bytes. */
  public enum SameIdOtherBytes {
    /** The newer bytes take effect as a new version. */
    NEW_VERSION,
    /** The newer bytes are kept without effect, for a person to look at. */
    CONFLICT,
    /** The newer bytes are an error of the sender. */
    REJECT
  }

  /** Brings a message that waited back to the pipeline. */
  static IntakeMessage afterWaiting(Waiting waiting) {
    return kept(
        waiting.messageId(),
        waiting.connector(),
        waiting.channel(),
        waiting.since(),
        waiting.changes());
  }

  /** Brings a message back to the pipeline that is in the journal already. */
  static IntakeMessage kept(
      long id, String connector, String channel, Instant receivedAt, List<Change> changes) {
    return new IntakeMessage(
        id,
        connector,
        channel,
        "",
        SameIdOtherBytes.CONFLICT,
        NO_BYTES,
        Provenance.NONE,
        receivedAt,
        changes,
        null,
        true,
        NO_BYTES,
        0);
  }

  IntakeMessage withBody(byte[] body) {
    return new IntakeMessage(
        id,
        connector,
        channel,
        externalId,
        sameIdOtherBytes,
        digest,
        provenance,
        receivedAt,
        changes,
        problem,
        kept,
        body,
        size);
  }

  MessageLedger.Key key() {
    return new MessageLedger.Key(connector, channel, externalId);
  }

  /** Messages with the same text are applied in the order in which they were received. */
  String orderingText() {
    return connector
        + "/"
        + (changes.isEmpty() ? externalId : changes.get(0).ticket().orderingText());
  }
}
