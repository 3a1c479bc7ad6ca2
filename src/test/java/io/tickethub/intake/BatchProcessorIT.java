package io.tickethub.intake;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.Connectors;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.Provenance;
import io.tickethub.journal.Sealer;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.trace.Tracing;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * What is applied a second time, because the hub died between the database's commit and the
 * broker's.
 */
class BatchProcessorIT {

  private static final int SLOT = 7;

  @TempDir static Path directory;
  static PlainWorld world;
  static BatchProcessor processor;

  @BeforeAll
  static void start() throws Exception {
    world = PlainWorld.start(directory, List.of(PlainConnector.named("north")));
    processor =
        new BatchProcessor(
            world.hub().part(Rules.class),
            world.hub().part(Records.class),
            world.hub().part(Connectors.class),
            world.hub().part(Dispatchers.class),
            world.hub().part(TransactionTemplate.class),
            Tracing.OFF);
  }

  @AfterAll
  static void stop() {
    world.close();
  }

  @Test
  void aBatchThatComesAgainHasNoSecondEffect() {
    List<IntakeMessage> batch =
        List.of(open("B-1"), note("B-1", "one", "n-1"), note("B-1", "two", "n-2"));
    BatchProcessor.Result first = processor.process(batch, SLOT, false);
    BatchProcessor.Result second = processor.process(batch, SLOT, true);

    assertThat(world.notes("B-1")).containsExactly("one", "two");
    assertThat(second.events())
        .usingRecursiveFieldByFieldElementComparatorOnFields("ticketId", "sequence", "type")
        .isEqualTo(first.events());
    assertThat(second.outcomes()).isEmpty();
    assertThat(duplicates("n-1")).isZero();
  }

  @Test
  void aNewVersionThatComesAgainHasNoSecondEffect() {
    List<IntakeMessage> batch =
        List.of(open("B-2"), note("B-2", "draft", "v-1"), note("B-2", "final", "v-1"));
    processor.process(batch, SLOT, false);
    processor.process(batch, SLOT, true);

    assertThat(world.notes("B-2")).containsExactly("draft", "final");
  }

  @Test
  void aConflictThatComesAgainIsTheSameConflict() {
    IntakeMessage second =
        message("B-3", new Change.Note(key("B-3"), null, "b"), "c-1", SameIdOtherBytes.CONFLICT);
    List<IntakeMessage> batch = List.of(open("B-3"), note("B-3", "a", "c-1"), second);
    processor.process(batch, SLOT, false);
    processor.process(batch, SLOT, true);

    assertThat(world.notes("B-3")).containsExactly("a");
  }

  @Test
  void halfABatchThatComesAgainIsFollowedByTheOtherHalf() {
    List<IntakeMessage> half = List.of(open("B-4"), note("B-4", "one", "h-1"));
    processor.process(half, SLOT, false);
    List<IntakeMessage> whole =
        List.of(half.get(0), half.get(1), note("B-4", "two", "h-2"), note("B-4", "3", "h-3"));
    BatchProcessor.Result result = processor.process(whole, SLOT, true);

    assertThat(world.notes("B-4")).containsExactly("one", "two", "3");
    assertThat(result.events()).isSortedAccordingTo((a, b) -> a.sequence() - b.sequence());
  }

  @Test
  void whatWasBuriedIsNotAppliedWhenItsSenderRepeatsIt() {
    processor.process(List.of(open("B-5")), SLOT, false);
    IntakeMessage bad = note("B-5", "bad day", "d-1");
    processor.bury(bad, new IllegalStateException("the database would not have it"));
    processor.process(List.of(note("B-5", "bad day", "d-1")), SLOT, false);

    assertThat(world.notes("B-5")).isEmpty();
    assertThat(duplicates("d-1")).isEqualTo(1);
  }

  @Test
  void whatWaitedAndCannotBeAppliedIsBuriedOnce() {
    IntakeMessage early = note("B-6", "early", "w-1");
    processor.process(List.of(early), SLOT, false);
    IntakeMessage back =
        IntakeMessage.kept(
            early.id(), early.connector(), early.channel(), Instant.now(), early.changes());
    processor.bury(back, new IllegalStateException("the database would not have it"));
    processor.process(List.of(open("B-6")), SLOT, false);

    assertThat(world.notes("B-6")).isEmpty();
    assertThat(world.hub().part(Records.class).journal().dead(List.of(early.id())))
        .containsExactly(early.id());
  }

  @Test
  void whatWaitedIsAppliedBeforeTheLaterWordsOfItsSystem() {
    processor.process(List.of(open("B-7")), SLOT, false);
    IntakeMessage early = note("P-7", "first", "o-1");
    processor.process(List.of(early), SLOT, false);
    TicketKey both = new TicketKey("B-7", null, Map.of("north", "P-7"), null);
    IntakeMessage later =
        message("P-7", new Change.Note(both, null, "second"), "o-3", SameIdOtherBytes.CONFLICT);
    processor.process(List.of(later), SLOT, false);

    assertThat(world.notes("B-7")).containsExactly("first", "second");
  }

  @Test
  void whatWaitsIsAppliedInTheBatchThatNamesItsTicketAndBeforeWhatFollows() {
    processor.process(List.of(open("B-8")), SLOT, false);
    IntakeMessage early = note("P-8", "first", "q-1");
    IntakeMessage naming =
        message(
            "south",
            "B-8",
            new Change.Note(
                new TicketKey(null, world.number("B-8"), Map.of("north", "P-8"), null),
                null,
                "named"),
            "q-2",
            SameIdOtherBytes.CONFLICT);
    processor.process(List.of(early, naming, note("P-8", "second", "q-3")), SLOT, false);

    assertThat(world.notes("B-8")).containsExactly("first", "named", "second");
  }

  private static TicketKey key(String ticket) {
    return new TicketKey(ticket, null, Map.of(), null);
  }

  private static IntakeMessage open(String ticket) {
    TicketContent content =
        new TicketContent(
            TicketKind.FAULT,
            "general",
            "no dial tone",
            null,
            null,
            null,
            null,
            Map.of(),
            null,
            null);
    return message(
        ticket,
        new Change.Open(key(ticket), null, null, content, null),
        "open-" + ticket,
        SameIdOtherBytes.CONFLICT);
  }

  private static IntakeMessage note(String ticket, String text, String id) {
    return message(
        ticket, new Change.Note(key(ticket), null, text), id, SameIdOtherBytes.NEW_VERSION);
  }

  private static IntakeMessage message(
      String ticket, Change change, String id, SameIdOtherBytes policy) {
    return message("north", ticket, change, id, policy);
  }

  private static IntakeMessage message(
      String system, String ticket, Change change, String id, SameIdOtherBytes policy) {
    byte[] body = "%s: %s".formatted(ticket, change).getBytes(UTF_8);
    return new IntakeMessage(
        world.hub().part(Identifiers.class).next(),
        system,
        "newest",
        id,
        policy,
        body,
        Provenance.NONE,
        Instant.now(),
        List.of(change),
        null,
        false,
        world.hub().part(Sealer.class).sealBytes(body),
        body.length);
  }

  private static int duplicates(String id) {
    return world
        .hub()
        .database()
        .queryForList(
            "select duplicates from message_ledger where external_id = ?", Integer.class, id)
        .get(0);
  }
}
