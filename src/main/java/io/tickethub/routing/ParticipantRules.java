package io.tickethub.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/**
 * The content of {@code routes/participants.yaml}: which systems must know of a ticket, and what
 * they hear of it.
 */
record ParticipantRules(
    @JsonProperty(required = true) List<Participant> participants, List<Enrichment> enrichment) {

  ParticipantRules {
    enrichment = enrichment == null ? List.of() : enrichment;
  }

  /**
   * One system.
   *
   * @param system a connector, or {@code @owner}, or {@code @must-know} for those the product
   *     adapter names
   * @param from the system is told of the ticket when it first is in one of these states; null
   *     means at once
   * @param hears codes of events told from then on; see {@code TicketEvent.code()}
   */
  record Participant(
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) String system,
      Condition when,
      Set<TicketState> from,
      @JsonProperty(required = true) Set<String> hears) {
    Participant {
      when = when == null ? Condition.ALWAYS : when;
    }
  }

  /**
   * A system asked about the customer or product of a new ticket.
   *
   * @param othersWait how long the other systems' introduction waits for the answer
   */
  record Enrichment(
      @JsonProperty(required = true) String rule,
      @JsonProperty(required = true) String system,
      Condition when,
      @JsonProperty(value = "others-wait", required = true) Duration othersWait) {
    Enrichment {
      when = when == null ? Condition.ALWAYS : when;
    }
  }
}
