package io.tickethub.connector.folder;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.connector.folder.ConnectorManifest.ApiKey;
import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.connector.folder.ConnectorManifest.Signature;
import io.tickethub.ticket.TicketState;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;

/**
 * How what the system believes of tickets is compared with what the hub believes.
 *
 * @param list how the system's list of open and recently closed tickets comes; without a route, the
 *     answer to {@code ask} is the list
 * @param ask how the hub asks for it; null if the system gives it by itself
 * @param schedule when the hub asks, as a cron expression of six fields in the connector's zone;
 *     null for only when somebody wants it
 * @param within how long the list may take to come
 * @param settle how long after something happened the list may not know it yet, and how long a
 *     difference has to last
 * @param recentlyClosed how long ago a ticket may have been closed that the list should have
 * @param fields what is compared
 * @param states groups of states that are one to the system
 */
public record Reconcile(
    @JsonProperty(required = true) Inbound list,
    Inquiry ask,
    String schedule,
    Duration within,
    Duration settle,
    @JsonProperty("recently-closed") Duration recentlyClosed,
    @JsonProperty(required = true) List<String> fields,
    List<List<TicketState>> states,
    Repair repair) {

  /** As channels, they are called so. */
  public static final String LIST = "reconcile-list";

  /** See {@link #LIST}. */
  public static final String ASK = "reconcile-ask";

  public Reconcile {
    within = within == null ? Duration.ofHours(1) : within;
    settle = settle == null ? Duration.ofSeconds(30) : settle;
    recentlyClosed = recentlyClosed == null ? Duration.ofDays(3) : recentlyClosed;
    fields = List.copyOf(fields);
    states = states == null ? List.of() : states;
    repair = repair == null ? new Repair(null, null, null, null) : repair;
    if (schedule != null && ask == null) {
      throw new IllegalArgumentException("'schedule' needs 'ask': by itself the list comes anyway");
    }
    if (ask == null && list.route() == null) {
      throw new IllegalArgumentException("without 'ask', 'list' needs a 'route'");
    }
    if (list.poll() != null) {
      throw new IllegalArgumentException("'list' is not polled: 'ask' for it instead");
    }
  }

  /**
   * The question for the list.
   *
   * @param route made from a template; null if a file in {@code routes} serves the channel {@code
   *     reconcile-ask}
   * @param charset UTF-8 if null
   * @param headers name → JSONata expression over the same input as the mapping's
   */
  public record Inquiry(
      Route route,
      @JsonProperty(value = "format", required = true) SyntaxName formatName,
      String charset,
      String schema,
      @JsonProperty(required = true) String mapping,
      Map<String, String> headers,
      Signature signature,
      @JsonProperty("api-key") ApiKey apiKey) {

    Outbound channel() {
      return new Outbound(
          Set.of(),
          route,
          formatName,
          charset,
          null,
          schema,
          null,
          mapping,
          headers,
          signature,
          apiKey,
          null,
          Idempotency.NONE,
          null);
    }
  }

  /**
   * What is done about differences.
   *
   * @param automatic a list that was asked by schedule, or came by itself, is repaired at once;
   *     false if null
   * @param unknown what is done with a ticket the hub does not know
   * @param take who is right about a field that no rule of ownership guards
   * @param attempts how often a difference is repaired before a person has to decide
   */
  public record Repair(
      Boolean automatic, Unknown unknown, Map<String, Side> take, Integer attempts) {

    public Repair {
      automatic = automatic != null && automatic;
      unknown = unknown == null ? Unknown.PERSON : unknown;
      take = take == null ? Map.of() : take;
      attempts = attempts == null ? 2 : attempts;
    }

    /** What is done with a ticket the hub does not know. */
    public enum Unknown {
      OPEN,
      PERSON
    }

    /** Who is right. */
    public enum Side {
      HUB,
      SYSTEM
    }
  }
}
