package io.tickethub.journal;

import io.tickethub.ticket.PhoneNumber;
import io.tickethub.ticket.Ticket;
import java.sql.Timestamp;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.springframework.jdbc.core.JdbcTemplate;
import org.springframework.transaction.support.TransactionTemplate;

/** Finds tickets by what is known of them. */
public final class TicketFinder {

  private final JdbcTemplate jdbc;
  private final TransactionTemplate transactions;
  private final Sealer sealer;

  public TicketFinder(JdbcTemplate jdbc, TransactionTemplate transactions, Sealer sealer) {
    this.jdbc = jdbc;
    this.transactions = transactions;
    this.sealer = sealer;
  }

  /**
   * The tickets that a filter lets through: the newest first or, if it says after which, in the
   * order of their ids.
   */
  public List<Ticket> find(TicketFilter filter, int most) {
    Conditions conditions = new Conditions();
    conditions.and("state = ?", filter.state() == null ? null : filter.state().code());
    conditions.and("product_class = ?", filter.productClass());
    conditions.and("(owner = ? or opened_by = ?)", filter.system(), filter.system());
    conditions.and("customer = ?", filter.customer());
    conditions.and("phone_digest = ?", digest(filter.phone()));
    conditions.and("id > ?", filter.after());
    conditions.and(
        "(opened_at, id) < (select b.opened_at, b.id from ticket b where b.id = ?)",
        filter.before());
    happened(conditions, timestamp(filter.since()), timestamp(filter.until()));
    conditions.parameters.add(most);
    String query =
        "select document from ticket where true%s order by %s limit ?"
            .formatted(conditions.text, filter.after() == null ? "opened_at desc, id desc" : "id");
    return transactions.execute(
        status -> {
          // Which index is best depends on the values: of some product classes there are few.
          jdbc.execute("set local plan_cache_mode = force_custom_plan");
          return jdbc.query(
              query,
              (row, number) -> sealer.open(row.getBytes(1), Ticket.class),
              conditions.parameters.toArray());
        });
  }

  /** What cannot be so by its first and its last event need not be looked at more closely. */
  private static void happened(Conditions conditions, Timestamp since, Timestamp until) {
    conditions.and("updated_at >= ?", since);
    conditions.and("opened_at < ?", until);
    if (since != null && until != null) {
      conditions.and(
          """
          exists (select from ticket_event e
            where e.ticket_id = ticket.id and e.recorded_at >= ? and e.recorded_at < ?)""",
          since,
          until);
    }
  }

  /** A text without a digit is nobody's number. */
  private String digest(String phone) {
    if (phone == null) {
      return null;
    }
    String normal = PhoneNumber.normal(phone);
    return normal == null ? "" : sealer.fingerprint(normal);
  }

  private static Timestamp timestamp(Instant instant) {
    return instant == null ? null : Timestamp.from(instant);
  }

  private static final class Conditions {
    private final StringBuilder text = new StringBuilder();
    private final List<Object> parameters = new ArrayList<>();

    private void and(String condition, Object... values) {
      if (values[0] != null) {
        text.append(" and ").append(condition);
        parameters.addAll(List.of(values));
      }
    }
  }
}
