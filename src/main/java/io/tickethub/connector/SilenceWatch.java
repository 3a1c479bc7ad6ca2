package io.tickethub.connector;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.connector.channel.ChannelSightings;
import io.tickethub.connector.channel.ChannelSightings.Channel;
import io.tickethub.connector.folder.ConnectorDefinition;
import java.sql.Timestamp;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.stream.Collectors;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.jdbc.core.JdbcTemplate;

/**
 * Tells a person when a channel that declares its rhythm ({@code expected-every}) has gone quiet,
 * and when it is back. What any node saw counts.
 */
final class SilenceWatch implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(SilenceWatch.class);

  /** After a start, a system that waited for the hub has this long to speak. */
  private static final Duration GRACE = Duration.ofMinutes(5);

  private final Map<Channel, Instant> watched = new HashMap<>();
  private final RunningConnectors running;
  private final ChannelSightings sightings;
  private final Alerts alerts;
  private final JdbcTemplate jdbc;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "silence-watch"));

  SilenceWatch(
      RunningConnectors running,
      ChannelSightings sightings,
      Alerts alerts,
      JdbcTemplate jdbc,
      Clock clock) {
    this.running = running;
    this.sightings = sightings;
    this.alerts = alerts;
    this.jdbc = jdbc;
    this.clock = clock;
  }

  /** Looks again and again from now on. */
  void start(Duration interval) {
    timer.scheduleWithFixedDelay(
        this::look, interval.toMillis(), interval.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      Map<Channel, Duration> rhythms = rhythms();
      Instant now = clock.instant();
      write(sightings.take(), now, rhythms);
      judge(rhythms, read(), now);
      forgetUnexpected(rhythms.keySet());
    } catch (DataAccessException e) {
      LOG.debug("who is silent cannot be told now: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking for silent channels failed, trying again", e);
    }
  }

  private void forgetUnexpected(Set<Channel> expected) {
    Set<String> subjects = expected.stream().map(Channel::toString).collect(Collectors.toSet());
    for (Alert alert : alerts.open()) {
      if (alert.kind() == AlertKind.CHANNEL_SILENT && !subjects.contains(alert.subject())) {
        alerts.close(alert.kind(), alert.subject(), "it is not expected any more");
      }
    }
  }

  /** Of the connectors that run: while one is off, its silence is nobody's news. */
  private Map<Channel, Duration> rhythms() {
    Map<Channel, Duration> rhythms = new HashMap<>();
    for (RunningConnectors.Loaded loaded : running.all()) {
      if (loaded.runs()) {
        ConnectorDefinition definition = loaded.definition();
        definition
            .inbound()
            .forEach(
                (name, channel) -> {
                  if (channel.form().expectedEvery() != null) {
                    rhythms.put(
                        new Channel(definition.name(), name), channel.form().expectedEvery());
                  }
                });
      }
    }
    return rhythms;
  }

  /** A channel is as if seen when it is first watched. */
  private void write(Map<Channel, Instant> seen, Instant now, Map<Channel, Duration> rhythms) {
    watched.keySet().retainAll(rhythms.keySet());
    for (Channel channel : rhythms.keySet()) {
      if (watched.putIfAbsent(channel, now) == null) {
        jdbc.update(
            "insert into channel_seen (connector, channel, seen_at) values (?, ?, ?) on conflict do nothing",
            channel.connector(),
            channel.channel(),
            Timestamp.from(now));
      }
    }
    // Seen before the machine's clock was set back.
    jdbc.update(
        "update channel_seen set seen_at = ? where seen_at > ?",
        Timestamp.from(now),
        Timestamp.from(now));
    jdbc.batchUpdate(
        """
        insert into channel_seen (connector, channel, seen_at) values (?, ?, ?)
        on conflict (connector, channel) do update
        set seen_at = greatest(channel_seen.seen_at, excluded.seen_at)
        """,
        seen.entrySet().stream()
            .map(
                entry ->
                    new Object[] {
                      entry.getKey().connector(),
                      entry.getKey().channel(),
                      Timestamp.from(entry.getValue())
                    })
            .toList());
  }

  /** When each channel of a connector was last heard; those that never were are left out. */
  Map<String, Instant> heard(String connector) {
    Map<String, Instant> heard = new HashMap<>();
    jdbc.query(
        "select channel, seen_at from channel_seen where connector = ?",
        row -> {
          heard.put(row.getString(1), row.getTimestamp(2).toInstant());
        },
        connector);
    return heard;
  }

  private Map<Channel, Instant> read() {
    Map<Channel, Instant> seen = new HashMap<>();
    jdbc.query(
        "select connector, channel, seen_at from channel_seen",
        row -> {
          seen.put(
              new Channel(row.getString(1), row.getString(2)), row.getTimestamp(3).toInstant());
        });
    return seen;
  }

  private void judge(Map<Channel, Duration> rhythms, Map<Channel, Instant> seen, Instant now) {
    Map<String, Alert> open = new HashMap<>();
    alerts.open().stream()
        .filter(alert -> alert.kind() == AlertKind.CHANNEL_SILENT)
        .forEach(alert -> open.put(alert.subject(), alert));
    rhythms.forEach(
        (channel, every) -> {
          String subject = channel.toString();
          Instant last = seen.getOrDefault(channel, now);
          Duration grace = every.compareTo(GRACE) < 0 ? every : GRACE;
          if (open.containsKey(subject) && last.isAfter(open.get(subject).openedAt())) {
            alerts.close(AlertKind.CHANNEL_SILENT, subject, "something came at " + last);
          } else if (now.isAfter(last.plus(every))
              && now.isAfter(watched.get(channel).plus(grace))) {
            alerts.open(
                AlertKind.CHANNEL_SILENT,
                subject,
                "nothing has come since %s, something is expected every %s".formatted(last, every));
          }
        });
  }

  @Override
  public void close() {
    timer.shutdownNow();
  }
}
