package io.tickethub;

import io.tickethub.journal.NodeName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.net.Inet6Address;
import java.net.InetAddress;
import java.net.UnknownHostException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says, when everything has started, where the hub is: in the log, and in a file that the command
 * line reads.
 */
@Component
class EndpointFile {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointFile.class);

  private final HubProperties properties;
  private final NodeName node;

  EndpointFile(HubProperties properties, NodeName node) {
    this.properties = properties;
    this.node = node;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws IOException {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext web) {
      Environment environment = web.getEnvironment();
      String address = environment.getProperty("hub.listen.address", "127.0.0.1");
      String url = "http://%s:%d".formatted(reachable(address), web.getWebServer().getPort());
      write(url);
      double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
      LOG.info(
          "Ticket Hub {} is ready at {} after {} s", node.value(), url, "%.1f".formatted(seconds));
    }
  }

  /** Where the hub listens at every address, it is reached on this machine. */
  private static String reachable(String address) throws UnknownHostException {
    InetAddress parsed = InetAddress.getByName(address);
    if (parsed.isAnyLocalAddress()) {
      return "127.0.0.1";
    }
    return parsed instanceof Inet6Address ? "[%s]".formatted(parsed.getHostAddress()) : address;
  }

  /** Whoever reads the file meanwhile finds the old address or the new one. */
  private void write(String url) throws IOException {
    Path file = properties.data().resolve("endpoint");
    Path part = properties.data().resolve("endpoint.part");
    Files.writeString(part, url + "\n");
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
