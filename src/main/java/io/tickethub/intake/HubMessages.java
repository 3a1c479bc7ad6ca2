package io.tickethub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;

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

/**
 * What the hub itself says, as messages that go the way of all others: one that is sent again under
 * its id has no second effect.
 */
public final class HubMessages {

  /** The hub itself, as the source of a message. */
  static final String SYSTEM = TicketReference.HUB;

  private final Identifiers identifiers;
  private final Sealer sealer;

  public HubMessages(Identifiers identifiers, Sealer sealer) {
    this.identifiers = identifiers;
    this.sealer = sealer;
  }

  /**
   * A message of the hub's own.
   *
   * @param id says what it is for; the body is the same
   */
  public IntakeMessage message(String channel, String id, Change change, Instant now) {
    byte[] body = id.getBytes(UTF_8);
    return new IntakeMessage(
        identifiers.next(),
        SYSTEM,
        channel,
        id,
        SameIdOtherBytes.NEW_VERSION,
        digest(body),
        Provenance.NONE,
        now,
        List.of(change),
        null,
        false,
        sealer.sealBytes(body),
        body.length);
  }

  private static byte[] digest(byte[] body) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(body);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
