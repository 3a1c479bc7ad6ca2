package io.tickethub.storage;

import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.retention}.
 *
 * @param bodies bodies of messages, where the connector says nothing else
 * @param deliveries finished deliveries with their attempts, closed dead letters, ended jobs, edits
 * @param ledger which messages were received; at least as long as any body
 * @param audit who did what; as logs, six months at least
 * @param every how often it is looked for what expired
 */
@ConfigurationProperties("hub.retention")
public record RetentionProperties(
    @DefaultValue("180d") Duration bodies,
    @DefaultValue("180d") Duration deliveries,
    @DefaultValue("730d") Duration ledger,
    @DefaultValue("730d") Duration audit,
    @DefaultValue("10m") Duration every) {

  private static final int SIX_MONTHS = 184;

  public RetentionProperties {
    requireDays("bodies", bodies);
    requireDays("deliveries", deliveries);
    requireDays("ledger", ledger);
    requireDays("audit", audit);
    if (ledger.compareTo(bodies) < 0) {
      throw new IllegalArgumentException(
          "hub.retention.ledger is %dd and hub.retention.bodies %dd: the ledger recognises what comes twice and has to outlive the bodies; raise the one or lower the other"
              .formatted(ledger.toDays(), bodies.toDays()));
    }
    if (audit.toDays() < SIX_MONTHS) {
      throw new IllegalArgumentException(
          "hub.retention.audit is %dd: logs have to be kept six months at least, %dd"
              .formatted(audit.toDays(), SIX_MONTHS));
    }
    if (every.isNegative() || every.isZero()) {
      throw new IllegalArgumentException("hub.retention.every has to be more than nothing");
    }
  }

  private static void requireDays(String key, Duration period) {
    if (period.toDays() < 1 || !period.equals(Duration.ofDays(period.toDays()))) {
      throw new IllegalArgumentException(
          "hub.retention.%s has to be whole days, 1d at least".formatted(key));
    }
  }
}
