package io.tickethub.plan;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickethub.definition.DefinitionException;
import io.tickethub.plan.PlanRules.Plan;
import io.tickethub.plan.PlanRules.Rhythm;
import io.tickethub.plan.PlanRules.Subject;
import io.tickethub.plan.PlanRules.Type;
import io.tickethub.product.ProductCatalog;
import io.tickethub.service.WorkingDays;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class OccurrencesTest {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Occurrences OCCURRENCES =
      new Occurrences(WorkingDays.read(Path.of("routes", "calendars")), ZONE);

  private static Plan plan(Rhythm rhythm, String from, String until) {
    return new Plan(
        "lines",
        Type.INSPECTION,
        "title",
        null,
        "general",
        null,
        rhythm,
        LocalDate.parse(from),
        until == null ? null : LocalDate.parse(until),
        null,
        List.of(new Subject("one", null, null, Map.of())));
  }

  private static Rhythm monthly(int every, int day) {
    return new Rhythm(null, every, day, LocalTime.of(9, 0));
  }

  private static Instant at(String local) {
    return LocalDateTime.parse(local).atZone(ZONE).toInstant();
  }

  private static List<String> all(Plan plan, String after, String until) {
    return OCCURRENCES.between(plan, at(after), at(until), 100).stream()
        .map(time -> time.atZone(ZONE).toLocalDateTime().toString())
        .toList();
  }

  @Test
  void everyThirdMonthOnAWorkingDayOfTheYearsNotice() {
    // 2026-01-01 to 03 and 2026-10-01 to 07 are holidays, 2026-01-04 is a make-up day.
    assertThat(all(plan(monthly(3, 1), "2026-01-01", null), "2025-12-01T00:00", "2026-12-31T00:00"))
        .containsExactly(
            "2026-01-04T09:00", "2026-04-01T09:00", "2026-07-01T09:00", "2026-10-08T09:00");
  }

  @Test
  void aMonthWithFewerWorkingDaysHasItOnItsLast() {
    assertThat(
            all(plan(monthly(1, 31), "2026-02-01", null), "2026-02-01T00:00", "2026-03-01T00:00"))
        .containsExactly("2026-02-28T09:00");
  }

  @Test
  void aPlanIsDueOnlyWhileItIsValid() {
    Rhythm daily = new Rhythm("0 0 9 * * *", null, null, null);

    assertThat(all(plan(daily, "2026-03-02", "2026-03-03"), "2026-02-01T00:00", "2026-04-01T00:00"))
        .containsExactly("2026-03-02T09:00", "2026-03-03T09:00");
    assertThat(OCCURRENCES.next(plan(daily, "2026-03-02", "2026-03-03"), at("2026-03-03T09:00")))
        .isEmpty();
  }

  @Test
  void whatIsPassedIsNotDueAgain() {
    Plan plan = plan(monthly(1, 1), "2026-03-01", null);

    assertThat(OCCURRENCES.next(plan, at("2026-03-02T09:00"))).contains(at("2026-04-01T09:00"));
    assertThat(OCCURRENCES.next(plan, at("2026-03-02T08:59:59"))).contains(at("2026-03-02T09:00"));
  }

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          general              | no-such-class | there is no product class 'no-such-class'
          every-months: 2      | every-months: 0 | 'every-months' is 1 to 120
          ', at: "09:00"'      | ''            | a rhythm is either 'cron'
          type: visit          | type: party   | party
          productName          | nameOfIt      | productName
          subject: office-1    | subject: ../x | is no name
          """)
  void aSlipIsAnErrorWithItsPlace(String right, String wrong, String message) throws IOException {
    String text =
        """
        zone: Asia/Shanghai
        holidays: calendars
        plans:
          - plan: offices
            type: visit
            title: 走访
            product-class: general
            rhythm: {every-months: 2, on-working-day: 1, at: "09:00"}
            valid-from: 2026-01-01
            subjects:
              - {subject: office-1, customer: C1, attributes: {productName: line}}
        """;
    Path file = directory.resolve("plans.yaml");
    ProductCatalog products = ProductCatalog.read(Path.of("connectors", "products"));
    Files.writeString(file, text);
    assertThat(PlanRules.read(file, products).plans()).hasSize(1);
    Files.writeString(file, text.replace(right, wrong));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> PlanRules.read(file, products))
        .withMessageContaining("plans.yaml")
        .withMessageContaining(message);
  }
}
