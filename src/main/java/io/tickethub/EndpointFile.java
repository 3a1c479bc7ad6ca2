package io.tickethub;

import io.tickethub.journal.NodeName;
import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
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
      String url = "http://%s:%d".formatted(address, web.getWebServer().getPort());
      Path file = properties.data().resolve("endpoint");
      Files.createDirectories(properties.data());
      Files.writeString(file, url + "\n");
      double seconds = ManagementFactory.getRuntimeMXBean().getUptime() / 1000.0;
      LOG.info(
          "Ticket Hub {} is ready at {} after {} s", node.value(), url, "%.1f".formatted(seconds));
    }
  }
}
