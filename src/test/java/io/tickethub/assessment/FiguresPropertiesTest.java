package io.tickethub.assessment;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.assessment.Figures.PartnerRow;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Random;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.Combinators;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;

/** Whatever systems say of tickets, in whatever order: the figures hold together. */
class FiguresPropertiesTest {

  private static final AssessmentRules RULES =
      new AssessmentRules(ZoneOffset.UTC, null, null, Duration.ofMinutes(30), null);
  private static final List<String> SYSTEMS = List.of("call-center", "partner-a", "partner-b");

  record Step(int system, int state, int minutes, int what) {}

  @Provide
  Arbitrary<List<List<Step>>> months() {
    Arbitrary<Step> step =
        Combinators.combine(
                Arbitraries.integers().between(0, SYSTEMS.size() - 1),
                Arbitraries.integers().between(0, TicketState.values().length - 1),
                Arbitraries.integers().between(-20, 120),
                Arbitraries.integers().between(0, 9))
            .as(Step::new);
    return step.list().ofMaxSize(14).list().ofMaxSize(8);
  }

  private static TicketLife life(List<Step> steps) {
    TicketLife life = TicketLife.opened(TicketKind.FAULT, "general");
    long minute = 1;
    for (Step step : steps) {
      minute = Math.max(0, minute + step.minutes());
      String system = SYSTEMS.get(step.system());
      switch (step.what()) {
        case 0 -> life.transferred("partner-b", system, minute);
        case 1 -> life.says(system, minute, TicketLife.urge(minute));
        case 2 -> life.breached("repair", minute);
        case 3 -> life.answers(step.state() % 2 == 0 ? "satisfied" : "unsatisfied", minute + 1);
        default -> life.reaches(TicketState.values()[step.state()], system, minute);
      }
    }
    return life;
  }

  private static Figures figures(List<TicketFacts> facts) {
    Figures.Gathering gathering = new Figures.Gathering(RULES);
    facts.forEach(gathering::add);
    return gathering.figures();
  }

  @Property(tries = 300)
  void figuresDoNotDependOnTheOrderOfTickets(
      @ForAll("months") List<List<Step>> month, @ForAll long seed) {
    List<TicketFacts> facts = month.stream().map(steps -> life(steps).facts()).toList();
    List<TicketFacts> shuffled = new ArrayList<>(facts);
    Collections.shuffle(shuffled, new Random(seed));

    assertThat(figures(shuffled)).isEqualTo(figures(facts));
  }

  @Property(tries = 300)
  void figuresHoldTogether(@ForAll("months") List<List<Step>> month) {
    List<TicketFacts> facts = month.stream().map(steps -> life(steps).facts()).toList();
    Figures figures = figures(facts);

    assertThat(figures.tickets()).isEqualTo(month.size());
    for (PartnerRow row : figures.partners()) {
      for (PartnerFigure figure : PartnerFigure.values()) {
        Measured measured = row.figure(figure);
        assertThat(measured.value() == null).isEqualTo(measured.reason() != null);
        if (measured.value() != null) {
          assertThat(measured.value()).isNotNegative();
          if (figure.aggregate() == Aggregate.SHARE) {
            assertThat(measured.value()).isLessThanOrEqualTo(1);
          }
        }
      }
      assertOrdered(row.figure(PartnerFigure.RESPONSE_P50), row.figure(PartnerFigure.RESPONSE_P90));
      assertOrdered(row.figure(PartnerFigure.REPAIR_P50), row.figure(PartnerFigure.REPAIR_P90));
      assertThat(row.figure(PartnerFigure.OVERDUE).value())
          .isLessThanOrEqualTo(row.figure(PartnerFigure.TICKETS).value())
          .isLessThanOrEqualTo(row.figure(PartnerFigure.BREACHES).value());
    }
    int answers = facts.stream().mapToInt(f -> f.satisfied() + f.unsatisfied()).sum();
    int replies = facts.stream().mapToInt(TicketFacts::replies).sum();
    assertThat(answers).isLessThanOrEqualTo(replies);
  }

  private static void assertOrdered(Measured lower, Measured higher) {
    if (lower.value() != null) {
      assertThat(lower.value()).isLessThanOrEqualTo(higher.value());
    }
  }
}
