package io.tickethub;

import java.nio.file.Path;
import java.time.Duration;
import java.time.ZoneId;
import org.springframework.boot.context.properties.ConfigurationProperties;
import org.springframework.boot.context.properties.bind.DefaultValue;
import org.springframework.util.unit.DataSize;

/**
 * {@code hub}, apart from what the packages have of their own.
 *
 * @param data everything the hub keeps on disk
 * @param node this node's name; empty means one made up at the first start and kept in {@code data}
 * @param zone decides the dates in ticket numbers
 * @param encryptionKey where the key of stored bodies is: {@code env:NAME} or {@code file:PATH}; a
 *     missing file is made
 * @param diskReserve an alert opens when the disk of {@code data} has less space left
 * @param pipeline how messages are applied
 */
@ConfigurationProperties("hub")
public record HubProperties(
    @DefaultValue("data") Path data,
    @DefaultValue("") String node,
    @DefaultValue("Asia/Shanghai") ZoneId zone,
    @DefaultValue("file:data/keys/encryption") String encryptionKey,
    @DefaultValue("256MB") DataSize diskReserve,
    @DefaultValue Pipeline pipeline) {

  /**
   * How messages are applied.
   *
   * @param consumers batches under way at once
   * @param batch the most messages of one batch
   * @param waitForTicket how long a message waits for its ticket to become known
   */
  public record Pipeline(
      @DefaultValue("2") int consumers,
      @DefaultValue("200") int batch,
      @DefaultValue("24h") Duration waitForTicket) {}
}
