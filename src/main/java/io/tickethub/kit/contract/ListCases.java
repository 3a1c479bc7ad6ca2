package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.connector.folder.Reconciling;
import io.tickethub.journal.MessageStatus;
import io.tickethub.kit.contract.Sender.Told;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.reconcile.Reconciliations;
import io.tickethub.reconcile.Run;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Predicate;

/**
 * What the list of a system's tickets has to stand, whether it comes by itself, as the answer to a
 * question or after one.
 */
final class ListCases {

  /** Three looks of the hub at what it has to do. */
  private static final Duration NOTHING_COMES = Duration.ofSeconds(3);

  private final Stage stage;
  private final HubHolder hub;
  private final Reconciling reconciling;
  private final InboundChannel channel;
  private final Sender sender;
  private final JournalView journal;
  private final List<ListedExample> examples;

  private ListCases(Stage stage, HubHolder hub, Reconciling reconciling) {
    this.stage = stage;
    this.hub = hub;
    this.reconciling = reconciling;
    this.channel = reconciling.list();
    this.sender = reconciling.isAnswered() ? null : Senders.of(stage, channel, hub);
    this.journal = new JournalView(hub, stage.name(), Reconcile.LIST);
    this.examples = ListedExample.of(stage.folder());
  }

  /** Empty if the system has no list. */
  static Optional<ListCases> of(Stage stage, HubHolder hub) {
    return stage
        .definition()
        .reconciling()
        .map(reconciling -> new ListCases(stage, hub, reconciling));
  }

  /** In the order in which they have to be run. */
  List<Case> cases() {
    List<Case> cases = new ArrayList<>();
    if (reconciling.form().ask() != null) {
      cases.add(named("asked", reconciling.isAnswered() ? this::answered : this::asked));
    } else {
      cases.add(named("given", this::given));
    }
    if (!reconciling.isAnswered()) {
      cases.add(named("given-again", this::givenAgain));
    }
    cases.add(named("refused", reconciling.isAnswered() ? this::answerRefused : this::refused));
    return cases;
  }

  private static Case named(String name, Case.Trial trial) {
    return new Case("list: " + name, trial);
  }

  private ListedExample example(String what, Predicate<ListedExample> wanted) {
    return examples.stream()
        .filter(wanted)
        .findFirst()
        .orElseThrow(
            () ->
                new BrokenContractException(
                    "examples/%s has no %s: add one".formatted(Reconcile.LIST, what)));
  }

  private ListedExample whole() {
    return example("whole list that is taken", ListedExample::isWhole);
  }

  /** A page that has a next one is followed by it. */
  private void answered() {
    List<ListedExample> pages = new ArrayList<>();
    examples.stream().filter(ListedExample::hasNext).findFirst().ifPresent(pages::add);
    pages.add(whole());
    stage.webSystem().listsNext(pages.stream().map(ListedExample::body).toList());
    holds(awaitEnd(start()), pages, true);
  }

  private void asked() {
    QueueTarget questions = questions();
    questions.received();
    long run = start();
    Await.until(
        () -> "the system is asked for its list; " + describe(run),
        () -> !questions.received().isEmpty());
    BrokenContractException.unless(
        reconciliations().find(run).orElseThrow().state() == Run.State.RECEIVING,
        "the hub does not wait for the list it asked for: %s",
        describe(run));
    sender.send(whole().body(), Map.of());
    holds(awaitEnd(run), List.of(whole()), true);
  }

  private QueueTarget questions() {
    Place place =
        stage.survey().targets().getOrDefault(Reconcile.ASK, List.of()).stream()
            .filter(target -> target.scheme().equals("jms"))
            .findFirst()
            .orElseThrow(() -> new NotApplicableException("the suite reads questions of JMS only"));
    return new QueueTarget(
        stage.queues(hub),
        place.address().replaceFirst("^queue:", ""),
        reconciling.form().ask().charset() == null ? "UTF-8" : reconciling.form().ask().charset());
  }

  /** Nobody asked: a list that comes is compared. */
  private void given() {
    ListedExample example = whole();
    Told told = sender.send(example.body(), Map.of());
    BrokenContractException.unless(
        told.isTaken(), "the list was refused with %d: %s", told.status(), told.answer());
    Await.until("the list that came is compared", () -> newest().isPresent());
    holds(awaitEnd(newest().orElseThrow().id()), List.of(example), true);
  }

  private void givenAgain() {
    if (channel.translation().format() instanceof RecordFormat) {
      throw new NotApplicableException("a file of another name is another list");
    }
    long before = newest().orElseThrow().id();
    sender.send(whole().body(), Map.of());
    BrokenContractException.unless(
        !Await.comesTrue(NOTHING_COMES, () -> newest().orElseThrow().id() != before),
        "the same list was compared again: its name has to be the same when it comes again");
  }

  /** What is refused is kept for a person, and what is good beside it makes a list with gaps. */
  private void refused() {
    ListedExample example = example("list that is refused", ListedExample::refused);
    long before = newest().map(Run::id).orElse(-1L);
    journal.mark();
    Told told = sender.send(example.body(), Map.of());
    BrokenContractException.unless(
        told.isRefused(), "was to be refused, but the hub answered %d", told.status());
    awaitRefusal();
    if (example.list().isPresent()) {
      Await.until(
          "the good records of the list are compared",
          () -> newest().map(Run::id).orElse(-1L) != before);
      holds(awaitEnd(newest().orElseThrow().id()), List.of(example), false);
    } else {
      BrokenContractException.unless(
          newest().map(Run::id).orElse(-1L) == before, "a list that was refused is compared");
    }
  }

  /** An answer that is no list is said to be none, and the system is asked again. */
  private void answerRefused() {
    ListedExample example = example("list that is refused", ListedExample::refused);
    journal.mark();
    stage.webSystem().listsNext(List.of(example.body(), whole().body()));
    long run = start();
    Await.until(
        () -> "the run says that the answer is no list; " + describe(run),
        () ->
            reconciliations()
                .find(run)
                .map(Run::cause)
                .filter(cause -> cause.contains("the answer is no list"))
                .isPresent());
    awaitRefusal();
    holds(awaitEnd(run), List.of(whole()), true);
  }

  private void awaitRefusal() {
    Await.until(
        () -> "what is refused is kept; " + journal.describe(),
        () -> journal.hasFresh(MessageStatus.REJECTED));
  }

  private long start() {
    return reconciliations().start(stage.name(), false, "contract suite").id();
  }

  private Reconciliations reconciliations() {
    return hub.part(Reconciliations.class);
  }

  private Optional<Run> newest() {
    return reconciliations().list(stage.name(), 1).stream().findFirst();
  }

  private Run awaitEnd(long run) {
    Await.until(
        () -> "the list is compared; " + describe(run),
        () -> reconciliations().find(run).orElseThrow().state().isEnd());
    return reconciliations().find(run).orElseThrow();
  }

  private void holds(Run run, List<ListedExample> lists, boolean complete) {
    int tickets = ListedExample.tickets(lists);
    BrokenContractException.unless(
        run.state() == Run.State.DONE && run.statements() == tickets && run.complete() == complete,
        "of %d tickets a %s list was to be compared: %s",
        tickets,
        complete ? "complete" : "incomplete",
        describe(run.id()));
  }

  private String describe(long id) {
    Run run = reconciliations().find(id).orElseThrow();
    return "reconciliation of list '%s' is %s, with %d statements, %s%s"
        .formatted(
            run.list(),
            run.state().text(),
            run.statements(),
            run.complete() ? "complete" : "incomplete",
            run.cause() == null ? "" : ": " + run.cause());
  }
}
