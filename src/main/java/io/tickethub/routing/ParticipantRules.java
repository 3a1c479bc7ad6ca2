package io.tickethub.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import io.tickethub.ticket.EventType;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * The content of {@code routes/participants.yaml}: which systems must know of a ticket, and what
 * they hear of it.
 */
record ParticipantRules(
    @JsonProperty(required = true) List<Participant> participants, List<Enrichment> enrichment) {

  private static final Set<String> WORDS =
      Set.of(
          SystemWord.OWNER,
          SystemWord.OPENER,
          SystemWord.RESPONSIBLE,
          SystemWord.MUST_KNOW,
          SystemWord.ASSIGNED,
          SystemWord.REPORTERS);

  /** The states that can be reached, and the other things that can happen. */
  private static final Set<String> EVENTS =
      Stream.concat(
              Arrays.stream(TicketState.values()).map(TicketState::code),
              Arrays.stream(EventType.values())
                  .filter(type -> type != EventType.STATE_CHANGED)
                  .map(EventType::code))
          .collect(Collectors.toUnmodifiableSet());

  ParticipantRules {
    enrichment = enrichment == null ? List.of() : enrichment;
  }

  private static Optional<String> mismatch(
      Condition when, Condition unless, Ticket ticket, boolean hasPartner) {
    return when.mismatch(ticket, hasPartner)
        .or(
            () ->
                unless != null && unless.mismatch(ticket, hasPartner).isEmpty()
                    ? Optional.of("the ticket is like the rule's 'unless'")
                    : Optional.empty());
  }

  /**
   * One system.
   *
   * @param system a connector or a {@link SystemWord}
   * @param unless the rule does not apply to tickets like this; null for none
   * @param from the system is told of the ticket when it first is in one of these states; null
   *     means at once
   * @param hears codes of events told from then on; see {@code TicketEvent.code()}
   */
  record Participant(
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) String system,
      Condition when,
      Condition unless,
      Set<TicketState> from,
      @JsonProperty(required = true) Set<String> hears) {
    Participant {
      when = when == null ? Condition.ALWAYS : when;
      if (Condition.ALWAYS.equals(unless)) {
        throw new IllegalArgumentException("rule '%s' would never apply".formatted(rule));
      }
      SystemWord.check(system, WORDS);
      SystemWord.checkCodes(hears, EVENTS, "event");
    }

    /** Why the rule does not apply to a ticket; empty if it does. */
    Optional<String> mismatch(Ticket ticket, boolean hasPartner) {
      return ParticipantRules.mismatch(when, unless, ticket, hasPartner);
    }
  }

  /**
   * A system asked about the customer or product of a new ticket.
   *
   * @param unless the rule does not apply to tickets like this; null for none
   * @param othersWait how long the other systems' introduction waits for the answer
   */
  record Enrichment(
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) String system,
      Condition when,
      Condition unless,
      @JsonProperty(value = "others-wait", required = true) Duration othersWait) {
    Enrichment {
      when = when == null ? Condition.ALWAYS : when;
      SystemWord.check(system, Set.of());
    }

    /** Why the rule does not apply to a ticket; empty if it does. */
    Optional<String> mismatch(Ticket ticket, boolean hasPartner) {
      return ParticipantRules.mismatch(when, unless, ticket, hasPartner);
    }
  }
}
