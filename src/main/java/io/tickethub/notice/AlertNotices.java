package io.tickethub.notice;

import io.tickethub.alert.AlertKind;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;

/** What people see and ask of the telling of alerts. */
public final class AlertNotices {

  private static final Duration LONGEST_SILENCE = Duration.ofDays(30);

  private final NoticeStore notices;
  private final SilenceStore silences;
  private final Recipients recipients;
  private final MessageText text;
  private final Clock clock;
  private final InstantSource steady;

  AlertNotices(
      NoticeStore notices,
      SilenceStore silences,
      Recipients recipients,
      MessageText text,
      Clock clock,
      InstantSource steady) {
    this.notices = notices;
    this.silences = silences;
    this.recipients = recipients;
    this.text = text;
    this.clock = clock;
    this.steady = steady;
  }

  /** A message and what became of it. */
  public record Sent(
      long id, Instant madeAt, String madeBy, String title, String text, List<Fate> recipients) {}

  /**
   * What became of a message with one recipient.
   *
   * @param state waiting, trial, taken or given-up
   * @param failure of the last attempt; null if there was none
   * @param finishedAt null while it waits
   */
  public record Fate(
      String recipient, String state, int attempts, String failure, Instant finishedAt) {}

  /** What came of a trial. */
  public record Outcome(String recipient, String kind, boolean taken, String detail) {}

  /** Messages, the newest first. */
  public List<Sent> list(int most) {
    return notices.list(most);
  }

  /** Name → webhook, mail or connector NAME. */
  public SortedMap<String, String> recipients() {
    SortedMap<String, String> kinds = new TreeMap<>();
    recipients.all().forEach((name, recipient) -> kinds.put(name, recipient.kind()));
    return kinds;
  }

  /**
   * Sends a message about nothing at once, and waits for what comes of it. It is not repeated.
   *
   * @param to null for all
   * @throws IllegalArgumentException if there is no such recipient, or none at all
   */
  public List<Outcome> trial(String to, String by) {
    Map<String, Recipient> chosen = chosen(to);
    AlertMessage message = text.trial(by, clock.instant());
    long id = notices.add(message, chosen.keySet(), steady.instant(), by, NoticeStore.TRIAL);
    List<CompletableFuture<Outcome>> outcomes =
        chosen.entrySet().stream()
            .map(
                entry ->
                    CompletableFuture.supplyAsync(
                        () -> attempt(id, message, entry.getKey(), entry.getValue()),
                        task -> new Thread(task, "alert-trial").start()))
            .toList();
    return outcomes.stream().map(CompletableFuture::join).toList();
  }

  private Map<String, Recipient> chosen(String to) {
    if (recipients.all().isEmpty()) {
      throw new IllegalArgumentException(
          "nobody is told of alerts: say whom in hub.alerts.notify; 'hub configuration' says how");
    }
    return to == null
        ? recipients.all()
        : Map.of(
            to,
            recipients
                .find(to)
                .orElseThrow(
                    () ->
                        new IllegalArgumentException(
                            "nobody is called '%s' in hub.alerts.notify; there are %s"
                                .formatted(to, recipients.all().keySet()))));
  }

  private Outcome attempt(long id, AlertMessage message, String name, Recipient recipient) {
    try {
      recipient.tell(NoticeStore.key(id, message), id, message);
      notices.taken(id, name, clock.instant());
      return new Outcome(name, recipient.kind(), true, "it took the message");
    } catch (NotTakenException e) {
      notices.givenUp(id, name, e.getMessage(), clock.instant());
      return new Outcome(name, recipient.kind(), false, e.getMessage());
    }
  }

  /** Those that last; {@code endedToo}: those too that are over, the newest first. */
  public List<Silence> silences(boolean endedToo, int most) {
    return endedToo ? silences.list(most) : silences.lasting(clock.instant());
  }

  public Optional<Silence> silence(long id) {
    return silences.find(id);
  }

  /**
   * Begins one.
   *
   * @param kind null for any
   * @param connector null for all; a kind or a connector has to be said
   */
  public Silence silence(
      String kind, String connector, Duration lasting, String reason, String by) {
    if (kind == null && connector == null) {
      throw new IllegalArgumentException("say which alerts: a kind or a connector");
    }
    if (kind != null) {
      AlertKind.of(kind);
    }
    if (lasting.isNegative() || lasting.isZero() || lasting.compareTo(LONGEST_SILENCE) > 0) {
      throw new IllegalArgumentException(
          "a silence lasts from a second to %d days".formatted(LONGEST_SILENCE.toDays()));
    }
    Instant now = clock.instant();
    return silences.add(kind, connector, now, now.plus(lasting), reason, by);
  }

  /** False if it is over already. */
  public boolean end(long id, String by) {
    return silences.end(id, clock.instant(), by);
  }
}
