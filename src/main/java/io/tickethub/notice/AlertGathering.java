package io.tickethub.notice;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertNews;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Makes messages of what began and ended. What is silenced waits for the end of the silence; what
 * began and ended in it is told to nobody.
 */
final class AlertGathering {

  private static final Logger LOG = LoggerFactory.getLogger(AlertGathering.class);
  private static final int MOST = 1_000;
  private static final Duration HOUR = Duration.ofHours(1);

  private final AlertNews news;
  private final NoticeStore notices;
  private final SilenceStore silences;
  private final SilenceCalendar calendar;
  private final MessageText text;
  private final Recipients recipients;
  private final NoticeProperties properties;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final InstantSource steady;
  private Instant windowEnd;
  private boolean isHeldBack;

  AlertGathering(
      AlertNews news,
      NoticeStore notices,
      SilenceStore silences,
      SilenceCalendar calendar,
      MessageText text,
      Recipients recipients,
      NoticeProperties properties,
      TransactionTemplate transactions,
      Clock clock,
      InstantSource steady) {
    this.news = news;
    this.notices = notices;
    this.silences = silences;
    this.calendar = calendar;
    this.text = text;
    this.recipients = recipients;
    this.properties = properties;
    this.transactions = transactions;
    this.clock = clock;
    this.steady = steady;
  }

  /** Where nobody is to be told, nothing waits to be told. */
  void forget() {
    news.told(news.untold(MOST));
  }

  void look() {
    Instant now = clock.instant();
    List<AlertNews.Item> untold = news.untold(MOST);
    if (!untold.isEmpty()) {
      untold = audible(untold, now);
    }
    if (untold.isEmpty()) {
      windowEnd = null;
      return;
    }
    Instant time = steady.instant();
    if (windowEnd == null) {
      windowEnd = time.plus(properties.group());
    }
    if (!time.isBefore(windowEnd) && !isTooMuch(time)) {
      transactions.executeWithoutResult(any -> tell(now, time));
      windowEnd = null;
    }
  }

  /** Those that may be told now. */
  private List<AlertNews.Item> audible(List<AlertNews.Item> untold, Instant now) {
    List<Silence> lasting = silences.lasting(now);
    List<AlertNews.Item> audible = new ArrayList<>();
    List<AlertNews.Item> passed = new ArrayList<>();
    for (AlertNews.Item item : untold) {
      Alert alert = item.alert();
      boolean silent =
          calendar.covers(alert, now)
              || lasting.stream()
                  .anyMatch(silence -> silence.covers(alert.kind().text(), alert.subject()));
      if (!silent) {
        audible.add(item);
      } else if (!item.openingTold() && !alert.isOpen()) {
        passed.add(item);
      }
    }
    news.told(passed);
    return audible;
  }

  private boolean isTooMuch(Instant time) {
    boolean tooMuch = notices.countSince(time.minus(HOUR)) >= properties.mostPerHour();
    if (tooMuch && !isHeldBack) {
      LOG.warn(
          "{} messages of alerts were made within an hour: what is more goes as one, later",
          properties.mostPerHour());
    }
    isHeldBack = tooMuch;
    return tooMuch;
  }

  private void tell(Instant now, Instant time) {
    List<AlertNews.Item> items = audible(news.lock(MOST), now);
    if (items.isEmpty()) {
      return;
    }
    recipients
        .byKinds()
        .forEach(
            (kinds, names) -> {
              List<AlertNews.Item> theirs =
                  items.stream().filter(item -> kinds.contains(item.alert().kind())).toList();
              if (!theirs.isEmpty()) {
                notices.add(
                    message(theirs, now), names, time, NoticeStore.HUB, NoticeStore.WAITING);
              }
            });
    news.told(items);
  }

  private AlertMessage message(List<AlertNews.Item> items, Instant now) {
    return text.of(
        items.stream()
            .filter(item -> !item.openingTold() && item.alert().isOpen())
            .map(AlertNews.Item::alert)
            .toList(),
        items.stream().filter(item -> !item.alert().isOpen()).map(AlertNews.Item::alert).toList(),
        now);
  }
}
