package io.tickethub.tmf;

import java.sql.Timestamp;
import java.time.Clock;
import org.springframework.jdbc.core.JdbcTemplate;

/** Who saw personal data as they are: that is audited. */
final class PersonalReads {

  private final JdbcTemplate jdbc;
  private final Clock clock;

  PersonalReads(JdbcTemplate jdbc, Clock clock) {
    this.jdbc = jdbc;
    this.clock = clock;
  }

  void one(TmfClient client, String ticket) {
    record(client, "ticket " + ticket, "read");
  }

  void list(TmfClient client, int tickets) {
    if (tickets > 0) {
      record(client, "tickets", "%d in a list".formatted(tickets));
    }
  }

  private void record(TmfClient client, String subject, String detail) {
    if (client.seesPersonalData()) {
      jdbc.update(
          "insert into audit (at, actor, action, subject, detail) values (?, ?, ?, ?, ?)",
          Timestamp.from(clock.instant()),
          client.getName(),
          "tmf621-read",
          subject,
          detail);
    }
  }
}
