package io.tickethub.kit.contract;

import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.Admission.Understood;
import io.tickethub.connector.channel.ReceivedMessage;
import io.tickethub.connector.folder.ConnectorManifest.Inbound.Policy;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Change;
import java.nio.charset.Charset;
import java.time.Clock;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * Further messages, made of an example that is accepted: of the same ticket, each with an id of its
 * own or, where a message has the ticket's, as a newer version; or of another ticket.
 */
final class Variants {

  private static final int MOST_TRIES = 2_000;

  private final Admission admission;
  private final Clock clock;
  private final FreshNames names;
  private final ReceivedExample example;
  private byte[] head = {};
  private byte[] message;
  private byte[] tail = {};
  private final Understood original;

  /**
   * A message that no example has.
   *
   * @param sent as the sender sends it: the message, or a file of it alone
   * @param kept as the hub keeps it
   */
  record Variant(Sender.Outgoing sent, byte[] kept, List<Change> changes) {}

  Variants(Admission admission, Clock clock, FreshNames names, ReceivedExample example) {
    this.names = names;
    this.admission = admission;
    this.clock = clock;
    this.example = example;
    this.message = example.body();
    if (admission.channel().translation().format() instanceof RecordFormat format) {
      cut(format);
    }
    this.original = understood(message).orElseThrow(Variants::impossible);
  }

  /** Finds the first good record of a file, and what stands before the first and after the last. */
  private void cut(RecordFormat format) {
    byte[] file = example.body();
    byte[] chosen = null;
    int begin = -1;
    int end = 0;
    for (Iterator<RawRecord> records = format.records(file); records.hasNext(); ) {
      byte[] record = records.next().bytes();
      int place = record.length == 0 ? -1 : find(file, record, end);
      if (place < 0) {
        continue;
      }
      begin = begin < 0 ? place : begin;
      end = place + record.length;
      if (chosen == null && understood(record).isPresent()) {
        chosen = record;
      }
    }
    if (chosen == null) {
      throw impossible();
    }
    head = Arrays.copyOf(file, begin);
    message = chosen;
    tail = Arrays.copyOfRange(file, end, file.length);
  }

  private static NotApplicableException impossible() {
    return new NotApplicableException("no other message of a ticket can be made of the examples");
  }

  private Optional<Understood> understood(byte[] body) {
    try {
      return Optional.of(
          admission.understand(
              new ReceivedMessage(body, example.headers(), null), clock.instant()));
    } catch (MappingException e) {
      return Optional.empty();
    }
  }

  /** What the example says, of the same ticket. */
  List<Change> changes() {
    return original.changes();
  }

  /** Another message of the same ticket, one that was not there yet. */
  Variant ofSameTicket() {
    return Stream.concat(underAnotherId(), newer())
        .flatMap(bytes -> variant(bytes).stream())
        .filter(this::isOfSameTicket)
        .findFirst()
        .orElseThrow(Variants::impossible);
  }

  /** The report of another ticket. */
  Variant ofAnotherTicket() {
    String ticket = original.changes().get(0).ticket().id();
    String other = names.another(ticket);
    byte[] elsewhere = replaced(message, ticket, other, -1);
    String id = original.externalId();
    return Stream.of(replaced(elsewhere, id, names.another(id), -1))
        .flatMap(bytes -> variant(bytes).stream())
        .filter(variant -> other.equals(variant.changes().get(0).ticket().id()))
        .findFirst()
        .orElseThrow(Variants::impossible);
  }

  private Stream<byte[]> underAnotherId() {
    if (admission.channel().form().messageId() == null) {
      return Stream.empty();
    }
    String id = original.externalId();
    String other = names.another(id);
    return IntStream.range(-1, 8).mapToObj(which -> replaced(message, id, other, which));
  }

  /** The same with a number more in one of its values. */
  private Stream<byte[]> newer() {
    boolean mayRepeatId =
        admission.channel().form().messageId() == null
            || admission.channel().form().sameIdOtherBytes() == Policy.NEW_VERSION;
    if (!mayRepeatId) {
      return Stream.empty();
    }
    byte[] number = names.another("").getBytes(charset());
    int tries = Math.min(message.length, MOST_TRIES);
    return Stream.concat(
            IntStream.rangeClosed(1, tries)
                .mapToObj(fromEnd -> inserted(number, message.length - fromEnd)),
            IntStream.rangeClosed(number.length, tries)
                .mapToObj(fromEnd -> overwritten(number, message.length - fromEnd)))
        .filter(
            bytes ->
                understood(bytes)
                    .filter(found -> !found.changes().equals(original.changes()))
                    .isPresent());
  }

  private byte[] inserted(byte[] text, int place) {
    byte[] bytes = Arrays.copyOf(message, message.length + text.length);
    System.arraycopy(text, 0, bytes, place, text.length);
    System.arraycopy(message, place, bytes, place + text.length, message.length - place);
    return bytes;
  }

  /** Where columns have fixed widths, nothing can be inserted. */
  private byte[] overwritten(byte[] text, int place) {
    byte[] bytes = message.clone();
    System.arraycopy(text, 0, bytes, place, text.length);
    return bytes;
  }

  /** With one occurrence replaced, counted from 0; all of them if {@code which} is negative. */
  private byte[] replaced(byte[] bytes, String before, String after, int which) {
    byte[] from = before.getBytes(charset());
    byte[] to = after.getBytes(charset());
    byte[] result = bytes;
    int counted = 0;
    for (int at = find(result, from, 0); at >= 0; at = find(result, from, at)) {
      if (which < 0 || which == counted) {
        byte[] next = Arrays.copyOf(result, result.length - from.length + to.length);
        System.arraycopy(to, 0, next, at, to.length);
        System.arraycopy(
            result, at + from.length, next, at + to.length, result.length - at - from.length);
        result = next;
      }
      at += which < 0 || which == counted ? to.length : from.length;
      counted++;
    }
    return result;
  }

  private Charset charset() {
    return Charset.forName(admission.channel().form().charset());
  }

  private Optional<Variant> variant(byte[] bytes) {
    if (Arrays.equals(bytes, message)) {
      return Optional.empty();
    }
    return understood(bytes).map(found -> new Variant(outgoing(bytes), bytes, found.changes()));
  }

  private Sender.Outgoing outgoing(byte[] bytes) {
    byte[] whole = Arrays.copyOf(head, head.length + bytes.length + tail.length);
    System.arraycopy(bytes, 0, whole, head.length, bytes.length);
    System.arraycopy(tail, 0, whole, head.length + bytes.length, tail.length);
    return new Sender.Outgoing(whole, example.headers());
  }

  private boolean isOfSameTicket(Variant variant) {
    List<Change> now = variant.changes();
    boolean sameTicket =
        now.size() == original.changes().size()
            && IntStream.range(0, now.size())
                .allMatch(
                    i -> {
                      Change before = original.changes().get(i);
                      return before.getClass() == now.get(i).getClass()
                          && before.ticket().equals(now.get(i).ticket());
                    });
    boolean sameId =
        understood(variant.kept()).orElseThrow().externalId().equals(original.externalId());
    return sameTicket
        && (!sameId || admission.channel().form().sameIdOtherBytes() == Policy.NEW_VERSION);
  }

  private static int find(byte[] bytes, byte[] wanted, int from) {
    for (int i = Math.max(0, from); i <= bytes.length - wanted.length; i++) {
      if (Arrays.equals(bytes, i, i + wanted.length, wanted, 0, wanted.length)) {
        return i;
      }
    }
    return -1;
  }
}
