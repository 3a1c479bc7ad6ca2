package io.tickethub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.core.JsonProcessingException;
import io.tickethub.ticket.TicketTimer.Level;
import java.time.Instant;
import org.junit.jupiter.api.Test;

class TicketTimerTest {

  @Test
  void aTimerIsTheSameAfterItWasKept() throws JsonProcessingException {
    Instant odd = Instant.parse("2026-01-05T01:03:00.123456Z");
    for (TicketTimer timer :
        new TicketTimer[] {
          new TicketTimer(odd, odd, "breach@2026-01-05T01:03:00Z", Level.WARNED, true),
          new TicketTimer(odd, null, null, Level.BREACHED, false)
        }) {
      String kept = TicketJson.mapper().writeValueAsString(timer);

      assertThat(TicketJson.mapper().readValue(kept, TicketTimer.class)).isEqualTo(timer);
      assertThat(timer.target()).isEqualTo(Instant.parse("2026-01-05T01:03:00.124Z"));
    }
  }
}
