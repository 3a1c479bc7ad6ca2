package io.tickethub.tmf;

import io.tickethub.ticket.TicketKind;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.tmf}.
 *
 * @param baseUrl what links begin with; empty for links of a path only
 * @param patience how long an answer waits for its change to be applied
 * @param clients by name, who may call
 * @param listeners hosts that notifications may go to, {@code host}, {@code host:port} or {@code
 *     *.domain}
 * @param listenerPatience a listener that takes nothing for so long is given up
 */
@ConfigurationProperties("hub.tmf")
public record TmfProperties(
    @DefaultValue("") String baseUrl,
    @DefaultValue("5s") Duration patience,
    @DefaultValue Map<String, Client> clients,
    @DefaultValue List<String> listeners,
    @DefaultValue("24h") Duration listenerPatience) {

  /** Which tickets a client sees. */
  public enum Tickets {
    ALL,
    OWN
  }

  /**
   * A caller.
   *
   * @param system whom its changes come from; null for its name
   * @param token where its secret is, {@code env:NAME} or {@code file:PATH}; null with {@code jwt}
   * @param scopes of read, write, listen, personal
   * @param productClasses those it sees; empty for all
   * @param productClass of tickets it opens and that say none
   * @param kind of tickets it opens and whose ticketType is none of the hub's
   */
  public record Client(
      String system,
      String token,
      Jwt jwt,
      @DefaultValue Set<TmfScope> scopes,
      @DefaultValue("ALL") Tickets tickets,
      @DefaultValue Set<String> productClasses,
      @DefaultValue("general") String productClass,
      @DefaultValue("fault") String kind) {

    public Client {
      TicketKind.of(kind);
    }
  }

  /**
   * An access token of OAuth2 that a token server signed (RFC 9068).
   *
   * @param keys the URL of the server's key set
   */
  public record Jwt(String issuer, String audience, String subject, String keys) {}
}
