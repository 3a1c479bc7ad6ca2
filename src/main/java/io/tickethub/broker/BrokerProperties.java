package io.tickethub.broker;

import java.nio.file.Path;
import java.util.List;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.broker}.
 *
 * @param url of an external Artemis, or a primary/backup pair; empty for the embedded one
 * @param embedded the embedded one
 */
@ConfigurationProperties("hub.broker")
public record BrokerProperties(
    @DefaultValue("") String url,
    @DefaultValue("hub") String username,
    @DefaultValue("") String password,
    @DefaultValue Embedded embedded) {

  /**
   * The embedded Artemis.
   *
   * @param directory its journal
   * @param host the address at which other programs reach it
   * @param port 0 for none: then only the hub itself reaches it
   * @param users who may connect to the port
   */
  public record Embedded(
      @DefaultValue("data/artemis") Path directory,
      @DefaultValue("127.0.0.1") String host,
      @DefaultValue("0") int port,
      @DefaultValue List<User> users) {}

  /**
   * A program that connects from outside.
   *
   * @param send queues and topics it may send to
   * @param consume queues and topics it may consume from
   */
  public record User(
      String name,
      String password,
      @DefaultValue List<String> send,
      @DefaultValue List<String> consume) {}

  boolean isEmbedded() {
    return url.isBlank();
  }
}
