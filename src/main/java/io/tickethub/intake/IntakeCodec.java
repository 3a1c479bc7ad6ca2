package io.tickethub.intake;

import io.tickethub.journal.Sealer;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;

/**
 * The form of an {@link IntakeMessage} in the queue: a sealed head, preceded by its length in four
 * bytes, and the sealed body.
 */
final class IntakeCodec {

  private static final int GROUPS = 256;

  private final Sealer sealer;

  IntakeCodec(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A message in its form, not yet of any session. */
  record Encoded(byte[] head, byte[] body, String group) {
    BytesMessage in(Session session) throws JMSException {
      BytesMessage encoded = session.createBytesMessage();
      encoded.writeInt(head.length);
      encoded.writeBytes(head);
      encoded.writeBytes(body);
      encoded.setStringProperty("JMSXGroupID", group);
      return encoded;
    }
  }

  Encoded encode(IntakeMessage message) {
    int group = Math.floorMod(message.orderingText().hashCode(), GROUPS);
    return new Encoded(sealer.seal(message), message.encryptedBody(), Integer.toString(group));
  }

  IntakeMessage decode(BytesMessage encoded) throws JMSException {
    byte[] head = new byte[encoded.readInt()];
    encoded.readBytes(head);
    byte[] body = new byte[Math.toIntExact(encoded.getBodyLength() - Integer.BYTES - head.length)];
    encoded.readBytes(body);
    return sealer.open(head, IntakeMessage.class).withBody(body);
  }
}
