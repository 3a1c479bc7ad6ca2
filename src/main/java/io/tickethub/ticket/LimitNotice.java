package io.tickethub.ticket;

import com.fasterxml.jackson.annotation.JsonIgnore;
import com.fasterxml.jackson.annotation.JsonInclude;
import java.time.Instant;
import java.util.Map;

/**
 * What a time limit came to.
 *
 * @param type one of the event types of time limits
 * @param limit the name of the limit's rule
 * @param titles what people call the limit, by language; null if it is not known any more
 * @param step which step of it: with the same ticket and limit, it happens once
 * @param at when it came to it
 * @param target when the time is, or was, used up
 * @param level of an escalation; null otherwise
 * @param to the system an escalation goes to: a connector or a word for one; null otherwise
 * @param who the person or role an escalation goes to there; null if the rule names none
 * @param cause why, in a sentence without personal data
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
public record LimitNotice(
    EventType type,
    String limit,
    Map<String, String> titles,
    String step,
    Instant at,
    Instant target,
    Integer level,
    String to,
    String who,
    String cause) {

  @JsonIgnore
  String sentence() {
    String what =
        switch (type) {
          case LIMIT_WARNED -> "used in part";
          case LIMIT_BREACHED -> "breached";
          case LIMIT_ESCALATED ->
              "escalated to level %d, %s%s".formatted(level, to, who == null ? "" : ", " + who);
          default -> "breach withdrawn";
        };
    return "%s: %s: %s".formatted(limit, what, cause);
  }
}
