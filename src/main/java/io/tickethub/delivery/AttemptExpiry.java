package io.tickethub.delivery;

import io.tickethub.journal.Identifiers;
import io.tickethub.storage.Expiry;
import io.tickethub.storage.Partitions;
import io.tickethub.storage.Partitions.Partition;
import io.tickethub.storage.RetentionProperties;
import java.time.Clock;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.temporal.TemporalAdjusters;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Attempts go a week's partition at a time, when no delivery of the week is left. Where some are,
 * because they wait for a person, the attempts of the others go in steps.
 */
final class AttemptExpiry implements Expiry {

  private static final int WEEKS_AHEAD = 3;
  private static final int MOST = 500;
  private static final DateTimeFormatter LABEL = DateTimeFormatter.BASIC_ISO_DATE;

  private final JdbcTemplate jdbc;
  private final Partitions partitions;
  private final RetentionProperties properties;
  private final Clock clock;
  private final Map<String, Place> looked = new HashMap<>();

  AttemptExpiry(
      JdbcTemplate jdbc, Partitions partitions, RetentionProperties properties, Clock clock) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    this.properties = properties;
    this.clock = clock;
  }

  /** How far a partition was looked through in this pass. */
  private record Place(long delivery, int attempt, boolean last) {
    private static final Place FIRST = new Place(-1, 0, false);
  }

  @Override
  public String what() {
    return "attempts";
  }

  @Override
  public Duration kept() {
    return properties.deliveries();
  }

  @Override
  public void prepare() {
    Set<String> existing = new HashSet<>();
    long first = 0;
    for (Partition partition : partitions.list()) {
      existing.add(partition.name());
      if (partition.from() == null && partition.end() != null) {
        first = Long.parseLong(partition.end());
      }
    }
    LocalDate week =
        LocalDate.ofInstant(clock.instant(), ZoneOffset.UTC)
            .with(TemporalAdjusters.previousOrSame(DayOfWeek.MONDAY));
    for (int ahead = 0; ahead <= WEEKS_AHEAD; ahead++) {
      LocalDate monday = week.plusWeeks(ahead);
      long from = first(monday);
      long end = first(monday.plusWeeks(1));
      String label = LABEL.format(monday);
      if (from >= first && !existing.contains(partitions.name(label)) && !hasRest(from, end)) {
        partitions.create(label, Long.toString(from), Long.toString(end));
      }
    }
  }

  private static long first(LocalDate day) {
    return Identifiers.firstOf(day.atStartOfDay(ZoneOffset.UTC).toInstant());
  }

  private boolean hasRest(long from, long end) {
    Boolean found =
        jdbc.queryForObject(
            "select exists (select from delivery_attempt_rest where delivery_id >= ? and delivery_id < ?)",
            Boolean.class,
            from,
            end);
    return Boolean.TRUE.equals(found);
  }

  @Override
  public void begin() {
    looked.clear();
  }

  private long limit() {
    Instant limit = clock.instant().minus(kept());
    return Identifiers.firstOf(limit);
  }

  @Override
  public Step step() {
    for (String name : partitions.loose()) {
      LocalDate monday = LocalDate.parse(name.substring(name.length() - 8), LABEL);
      if (first(monday.plusWeeks(1)) <= limit()) {
        return drop(name);
      }
    }
    for (Partition partition : partitions.list()) {
      boolean over = partition.end() != null && Long.parseLong(partition.end()) <= limit();
      if (over && !hasDeliveries(partition)) {
        return drop(partition.name());
      }
      boolean mixed = partition.from() == null;
      Place place = looked.getOrDefault(partition.name(), Place.FIRST);
      if ((over || mixed) && !place.last()) {
        return removeSome(partition.name(), place);
      }
    }
    return Step.NOTHING;
  }

  private Step drop(String name) {
    long rows = partitions.count(name);
    partitions.drop(name);
    return new Step(rows, true);
  }

  private boolean hasDeliveries(Partition partition) {
    Boolean found =
        jdbc.queryForObject(
            "select exists (select from delivery where id >= ? and id < ?)",
            Boolean.class,
            partition.from() == null ? 0 : Long.parseLong(partition.from()),
            Long.parseLong(partition.end()));
    return Boolean.TRUE.equals(found);
  }

  private Step removeSome(String partition, Place place) {
    return jdbc.queryForObject(
        """
        with page as materialized (
          select delivery_id, attempt from %1$s
          where (delivery_id, attempt) > (?, ?) and delivery_id < ?
          order by delivery_id, attempt limit ?),
        gone as (
          delete from %1$s a using page p
          where a.delivery_id = p.delivery_id and a.attempt = p.attempt
            and not exists (select from delivery d where d.id = p.delivery_id)
          returning a.attempt)
        select (select count(*) from gone), count(*), (array_agg(delivery_id order by delivery_id desc, attempt desc))[1],
          (array_agg(attempt order by delivery_id desc, attempt desc))[1] from page
        """
            .formatted(partition),
        (row, number) -> {
          looked.put(partition, new Place(row.getLong(3), row.getInt(4), row.getLong(2) < MOST));
          return new Step(row.getLong(1), true);
        },
        place.delivery(),
        place.attempt(),
        limit(),
        MOST);
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            """
            select count(*) from (
              select from delivery_attempt a where a.delivery_id < ?
                and not exists (select from delivery d where d.id = a.delivery_id
                  and not (d.state in ('delivered', 'discarded') and d.finished_at < ?))
              limit ?) d
            """,
            Long.class,
            limit(),
            java.sql.Timestamp.from(clock.instant().minus(kept())),
            most);
    return due == null ? 0 : due;
  }
}
