package io.tickethub.ticket;

import static io.tickethub.ticket.TicketLife.KEY;
import static org.assertj.core.api.Assertions.assertThat;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.EdgeCasesMode;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.Tuple;

/** What holds whatever systems say of a ticket, in whatever order. */
class ChangeProcessorPropertiesTest {

  private static final List<String> SYSTEMS =
      List.of("call-center", "fault-112", "partner-hospital");

  /** Something one system says, and what the rules make of it. */
  record Word(String system, Change change, Verdict verdict) {}

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void theHistoryIsGaplessAndEveryStepOfItLegal(
      @ForAll("opening") TicketState opening, @ForAll("words") List<Word> words) {
    TicketLife life = told(opening, words);

    TicketProgress progress = TicketProgress.START;
    int sequence = 0;
    for (TicketEvent event : life.events()) {
      assertThat(event.sequence()).isEqualTo(++sequence);
      assertThat(event.from()).isEqualTo(progress.state());
      progress = follow(progress, event);
    }
    assertThat(life.ticket().version()).isEqualTo(sequence);
    assertThat(life.ticket().state()).isEqualTo(progress.state());
    assertThat(life.ticket().progress().resumesTo()).isEqualTo(progress.resumesTo());
  }

  private static TicketProgress follow(TicketProgress progress, TicketEvent event) {
    boolean moves = event.from() != event.to() || event.type() == EventType.TRANSFERRED;
    if (!moves) {
      return progress;
    }
    assertThat(Lifecycle.next(progress)).as("%s after %s", event, progress).contains(event.to());
    return event.to() == TicketState.SUSPENDED
        ? progress.suspended(event.detail().suspensionCause())
        : progress.at(event.to());
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void nothingThatIsSaidIsDropped(
      @ForAll("opening") TicketState opening, @ForAll("words") List<Word> words) {
    TicketLife life = TicketLife.opened("call-center", TicketLife.report(opening));
    for (Word word : words) {
      Ticket before = life.ticket();
      life.says(word.system(), word.change(), word.verdict());

      if (life.news().isEmpty()) {
        assertThat(isKnown(word.change(), before)).as("%s of %s", word, before).isTrue();
      } else {
        assertThat(life.news().get(life.news().size() - 1).detail().note())
            .isEqualTo(word.change().note());
      }
    }
  }

  private static boolean isKnown(Change change, Ticket before) {
    if (change.note() != null) {
      return false;
    }
    if (change instanceof Change.Update update) {
      return before.content().merge(update.content()).equals(before.content());
    }
    if (change instanceof Change.Transfer transfer) {
      return transfer.to().equals(before.progress().owner());
    }
    return change instanceof Change.StateChange to
        && to.state() == before.state()
        && (to.suspensionCause() == null
            || to.suspensionCause() == before.progress().suspensionCause())
        && (to.content() == null || before.content().merge(to.content()).equals(before.content()));
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void onlyAnAcceptedWordMovesATicket(
      @ForAll("opening") TicketState opening,
      @ForAll("words") List<Word> words,
      @ForAll("refusal") Verdict refusal) {
    TicketLife life = told(opening, words);
    for (Word word : words) {
      Ticket before = life.ticket();
      life.says(word.system(), word.change(), refusal);

      assertThat(life.ticket().progress()).isEqualTo(before.progress());
      assertThat(life.ticket().content()).isEqualTo(before.content());
      assertThat(life.news()).hasSize(1);
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void anEndIsForGood(@ForAll("opening") TicketState opening, @ForAll("words") List<Word> words) {
    TicketLife life = TicketLife.opened("call-center", TicketLife.report(opening));
    for (Word word : words) {
      TicketProgress before = life.ticket().progress();
      life.says(word.system(), word.change(), word.verdict());

      if (before.state().isFinal()) {
        assertThat(life.ticket().progress()).isEqualTo(before);
      }
    }
  }

  @Property(tries = 150, edgeCases = EdgeCasesMode.NONE)
  void theTicketAndItsHistorySurviveBeingStored(
      @ForAll("opening") TicketState opening, @ForAll("words") List<Word> words) throws Exception {
    TicketLife life = told(opening, words);
    var json = TicketJson.mapper();

    assertThat(json.readValue(json.writeValueAsBytes(life.ticket()), Ticket.class))
        .isEqualTo(life.ticket());
    for (TicketEvent event : life.events()) {
      assertThat(json.readValue(json.writeValueAsBytes(event.detail()), EventDetail.class))
          .isEqualTo(event.detail());
    }
    for (Word word : words) {
      assertThat(json.readValue(json.writeValueAsBytes(word.change()), Change.class))
          .isEqualTo(word.change());
    }
  }

  private static TicketLife told(TicketState opening, List<Word> words) {
    TicketLife life = TicketLife.opened("call-center", TicketLife.report(opening));
    words.forEach(word -> life.says(word.system(), word.change(), word.verdict()));
    return life;
  }

  @Provide
  Arbitrary<TicketState> opening() {
    return Arbitraries.of(TicketState.class).injectNull(0.3);
  }

  @Provide
  Arbitrary<Verdict> refusal() {
    return Arbitraries.of(
            Verdict.Decision.REQUEST, Verdict.Decision.IGNORE, Verdict.Decision.CONFLICT)
        .map(decision -> new Verdict(decision, "some rule"));
  }

  @Provide
  Arbitrary<List<Word>> words() {
    Arbitrary<Verdict> verdict =
        Arbitraries.frequencyOf(
            Tuple.of(9, Arbitraries.just(TicketLife.ACCEPT)), Tuple.of(1, refusal()));
    return Combinators.combine(Arbitraries.of(SYSTEMS), changes(), verdict)
        .as(Word::new)
        .list()
        .ofMaxSize(12);
  }

  private static Arbitrary<Change> changes() {
    Arbitrary<Instant> times =
        Arbitraries.longs()
            .between(-3_600, 7_200)
            .map(TicketLife.START::plusSeconds)
            .injectNull(0.3);
    return Combinators.combine(
            Arbitraries.of(
                "state",
                "state",
                "state",
                "update",
                "transfer",
                "urge",
                "repeat",
                "feedback",
                "note"),
            times,
            Arbitraries.of("现场已到", "等待备件", "").injectNull(0.5),
            Arbitraries.of(TicketState.class),
            Arbitraries.of(SuspensionCause.class).injectNull(0.4),
            contents(),
            Arbitraries.of(SYSTEMS))
        .as(ChangeProcessorPropertiesTest::change);
  }

  private static Change change(
      String type,
      Instant at,
      String note,
      TicketState state,
      SuspensionCause cause,
      TicketContent content,
      String to) {
    String text = note == null || note.isEmpty() ? "…" : note;
    return switch (type) {
      case "state" -> new Change.StateChange(KEY, at, state, cause, content, note);
      case "update" -> new Change.Update(KEY, at, content, note);
      case "transfer" -> new Change.Transfer(KEY, at, to, note);
      case "urge" -> new Change.Urge(KEY, at, note);
      case "repeat" -> new Change.RepeatReport(KEY, at, note);
      case "feedback" -> new Change.Feedback(KEY, at, text);
      default -> new Change.Note(KEY, at, text);
    };
  }

  static Arbitrary<TicketContent> contents() {
    Arbitrary<String> texts = Arbitraries.of("光缆中断", "", "桂P12345").injectNull(0.5);
    Arbitrary<Resolution> resolutions =
        Combinators.combine(texts, texts, texts).as(Resolution::new).injectNull(0.5);
    Arbitrary<Customer> customers =
        Combinators.combine(texts, texts)
            .as((name, phone) -> new Customer("C1", name, phone, null, null, null, null, null))
            .injectNull(0.5);
    Arbitrary<Map<String, Object>> attributes =
        Arbitraries.maps(Arbitraries.of("plate", "simNumber"), texts.map(text -> (Object) text));
    return Combinators.combine(texts, texts, customers, attributes, resolutions, texts)
        .as(
            (title, domain, customer, given, resolution, satisfaction) ->
                new TicketContent(
                    null,
                    null,
                    title,
                    null,
                    null,
                    domain,
                    customer,
                    given,
                    resolution,
                    satisfaction));
  }
}
