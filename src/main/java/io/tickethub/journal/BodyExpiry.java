package io.tickethub.journal;

import io.tickethub.storage.Expiry;
import io.tickethub.storage.Partitions;
import io.tickethub.storage.Partitions.Partition;
import io.tickethub.storage.RetentionProperties;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Bodies go a day's partition at a time. One that a person may still need, because its message or a
 * delivery of it gave up or because it waits for its ticket, goes to a later day first.
 */
final class BodyExpiry implements Expiry {

  private static final int AHEAD = 7;
  private static final int MOST = 500;

  /** So long after a dead letter was closed, its message may be under way once more. */
  private static final Duration SETTLING = Duration.ofDays(7);

  private static final DateTimeFormatter LABEL = DateTimeFormatter.BASIC_ISO_DATE;

  /** Messages whose bodies stay. */
  private static final String NEEDED =
      """
      needed as materialized (
        select message_id from dead_letter where closed_at is null
        union select message_id from dead_letter where closed_at > ?
        union select message_id from message_waiting)
      """;

  private final JdbcTemplate jdbc;
  private final Partitions partitions;
  private final BodyRetention retention;
  private final RetentionProperties properties;
  private final ZoneId zone;
  private final Clock clock;
  private final ShortenedRetention shortened;
  private long earlierLooked;
  private LocalDate earlierDone = LocalDate.MIN;

  BodyExpiry(
      JdbcTemplate jdbc,
      Partitions partitions,
      BodyRetention retention,
      RetentionProperties properties,
      ZoneId zone,
      Clock clock) {
    this.jdbc = jdbc;
    this.partitions = partitions;
    this.retention = retention;
    this.properties = properties;
    this.zone = zone;
    this.clock = clock;
    this.shortened = new ShortenedRetention(jdbc, retention, zone, clock);
  }

  @Override
  public String what() {
    return "bodies";
  }

  @Override
  public Duration kept() {
    return properties.bodies();
  }

  @Override
  public void prepare() {
    Set<Integer> periods = new TreeSet<>(retention.running().values());
    periods.add((int) properties.bodies().toDays());
    periods.add(0);
    Set<String> existing = new HashSet<>();
    partitions.list().forEach(partition -> existing.add(partition.name()));
    for (int period : periods) {
      for (int ahead = 0; ahead <= AHEAD; ahead++) {
        LocalDate day = today().plusDays(period).plusDays(ahead);
        String label = LABEL.format(day);
        if (!existing.contains(partitions.name(label)) && !hasRest(day)) {
          partitions.create(label, day.toString(), day.plusDays(1).toString());
          existing.add(partitions.name(label));
        }
      }
    }
  }

  private boolean hasRest(LocalDate day) {
    Boolean found =
        jdbc.queryForObject(
            "select exists (select from message_body_rest where expires_on = ?)",
            Boolean.class,
            java.sql.Date.valueOf(day));
    return Boolean.TRUE.equals(found);
  }

  private LocalDate today() {
    return clock.instant().atZone(zone).toLocalDate();
  }

  private Timestamp settled() {
    return Timestamp.from(clock.instant().minus(SETTLING));
  }

  @Override
  public void begin() {
    earlierLooked = 0;
  }

  @Override
  public Step step() {
    if (shortened.step() || postpone() > 0) {
      return new Step(0, true);
    }
    Optional<Step> dropped = dropOne();
    return dropped.isPresent() ? dropped.get() : removeSome();
  }

  /** Moves what is needed out of the way of what goes. */
  private int postpone() {
    java.sql.Date today = java.sql.Date.valueOf(today());
    java.sql.Date later = java.sql.Date.valueOf(today().plusDays(SETTLING.toDays()));
    return jdbc.update(
        """
        with %s,
        page as materialized (
          select b.message_id, b.expires_on from needed n join message m on m.id = n.message_id
            join message_body b on b.expires_on = m.body_expires_on and b.message_id = m.id
          where b.expires_on <= ? limit ?),
        moved as (
          update message_body b set expires_on = ? from page p
          where b.expires_on = p.expires_on and b.message_id = p.message_id and b.expires_on <= ?
          returning b.message_id)
        update message m set body_expires_on = ? from moved where m.id = moved.message_id
        """
            .formatted(NEEDED),
        settled(),
        today,
        MOST,
        later,
        today,
        later);
  }

