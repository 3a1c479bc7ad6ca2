package io.tickethub.kit.contract;

import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageStatus;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.contract.Variants.Variant;
import io.tickethub.ticket.TicketEvent;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Messages of one ticket, one after the other: their order, and the replay of a refused one. */
final class SequenceCases {

  /** Enough to show whoever takes several messages of a queue at once. */
  private static final int MANY = 20;

  private static final int SOME = 5;

  private final InboundScene scene;
  private final BrokenMappings mappings;
  private final JournalView journal;
  private Variant refused;
  private JournalEntry kept;

  SequenceCases(InboundScene scene, BrokenMappings mappings) {
    this.scene = scene;
    this.mappings = mappings;
    this.journal = scene.journal();
  }

  Case order() {
    return scene.named("order", this::inOrder);
  }

  /** Of a message that comes while the mappings are broken. */
  Case refused() {
    return scene.named("replay: refused before", this::refuse);
  }

  /** Of the same message once they are mended. */
  Case replayed() {
    return scene.named("replay", this::replay);
  }

  private Variants variants() {
    List<ReceivedExample> examples = new ArrayList<>(scene.examples());
    examples.sort(Comparator.comparing(SequenceCases::opens));
    for (ReceivedExample example : examples) {
      try {
        Variants variants = scene.variants(example);
        variants.ofSameTicket();
        return variants;
      } catch (NotApplicableException e) {
        continue;
      }
    }
    scene.first();
    throw new NotApplicableException("no other message of a ticket can be made of the examples");
  }

  /** A ticket that is opened again in the same words shows nothing of it. */
  private static boolean opens(ReceivedExample example) {
    return example.changes().stream()
        .allMatch(change -> change.path("type").asText().equals("open"));
  }

  private void inOrder() {
    Variants variants = variants();
    scene.openCustomersTicket(variants.changes());
    int count = scene.sender() instanceof QueueSender ? MANY : SOME;
    List<Variant> sent = Stream.generate(variants::ofSameTicket).limit(count).toList();
    journal.mark();
    scene.sender().sendAll(sent.stream().map(Variant::sent).toList());
    Await.until(
        () -> "all %d messages are in the journal; %s".formatted(count, journal.describe()),
        () -> journal.fresh().size() >= count);
    Map<Long, Integer> places = places(sent);
    scene.tookEffect(sent.get(count - 1));
    List<TicketEvent> events =
        scene.hub().part(TicketStore.class).eventsOfMessages(places.keySet());
    Set<Long> effective = new HashSet<>();
    Map<Long, Integer> last = new HashMap<>();
    for (TicketEvent event : events) {
      int place = places.get(event.messageId());
      effective.add(event.messageId());
      Integer before = last.put(event.ticketId(), place);
      BrokenContractException.unless(
          before == null || before <= place,
          "of %d messages of one ticket, number %d was applied before number %d",
          count,
          before == null ? 0 : before + 1,
          place + 1);
    }
    if (effective.size() < 2) {
      throw new NotApplicableException("what its messages say again leaves no event");
    }
  }

  /** The journal's id of each message → its place among those sent. */
  private Map<Long, Integer> places(List<Variant> sent) {
    Map<Long, Integer> places = new HashMap<>();
    for (JournalEntry entry : journal.fresh()) {
      BrokenContractException.unless(
          entry.status() == MessageStatus.APPLIED,
          "a message of a known ticket did not take effect; %s",
          journal.describe());
      byte[] body = journal.body(entry);
      int place =
          IntStream.range(0, sent.size())
              .filter(i -> Arrays.equals(sent.get(i).kept(), body))
              .findFirst()
              .orElseThrow(
                  () -> new BrokenContractException("the hub keeps other bytes than were sent"));
      places.put(entry.id(), place);
    }
    return places;
  }

  private void refuse() {
    Variant next = variants().ofSameTicket();
    mappings.breakAll();
    journal.mark();
    Sender.Told told = scene.sender().send(next.sent().body(), next.sent().properties());
    BrokenContractException.unless(
        told.isRefused(), "was to be refused, but the hub answered %d", told.status());
    Await.until(
        () -> "the message is kept as rejected; " + journal.describe(),
        () -> journal.hasFresh(MessageStatus.REJECTED));
    refused = next;
    kept = journal.fresh().get(0);
  }

  private void replay() {
    mappings.mend();
    if (refused == null) {
      throw new NotApplicableException("no message was refused before");
    }
    journal.mark();
    mappings.admitAgain(kept, journal.body(kept));
    Await.until(
        () -> "the replayed message takes effect; " + journal.describe(),
        () -> journal.hasFresh(MessageStatus.APPLIED));
    scene.tookEffect(refused);
    long events = journal.events();
    long duplicates = journal.duplicates();
    journal.mark();
    mappings.admitAgain(kept, journal.body(kept));
    scene.sender().send(refused.sent().body(), refused.sent().properties());
    Await.until(
        () ->
            "a second replay, and the same message of the sender, are duplicates; "
                + journal.describe(),
        () -> journal.duplicates() >= duplicates + 2 || !journal.fresh().isEmpty());
    BrokenContractException.unless(
        journal.fresh().isEmpty() && journal.events() == events,
        "a message took effect once more when it was replayed and sent again; %s",
        journal.describe());
  }
}
