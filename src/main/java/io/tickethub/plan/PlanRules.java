package io.tickethub.plan;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Problem;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.LocalDate;
import java.time.LocalTime;
import java.time.ZoneId;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.scheduling.support.CronExpression;

/**
 * The content of {@code routes/plans.yaml}.
 *
 * @param zone decides days and times
 * @param holidays the folder of the yearly files {@code YYYY.json}, beside this file
 */
public record PlanRules(
    @JsonProperty(required = true) ZoneId zone,
    @JsonProperty(required = true) String holidays,
    @JsonProperty(required = true) List<Plan> plans) {

  static final String NAME = "[a-z0-9]+(-[a-z0-9]+)*";

  public PlanRules {
    plans = List.copyOf(plans);
    Set<String> names = new HashSet<>();
    for (Plan plan : plans) {
      if (!names.add(plan.plan())) {
        throw new IllegalArgumentException("there are two plans '%s'".formatted(plan.plan()));
      }
    }
  }

  /** What is done. */
  public enum Type {
    @JsonProperty("inspection")
    INSPECTION("巡检"),
    @JsonProperty("visit")
    VISIT("走访");

    private final String chinese;

    Type(String chinese) {
      this.chinese = chinese;
    }

    String chinese() {
      return chinese;
    }
  }

  /**
   * One plan.
   *
   * @param owner the connector whose system does it; null: as {@code ownership.yaml} says
   * @param validFrom the first day of an occurrence
   * @param validUntil the last such day; null for no end
   * @param tooLate what was missed longer ago is not made any more
   */
  public record Plan(
      @JsonProperty(required = true) String plan,
      @JsonProperty(required = true) Type type,
      @JsonProperty(required = true) String title,
      String description,
      @JsonProperty(value = "product-class", required = true) String productClass,
      String owner,
      @JsonProperty(required = true) Rhythm rhythm,
      @JsonProperty(value = "valid-from", required = true) LocalDate validFrom,
      @JsonProperty("valid-until") LocalDate validUntil,
      @JsonProperty("too-late") Duration tooLate,
      @JsonProperty(required = true) List<Subject> subjects) {
    public Plan {
      tooLate = tooLate == null ? Duration.ofDays(7) : tooLate;
      subjects = List.copyOf(subjects);
      named("plan", plan);
      if (validUntil != null && validUntil.isBefore(validFrom)) {
        throw new IllegalArgumentException("plan '%s' ends before it begins".formatted(plan));
      }
      if (tooLate.isNegative() || tooLate.isZero() || tooLate.compareTo(Duration.ofDays(60)) > 0) {
        throw new IllegalArgumentException(
            "plan '%s': 'too-late' is above 0 and at most 60d".formatted(plan));
      }
      Set<String> names = new HashSet<>();
      for (Subject subject : subjects) {
        if (!names.add(subject.subject())) {
          throw new IllegalArgumentException(
              "plan '%s' has the subject '%s' twice".formatted(plan, subject.subject()));
        }
      }
    }
  }

  /**
   * Whom it is done for.
   *
   * @param subject its name in the plan; never changed, a ticket is known by it
   * @param customer the customer's number; null if it is nobody's
   * @param attributes of the product class
   */
  public record Subject(
      @JsonProperty(required = true) String subject,
      String customer,
      String region,
      Map<String, Object> attributes) {
    public Subject {
      named("subject", subject);
      attributes = attributes == null ? Map.of() : Map.copyOf(attributes);
    }
  }

  /**
   * When it is done: by {@code cron}, or every so many months from the plan's first month on.
   *
   * @param cron six fields, seconds first
   * @param onWorkingDay 1 for the month's first working day
   */
  public record Rhythm(
      String cron,
      @JsonProperty("every-months") Integer everyMonths,
      @JsonProperty("on-working-day") Integer onWorkingDay,
      LocalTime at) {
    public Rhythm {
      boolean monthly = everyMonths != null && onWorkingDay != null && at != null;
      boolean none = everyMonths == null && onWorkingDay == null && at == null;
      if (cron == null ? !monthly : !none) {
        throw new IllegalArgumentException(
            "a rhythm is either 'cron', or 'every-months', 'on-working-day' and 'at'");
      }
      if (cron != null && !CronExpression.isValidExpression(cron)) {
        throw new IllegalArgumentException(
            "'%s' is no cron expression of six fields".formatted(cron));
      }
      if (monthly
          && (everyMonths < 1 || everyMonths > 120 || onWorkingDay < 1 || onWorkingDay > 31)) {
        throw new IllegalArgumentException(
            "'every-months' is 1 to 120, 'on-working-day' is 1 to 31");
      }
    }
  }

  private static void named(String what, String name) {
    if (!name.matches(NAME)) {
      throw new IllegalArgumentException(
          "%s '%s' is no name: write small letters, digits and hyphens".formatted(what, name));
    }
  }

  /** Reads the plans; without the file there are none. */
  static PlanRules read(Path file, ProductCatalog products) {
    if (!Files.exists(file)) {
      return new PlanRules(ZoneId.of("Asia/Shanghai"), "calendars", List.of());
    }
    PlanRules rules = YamlFiles.read(file, PlanRules.class);
    for (Plan plan : rules.plans()) {
      ProductAdapter product =
          products
              .find(plan.productClass())
              .orElseThrow(
                  () ->
                      new DefinitionException(
                          "%s: plan '%s': there is no product class '%s'"
                              .formatted(file, plan.plan(), plan.productClass())));
      for (Subject subject : plan.subjects()) {
        List<Problem> problems = product.check(subject.attributes());
        if (!problems.isEmpty()) {
          throw new DefinitionException(
              "%s: plan '%s', subject '%s': %s: %s"
                  .formatted(
                      file,
                      plan.plan(),
                      subject.subject(),
                      problems.get(0).field(),
                      problems.get(0).detail()));
        }
      }
    }
    return rules;
  }

  /** The folder of holidays, which lies below the rules. */
  Path holidays(Path file) {
    Path folder = file.toAbsolutePath().getParent();
    Path found = folder.resolve(holidays).normalize();
    if (!found.startsWith(folder)) {
      throw new DefinitionException(
          "%s: holidays: %s is not below %s".formatted(file, holidays, folder));
    }
    return found;
  }
}
