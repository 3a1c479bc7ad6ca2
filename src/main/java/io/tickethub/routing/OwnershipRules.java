package io.tickethub.routing;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * The content of {@code routes/ownership.yaml}. In lists of systems, {@code @owner} stands for the
 * system that works on the ticket, {@code @opener} for the one that reported it,
 * {@code @responsible} for the one the product adapter names, {@code @assigned} for those that work
 * on it beside the owner.
 */
record OwnershipRules(
    @JsonProperty(required = true) List<Owner> owners,
    @JsonProperty(required = true) List<Says> states,
    @JsonProperty(required = true) List<Says> changes,
    @JsonProperty(required = true) List<Writes> fields) {

  private static final Set<String> WORDS =
      Set.of(SystemWord.OWNER, SystemWord.OPENER, SystemWord.RESPONSIBLE);

  private static final Set<String> SAYING =
      Set.of(SystemWord.OWNER, SystemWord.OPENER, SystemWord.RESPONSIBLE, SystemWord.ASSIGNED);

  private static final Set<String> TYPES =
      Set.of(
          "update",
          "transfer",
          "assign",
          "first-response",
          "not-reached",
          "urge",
          "feedback",
          "repeat-report",
          "note");

  OwnershipRules {
    for (Says rule : states) {
      if (rule.states() == null || rule.types() != null) {
        throw new IllegalArgumentException(
            "rule '%s' is about states: it needs 'states', not 'types'".formatted(rule.rule()));
      }
    }
    for (Says rule : changes) {
      if (rule.types() == null || rule.states() != null) {
        throw new IllegalArgumentException(
            "rule '%s' is about changes: it needs 'types', not 'states'".formatted(rule.rule()));
      }
    }
  }

  /** Who works on a ticket once it is dispatched; the first rule that applies decides. */
  record Owner(
      @JsonProperty(required = true) String rule,
      Condition when,
      @JsonProperty(required = true) String owner) {
    Owner {
      when = when == null ? Condition.ALWAYS : when;
      SystemWord.check(owner, WORDS);
    }
  }

  /**
   * Who may say that a ticket reached a state, or ask for another kind of change.
   *
   * @param states for rules under {@code states}
   * @param types for rules under {@code changes}: {@code transfer}, {@code urge} …
   * @param saidBy the rule applies only to what these systems say; null for all
   * @param before the rule applies only while the ticket is in one of these states; null for all
   */
  record Says(
      @JsonProperty(required = true) String rule,
      List<TicketState> states,
      Set<String> types,
      @JsonProperty("said-by") List<String> saidBy,
      List<TicketState> before,
      @JsonProperty(required = true) List<String> by,
      @JsonProperty(required = true) Verdict.Decision otherwise) {
    Says {
      by.forEach(name -> SystemWord.check(name, SAYING));
      if (saidBy != null) {
        saidBy.forEach(name -> SystemWord.check(name, SAYING));
      }
      if (types != null) {
        SystemWord.checkCodes(types, TYPES, "type of change");
      }
    }
  }

  /** Who may write fields of the content; what others say of them is left out and noted. */
  record Writes(
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) List<Field> fields,
      @JsonProperty(required = true) List<String> by) {
    Writes {
      by.forEach(name -> SystemWord.check(name, SAYING));
    }
  }

  /** The parts of a ticket's content that a rule can guard. */
  enum Field {
    CUSTOMER,
    RESOLUTION,
    SATISFACTION,
    FAULT_DOMAIN,
    PRODUCT_CLASS;

    @JsonCreator
    static Field of(String text) {
      return Arrays.stream(values())
          .filter(field -> field.toString().equals(text))
          .findFirst()
          .orElseThrow(
              () ->
                  new IllegalArgumentException(
                      "'%s' is no field that can be guarded; known are %s"
                          .formatted(text, Arrays.toString(values()))));
    }

    @Override
    public String toString() {
      return name().toLowerCase(Locale.ROOT).replace('_', '-');
    }
  }
}
