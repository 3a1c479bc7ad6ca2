package io.tickethub.intake;

import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketReference;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Instant;
import java.util.List;

/** Messages of the hub's own: in the ledger like every other, so that one sent twice is one. */
public final class OwnMessages {

  private final Identifiers identifiers;
  private final Sealer sealer;

  public OwnMessages(Identifiers identifiers, Sealer sealer) {
    this.identifiers = identifiers;
    this.sealer = sealer;
  }

  /**
   * A message.
   *
   * @param channel what it is about
   * @param id by which the ledger knows it
   * @param body the same whenever the message is made again
   * @param changes all of one ticket
   */
  public IntakeMessage of(
      String channel, String id, byte[] body, List<Change> changes, Instant now) {
    return new IntakeMessage(
        identifiers.next(),
        TicketReference.HUB,
        channel,
        id,
        SameIdOtherBytes.CONFLICT,
        sha256(body),
        Provenance.NONE,
        now,
        changes,
        null,
        false,
        sealer.sealBytes(body),
        body.length);
  }

  private static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
