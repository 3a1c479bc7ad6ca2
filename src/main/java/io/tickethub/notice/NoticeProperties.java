package io.tickethub.notice;

import io.tickethub.alert.AlertKind;
import java.time.DayOfWeek;
import java.time.Duration;
import java.time.LocalTime;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.boot.context.properties.bind.Name;

/**
 * {@code hub.alerts}.
 *
 * @param recipients {@code notify}: by name, who is told
 * @param group what begins or ends within so long goes as one message
 * @param mostPerHour messages; what is more waits and goes as one
 * @param attempts after so many a message is given up
 * @param firstRetry how long after a failure it is tried again, twice as long after each more
 * @param silences at which hours of which days nobody is told
 */
@ConfigurationProperties("hub.alerts")
public record NoticeProperties(
    @Name("notify") @DefaultValue Map<String, To> recipients,
    @DefaultValue("30s") Duration group,
    @DefaultValue("20") int mostPerHour,
    @DefaultValue("20") int attempts,
    @DefaultValue("5s") Duration firstRetry,
    @DefaultValue List<Window> silences) {

  /**
   * A recipient: one of the three ways.
   *
   * @param kinds of alerts it is told of; empty for all
   */
  public record To(
      Webhook webhook, Mail mail, Connector connector, @DefaultValue Set<AlertKind> kinds) {}

  /**
   * A web server that gets JSON by POST.
   *
   * @param url or where it is, {@code env:NAME} or {@code file:PATH}, if it is a secret
   * @param secret where the secret of its signature is
   */
  public record Webhook(String url, String secret) {}

  /**
   * A mail server.
   *
   * @param password where it is
   * @param tls {@code none}, {@code starttls} or {@code tls}
   */
  public record Mail(
      String host,
      @DefaultValue("587") int port,
      @DefaultValue("starttls") String tls,
      String username,
      String password,
      String from,
      @DefaultValue List<String> to) {}

  /**
   * A connector with a channel that tells {@code alert}.
   *
   * @param owner whom its system is to tell, as the owner of a ticket
   */
  public record Connector(String name, String owner) {}

  /**
   * Hours in which nobody is told.
   *
   * @param kinds of alerts; empty for all
   * @param connectors whose alerts; empty for all
   * @param days empty for every day
   * @param from in the hub's zone
   * @param to the first minute after it; before {@code from} goes over midnight, and counts for the
   *     day on which it began
   */
  public record Window(
      @DefaultValue Set<String> kinds,
      @DefaultValue Set<String> connectors,
      @DefaultValue Set<DayOfWeek> days,
      @DefaultValue("00:00") LocalTime from,
      @DefaultValue("00:00") LocalTime to,
      @DefaultValue("") String reason) {}
}
