package io.tickethub.journal;

import io.tickethub.storage.ArrayStatement;
import java.util.Collection;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import org.springframework.jdbc.core.JdbcTemplate;

/** The newest ticket of each trouble, by what makes two reports the same. */
public final class TicketReports {

  private static final ArrayStatement CLAIM =
      ArrayStatement.of(
          """
          insert into ticket_report (fingerprint) select * from {rows} order by 1
          on conflict (fingerprint) do update set ticket_id = ticket_report.ticket_id
          returning fingerprint, ticket_id
          """,
          "text");

  private static final ArrayStatement KEEP =
      ArrayStatement.of(
          """
          insert into ticket_report (fingerprint, ticket_id) select * from {rows} order by 1
          on conflict (fingerprint) do update set ticket_id = excluded.ticket_id
          where ticket_report.ticket_id is null
            or (select t.closed from ticket t where t.id = ticket_report.ticket_id)
          """,
          "text",
          "bigint");

  private final JdbcTemplate jdbc;
  private final Sealer sealer;

  public TicketReports(JdbcTemplate jdbc, Sealer sealer) {
    this.jdbc = jdbc;
    this.sealer = sealer;
  }

  /** Stands for what makes reports the same; it tells nobody what that is. */
  public String fingerprint(String text) {
    return sealer.fingerprint(text);
  }

  /**
   * The newest ticket of each trouble that has one. Until the transaction ends, nobody else is told
   * of these troubles.
   */
  public Map<String, Long> claim(Collection<String> fingerprints) {
    Map<String, Long> found = new HashMap<>();
    CLAIM.query(
        jdbc,
        fingerprints.stream().distinct().map(any -> new Object[] {any}).toList(),
        (row, number) -> found.put(row.getString(1), (Long) row.getObject(2)));
    found.values().removeIf(Objects::isNull);
    return found;
  }

  /** Keeps tickets as the newest of their troubles, where no other is open. */
  public void keep(Map<String, Long> tickets) {
    KEEP.update(
        jdbc,
        tickets.entrySet().stream()
            .map(entry -> new Object[] {entry.getKey(), entry.getValue()})
            .toList());
  }
}
