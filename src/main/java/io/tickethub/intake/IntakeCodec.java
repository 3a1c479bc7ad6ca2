package io.tickethub.intake;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.jsontype.NamedType;
import io.tickethub.journal.Sealer;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketJson;
import jakarta.jms.BytesMessage;
import jakarta.jms.JMSException;
import jakarta.jms.Session;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;

/**
 * The form of {@link IntakeMessage}s in the queue. Several travel as one message of the broker, a
 * parcel: it costs the broker, its journal and the consumer as much as a single one.
 *
 * <pre>
 * int length, heads    sealed together: int count, then int length and JSON for each
 * bodies               int length and the sealed bytes for each
 * </pre>
 */
final class IntakeCodec {

  /** What one consumer gets in order; so many consumers can be at work. */
  private static final int PARTITIONS = 4;

  private final Sealer sealer;
  private final JsonMapper json = mapper();

  IntakeCodec(Sealer sealer) {
    this.sealer = sealer;
  }

  /** A message in its form, not yet in a parcel. */
  record Encoded(byte[] head, byte[] body, int partition) {
    int length() {
      return head.length + body.length;
    }
  }

  Encoded encode(IntakeMessage message) {
    try {
      return new Encoded(
          json.writeValueAsBytes(message),
          message.encryptedBody(),
          Math.floorMod(message.orderingText().hashCode(), PARTITIONS));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** {@code messages} are of one partition. */
  BytesMessage parcel(List<Encoded> messages, Session session) throws JMSException {
    int length = messages.stream().mapToInt(message -> message.head().length).sum();
    ByteBuffer heads = ByteBuffer.allocate(Integer.BYTES * (1 + messages.size()) + length);
    heads.putInt(messages.size());
    for (Encoded message : messages) {
      heads.putInt(message.head().length).put(message.head());
    }
    byte[] sealed = sealer.sealBytes(heads.array());
    BytesMessage parcel = session.createBytesMessage();
    parcel.writeInt(sealed.length);
    parcel.writeBytes(sealed);
    for (Encoded message : messages) {
      parcel.writeInt(message.body().length);
      parcel.writeBytes(message.body());
    }
    parcel.setStringProperty("JMSXGroupID", Integer.toString(messages.get(0).partition()));
    return parcel;
  }

  List<IntakeMessage> open(BytesMessage parcel) throws JMSException {
    ByteBuffer heads = ByteBuffer.wrap(sealer.openBytes(bytes(parcel)));
    int count = heads.getInt();
    List<IntakeMessage> messages = new ArrayList<>(count);
    for (int number = 0; number < count; number++) {
      byte[] head = new byte[heads.getInt()];
      heads.get(head);
      messages.add(message(head).withBody(bytes(parcel)));
    }
    return messages;
  }

  private static byte[] bytes(BytesMessage parcel) throws JMSException {
    byte[] bytes = new byte[parcel.readInt()];
    parcel.readBytes(bytes);
    return bytes;
  }

  private IntakeMessage message(byte[] head) {
    try {
      return json.readValue(head, IntakeMessage.class);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The hub's own changes too, which no mapping may give. */
  private static JsonMapper mapper() {
    JsonMapper mapper = TicketJson.mapper();
    mapper.registerSubtypes(
        new NamedType(Change.TimeDue.class, Change.TimeDue.TYPE),
        new NamedType(Change.Join.class, Change.Join.TYPE),
        new NamedType(Change.Gather.class, Change.Gather.TYPE),
        new NamedType(Change.Leave.class, Change.Leave.TYPE),
        new NamedType(Change.FromParent.class, Change.FromParent.TYPE));
    return mapper;
  }
}