  private Optional<Step> dropOne() {
    for (String name : partitions.loose()) {
      LocalDate day = LocalDate.parse(name.substring(name.length() - 8), LABEL);
      if (!day.isAfter(today())) {
        return Optional.of(drop(name));
      }
    }
    return partitions.list().stream()
        .filter(partition -> isDue(partition) && !holdsNeeded(partition.name()))
        .findFirst()
        .map(partition -> drop(partition.name()));
  }

  private Step drop(String name) {
    long rows = partitions.count(name);
    partitions.drop(name);
    return new Step(rows, true);
  }

  /** The day on which bodies expire is over as soon as it begins. */
  private boolean isDue(Partition partition) {
    return partition.from() != null && LocalDate.parse(partition.from()).isBefore(today());
  }

  private boolean holdsNeeded(String partition) {
    Boolean needed =
        jdbc.queryForObject(
            "with %s select exists (select from needed n join %s b on b.message_id = n.message_id)"
                .formatted(NEEDED, partition),
            Boolean.class,
            settled());
    return Boolean.TRUE.equals(needed);
  }

  private Step removeSome() {
    int rest =
        jdbc.update(
            """
            with %s
            delete from message_body_rest b using (
              select expires_on, message_id from message_body_rest r
              where expires_on < ? and not exists (
                select from needed n where n.message_id = r.message_id)
              order by expires_on, message_id limit ?) p
            where b.expires_on = p.expires_on and b.message_id = p.message_id
            """
                .formatted(NEEDED),
            settled(),
            java.sql.Date.valueOf(today()),
            MOST);
    return rest > 0 ? new Step(rest, true) : removeEarlier();
  }

  /** Of a message from before there were partitions. */
  private record Earlier(long id, String connector, Instant receivedAt, boolean needed) {}

  /** Once a day: a connector that keeps its bodies long may leave much to look through. */
  private Step removeEarlier() {
    if (earlierDone.equals(today())) {
      return Step.NOTHING;
    }
    List<Earlier> page =
        jdbc.query(
            """
            select m.id, m.connector, m.received_at,
              exists (select from dead_letter l where l.message_id = m.id
                and (l.closed_at is null or l.closed_at > ?))
              or m.status = 'waiting'
            from message m where m.body is not null and m.id > ? and m.id < ? order by m.id limit ?
            """,
            (row, number) ->
                new Earlier(
                    row.getLong(1),
                    row.getString(2),
                    row.getTimestamp(3).toInstant(),
                    row.getBoolean(4)),
            settled(),
            earlierLooked,
            Identifiers.firstOf(clock.instant().minus(Duration.ofDays(shortest()))),
            MOST);
    if (page.isEmpty()) {
      earlierDone = today();
      return Step.NOTHING;
    }
    Object[] due = page.stream().filter(this::isDue).map(Earlier::id).toArray();
    int removed =
        due.length == 0
            ? 0
            : jdbc.update(
                connection -> {
                  var statement =
                      connection.prepareStatement(
                          "update message set body = null where id = any (?)");
                  statement.setArray(1, connection.createArrayOf("bigint", due));
                  return statement;
                });
    earlierLooked = page.get(page.size() - 1).id();
    return new Step(removed, true);
  }

  private int shortest() {
    return retention.running().values().stream()
        .mapToInt(Integer::intValue)
        .reduce((int) properties.bodies().toDays(), Math::min);
  }

  private boolean isDue(Earlier message) {
    LocalDate day =
        message
            .receivedAt()
            .atZone(zone)
            .toLocalDate()
            .plusDays(retention.days(message.connector()));
    return !message.needed() && day.isBefore(today());
  }

  @Override
  public long due(long most) {
    Long due =
        jdbc.queryForObject(
            """
            with %s
            select count(*) from (
              select from message_body b where expires_on < ? and not exists (
                select from needed n where n.message_id = b.message_id) limit ?) d
            """
                .formatted(NEEDED),
            Long.class,
            settled(),
            java.sql.Date.valueOf(today()),
            most);
    return due == null ? 0 : due;
  }
}
