package io.tickethub.intake;

import io.tickethub.routing.Judgement;
import io.tickethub.routing.Routing;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.CallBackStep;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ChangeProcessor;
import io.tickethub.ticket.ChangeProcessor.Ties;
import io.tickethub.ticket.LimitNotice;
import io.tickethub.ticket.Origin;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.Verdict;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/** What changes do to a ticket by the rules, and who must know; keeps nothing. Thread-safe. */
public final class Consequences {

  private static final Verdict REPORTED =
      new Verdict(Verdict.Decision.ACCEPT, "a report of a ticket nobody knows opens it");

  private static final Verdict UNQUESTIONED =
      new Verdict(Verdict.Decision.ACCEPT, "nobody asked for a rule");

  private static final Verdict BY_THE_LIMITS =
      new Verdict(Verdict.Decision.ACCEPT, "the time limits say so");

  private static final Verdict BY_THE_CALL_BACKS =
      new Verdict(Verdict.Decision.ACCEPT, "the rules of call-backs say so");

  private static final Verdict SAID_SINCE =
      new Verdict(
          Verdict.Decision.IGNORE,
          "it gave up and was replayed; messages that came after it have said something newer");

  private final Rules rules;
  private final boolean timed;

  private Consequences(Rules rules, boolean timed) {
    this.rules = rules;
    this.timed = timed;
  }

  /** Without time limits, which are settled for a whole batch. */
  Consequences(Rules rules) {
    this(rules, false);
  }

  /** A new ticket has its time limits. */
  public static Consequences timed(Rules rules) {
    return new Consequences(rules, true);
  }

  /**
   * What one change led to.
   *
   * @param refused what its sender may not say, one sentence each
   */
  public record Consequence(
      Verdict verdict, List<String> refused, Applied applied, Routing routing) {

    /** The ticket with its owner and participants. */
    public Ticket ticket() {
      return routing.ticket();
    }
  }

  /** A new ticket. */
  public Consequence open(
      long id, String number, Change.Open report, Origin origin, Set<String> unsent) {
    return open(id, number, report, origin, unsent, Ties.NONE);
  }

  /** A new ticket that has to do with another. */
  Consequence open(
      long id, String number, Change.Open report, Origin origin, Set<String> unsent, Ties ties) {
    Applied applied = ChangeProcessor.open(id, number, report, origin, ties);
    return routed(null, REPORTED, List.of(), applied, unsent);
  }

  /**
   * The same ticket after a change that is no report.
   *
   * @param contradiction why the change may be of another ticket; empty if it is not
   * @param unsent systems whose introduction to the ticket has not been sent yet
   */
  public Consequence apply(
      Ticket before,
      Change change,
      Origin origin,
      Optional<String> contradiction,
      Set<String> unsent) {
    Judgement judgement = rules.ownership().judge(before, change, origin.system());
    Verdict verdict =
        contradiction
            .map(reason -> new Verdict(Verdict.Decision.CONFLICT, reason))
            .orElse(judgement.verdict());
    Applied applied =
        ChangeProcessor.apply(before, judgement.change(), origin, verdict, judgement.refused());
    return routed(before, verdict, judgement.refused(), applied, unsent);
  }

  /** The same without asking whether the system may say so. */
  public Consequence unquestioned(Ticket before, Change change, Origin origin) {
    Applied applied = ChangeProcessor.apply(before, change, origin, UNQUESTIONED, List.of());
    return routed(before, UNQUESTIONED, List.of(), applied, Set.of());
  }

  /**
   * The same ticket, of which another report came (重复申告).
   *
   * @param rule by which it is of the same trouble
   */
  Consequence reportedAgain(
      Ticket before, Change.Open report, Origin origin, String rule, Set<String> unsent) {
    Change.Update news =
        new Change.Update(
            report.ticket(),
            report.occurredAt(),
            report.content().missingIn(before.content()),
            null);
    Judgement judgement = rules.ownership().judgeContent(before, news, origin.system());
    Applied applied =
        ChangeProcessor.reportedAgain(
            before,
            report,
            ((Change.Update) judgement.change()).content(),
            origin,
            "reported again as '%s' of %s: %s%s"
                .formatted(
                    report.ticket().orderingText(),
                    origin.system(),
                    rule,
                    report.state() == null
                        ? ""
                        : "; there it stood at '%s'".formatted(report.state().code())),
            judgement.refused());
    return routed(
        before, new Verdict(Verdict.Decision.ACCEPT, rule), judgement.refused(), applied, unsent);
  }

  /** The same ticket after what its time limits came to. */
  Consequence limits(Ticket before, List<LimitNotice> notices, Origin origin, Set<String> unsent) {
    Applied applied = ChangeProcessor.limits(before, notices, origin);
    return routed(before, BY_THE_LIMITS, List.of(), applied, unsent);
  }

  /** The same ticket after what the rules of call-backs came to. */
  Consequence callBack(Ticket before, CallBackStep step, Origin origin, Set<String> unsent) {
    Applied applied = ChangeProcessor.callBack(before, step, origin);
    return routed(before, BY_THE_CALL_BACKS, List.of(), applied, unsent);
  }

  /** The same ticket, with a change in its history that came too late to have an effect. */
  Consequence late(Ticket before, Change change, Origin origin, Set<String> unsent) {
    Applied applied = ChangeProcessor.late(before, change, origin, SAID_SINCE.rule());
    return routed(before, SAID_SINCE, List.of(), applied, unsent);
  }

  private Consequence routed(
      Ticket before, Verdict verdict, List<String> refused, Applied applied, Set<String> unsent) {
    Applied limited =
        before != null || !timed
            ? applied
            : new Applied(
                rules.timeLimits().applyTo(applied.ticket(), applied.events()), applied.events());
    return new Consequence(
        verdict, refused, limited, rules.router().route(before, limited, unsent));
  }
}
