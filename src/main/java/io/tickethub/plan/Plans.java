package io.tickethub.plan;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeQueue;
import io.tickethub.intake.OwnMessages;
import io.tickethub.plan.OccurrenceStore.Key;
import io.tickethub.plan.PlanRules.Plan;
import io.tickethub.plan.PlanRules.Subject;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Plans, when they are due, and the tickets they make. Thread-safe. */
public final class Plans {

  /** How an occurrence is called as a ticket: {@code PLAN/SUBJECT/DATE}. */
  static final String SCHEME = "plan";

  /** How far back it is noted what was too late to be made. */
  private static final Duration LOOK_BACK = Duration.ofDays(60);

  private static final Duration KEPT = Duration.ofDays(400);
  private static final int MOST_TIMES = 10_000;
  private static final int MOST_MESSAGES = 200;

  private final PlanRules rules;
  private final Occurrences occurrences;
  private final OccurrenceStore store;
  private final IntakeQueue queue;
  private final OwnMessages messages;
  private final Clock clock;
  private final DateTimeFormatter stamp;

  /** By plan, up to when it has been looked at. */
  private final Map<String, Instant> looked = new HashMap<>();

  Plans(
      PlanRules rules,
      Occurrences occurrences,
      OccurrenceStore store,
      IntakeQueue queue,
      OwnMessages messages,
      Clock clock) {
    this.rules = rules;
    this.occurrences = occurrences;
    this.store = store;
    this.queue = queue;
    this.messages = messages;
    this.clock = clock;
    this.stamp = DateTimeFormatter.ofPattern("uuuu-MM-dd'T'HH:mm:ss").withZone(rules.zone());
  }

  /**
   * A plan in a list.
   *
   * @param last when it last made tickets; null if never
   * @param next null if it has ended
   * @param missed turns of the last year that were too late to be made
   */
  public record Listed(
      String plan,
      String type,
      String title,
      String productClass,
      String owner,
      int subjects,
      Instant last,
      Instant next,
      long missed) {}

  /**
   * A ticket that is to be made.
   *
   * @param tooLate it is not made any more
   */
  public record Turn(String plan, String subject, Instant due, String reference, boolean tooLate) {}

  public List<Listed> list() {
    Instant now = clock.instant();
    return rules.plans().stream()
        .map(
            plan ->
                new Listed(
                    plan.plan(),
                    plan.type().name().toLowerCase(Locale.ROOT),
                    plan.title(),
                    plan.productClass(),
                    plan.owner(),
                    plan.subjects().size(),
                    store.lastMade(plan.plan()).orElse(null),
                    occurrences.next(plan, now).orElse(null),
                    store.missed(plan.plan())))
        .toList();
  }

  /** What comes next, of all plans, the soonest first. */
  public List<Turn> next(int most) {
    List<Turn> turns = new ArrayList<>();
    for (Plan plan : rules.plans()) {
      Optional<Instant> due = occurrences.next(plan, clock.instant());
      for (int n = 0; due.isPresent() && n < most; n += Math.max(1, plan.subjects().size())) {
        for (Subject subject : plan.subjects()) {
          turns.add(turn(plan, subject, due.get(), false));
        }
        due = occurrences.next(plan, due.get());
      }
    }
    return turns.stream().sorted(Comparator.comparing(Turn::due)).limit(most).toList();
  }

  /** What is due and not made yet. */
  public List<Turn> due() {
    Instant now = clock.instant();
    return rules.plans().stream()
        .flatMap(plan -> due(plan, since(plan, now), now).stream())
        .toList();
  }

  private static Instant since(Plan plan, Instant now) {
    return now.minus(plan.tooLate()).minus(LOOK_BACK);
  }

  private List<Turn> due(Plan plan, Instant since, Instant now) {
    List<Instant> times = occurrences.between(plan, since, now, MOST_TIMES);
    if (times.isEmpty()) {
      return List.of();
    }
    Set<Key> settled = store.settled(plan.plan(), since);
    List<Turn> due = new ArrayList<>();
    for (Instant time : times) {
      boolean tooLate = time.isBefore(now.minus(plan.tooLate()));
      for (Subject subject : plan.subjects()) {
        if (!settled.contains(new Key(subject.subject(), time))) {
          due.add(turn(plan, subject, time, tooLate));
        }
      }
    }
    return due;
  }

  private Turn turn(Plan plan, Subject subject, Instant due, boolean tooLate) {
    String reference = "%s/%s/%s".formatted(plan.plan(), subject.subject(), stamp.format(due));
    return new Turn(plan.plan(), subject.subject(), due, reference, tooLate);
  }

  /** Makes what is due, each ticket once. Returns what was made. */
  public synchronized List<Turn> run() {
    Instant now = clock.instant();
    List<Turn> made = new ArrayList<>();
    for (Plan plan : rules.plans()) {
      Instant since = looked.getOrDefault(plan.plan(), since(plan, now));
      List<Turn> due = due(plan, since, now);
      List<Turn> late = due.stream().filter(Turn::tooLate).toList();
      List<Turn> timely = due.stream().filter(turn -> !turn.tooLate()).toList();
      store.keep(plan.plan(), keys(late), false, now);
      for (int from = 0; from < timely.size(); from += MOST_MESSAGES) {
        List<Turn> part = timely.subList(from, Math.min(timely.size(), from + MOST_MESSAGES));
        queue.putAll(part.stream().map(turn -> message(plan, turn, now)).toList());
        store.keep(plan.plan(), keys(part), true, now);
      }
      made.addAll(timely);
      looked.put(plan.plan(), now);
    }
    return made;
  }

  /** Another node may have looked meanwhile, or failed to. */
  synchronized void startAnew() {
    looked.clear();
  }

  void forget() {
    store.forget(clock.instant().minus(KEPT));
  }

  private static List<Key> keys(List<Turn> turns) {
    return turns.stream().map(turn -> new Key(turn.subject(), turn.due())).toList();
  }

  private IntakeMessage message(Plan plan, Turn turn, Instant now) {
    Subject subject =
        plan.subjects().stream()
            .filter(any -> any.subject().equals(turn.subject()))
            .findFirst()
            .orElseThrow();
    TicketKey key = new TicketKey(null, null, Map.of(SCHEME, turn.reference()), null);
    TicketContent content =
        new TicketContent(
            TicketKind.INSPECTION,
            plan.productClass(),
            plan.type().chinese() + " " + plan.title(),
            plan.description(),
            subject.region(),
            null,
            subject.customer() == null
                ? null
                : new Customer(subject.customer(), null, null, null, null, null, null, null),
            subject.attributes(),
            null,
            null);
    List<Change> changes = new ArrayList<>();
    changes.add(new Change.Open(key, turn.due(), TicketState.DISPATCHED, content, null));
    if (plan.owner() != null) {
      changes.add(new Change.Transfer(key, turn.due(), plan.owner(), null));
    }
    String id = "plan/" + turn.reference();
    // The body is the id alone: a plan that was edited meanwhile makes no second ticket.
    return messages.of(SCHEME, id, id.getBytes(UTF_8), changes, now);
  }
}
