package io.tickethub.storage;

import java.nio.file.Path;
import java.time.Duration;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;

/**
 * {@code hub.database}.
 *
 * @param url JDBC URL of an external PostgreSQL; empty for the embedded one
 * @param connections the most connections of this node
 * @param embedded where the embedded one keeps its files
 */
@ConfigurationProperties("hub.database")
public record DatabaseProperties(
    @DefaultValue("") String url,
    @DefaultValue("hub") String username,
    @DefaultValue("") String password,
    @DefaultValue("16") int connections,
    @DefaultValue("60s") Duration patience,
    @DefaultValue Embedded embedded) {

  /**
   * The embedded PostgreSQL.
   *
   * @param directory its data
   * @param binaries where its programs are unpacked once
   * @param port 0 for any free one
   */
  public record Embedded(
      @DefaultValue("data/postgresql/data") Path directory,
      @DefaultValue("data/postgresql/binaries") Path binaries,
      @DefaultValue("0") int port) {}

  /** No external one is configured. */
  public boolean isEmbedded() {
    return url.isBlank();
  }
}
