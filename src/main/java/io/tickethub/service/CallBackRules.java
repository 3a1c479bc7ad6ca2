package io.tickethub.service;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import io.tickethub.service.LimitRules.CalendarRule;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;

/**
 * The content of {@code routes/call-backs.yaml}.
 *
 * @param zone decides the days of calendars
 * @param calendars by name
 */
public record CallBackRules(
    @JsonProperty(required = true) ZoneId zone,
    Map<String, CalendarRule> calendars,
    @JsonProperty(value = "call-backs", required = true) List<CallBack> callBacks) {

  private static final int MOST_CALLS = 100;

  public CallBackRules {
    calendars = calendars == null ? Map.of() : Map.copyOf(calendars);
    for (CallBack rule : callBacks) {
      if (rule.calendar() != null && !calendars.containsKey(rule.calendar())) {
        throw new IllegalArgumentException(
            "rule '%s': there is no calendar '%s'; known are %s"
                .formatted(rule.rule(), rule.calendar(), calendars.keySet()));
      }
    }
  }

  /**
   * What becomes of a customer who cannot be reached; the first rule that applies to the ticket
   * decides.
   *
   * @param calls how often the customer is called, the first call included; 0: there is nobody to
   *     call, {@code then} follows the reply
   * @param pause from a call without an answer to the next; null if there is one call at most
   * @param calendar working time by this calendar; null for elapsed time
   * @param then what follows the last call without an answer
   * @param who the person or role that decides; null unless {@code then} asks one
   */
  public record CallBack(
      @JsonProperty(required = true) String rule,
      Condition when,
      @JsonProperty(required = true) int calls,
      Amount pause,
      String calendar,
      @JsonProperty(required = true) Then then,
      String who) {
    public CallBack {
      when = when == null ? Condition.ALWAYS : when;
      if (calls < 0 || calls > MOST_CALLS) {
        throw new IllegalArgumentException(
            "rule '%s': 'calls' is from 0 to %d".formatted(rule, MOST_CALLS));
      }
      if (calls > 1 && pause == null) {
        throw new IllegalArgumentException("rule '%s': 'pause' is missing".formatted(rule));
      }
      if ((then == Then.ASK) != (who != null)) {
        throw new IllegalArgumentException(
            "rule '%s': 'then: ask' and 'who' belong together".formatted(rule));
      }
    }
  }

  /** What follows the last call. */
  public enum Then {
    @JsonProperty("archive")
    ARCHIVE,
    @JsonProperty("ask")
    ASK
  }
}
