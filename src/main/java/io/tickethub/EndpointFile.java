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
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.util.Base64;
import java.util.Collections;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.boot.autoconfigure.web.ServerProperties;
import org.springframework.boot.context.event.ApplicationReadyEvent;
import org.springframework.boot.ssl.SslBundle;
import org.springframework.boot.ssl.SslBundles;
import org.springframework.boot.web.server.Ssl;
import org.springframework.boot.web.servlet.context.ServletWebServerApplicationContext;
import org.springframework.context.event.EventListener;
import org.springframework.core.env.Environment;
import org.springframework.stereotype.Component;

/**
 * Says, when everything has started, where the hub is: in the log, and in a file that the command
 * line reads. Where the hub serves TLS, another holds its certificate, by which the command line
 * knows it.
 */
@Component
class EndpointFile {

  private static final Logger LOG = LoggerFactory.getLogger(EndpointFile.class);

  private static final String CERTIFICATE = "endpoint.pem";

  private final HubProperties properties;
  private final NodeName node;
  private final Ssl ssl;
  private final SslBundles bundles;

  EndpointFile(
      HubProperties properties, NodeName node, ServerProperties server, SslBundles bundles) {
    this.properties = properties;
    this.node = node;
    this.ssl = server.getSsl();
    this.bundles = bundles;
  }

  @EventListener
  void ready(ApplicationReadyEvent event) throws IOException {
    if (event.getApplicationContext() instanceof ServletWebServerApplicationContext web) {
      Environment environment = web.getEnvironment();
      String address = environment.getProperty("hub.listen.address", "127.0.0.1");
      String url =
          "%s://%s:%d"
              .formatted(
                  Ssl.isEnabled(ssl) ? "https" : "http",
                  reachable(address),
                  web.getWebServer().getPort());
      writeCertificate();
      write("endpoint", url + "\n");
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

  private void writeCertificate() throws IOException {
    Files.deleteIfExists(properties.data().resolve(CERTIFICATE));
    if (Ssl.isEnabled(ssl) && ssl.getBundle() != null) {
      write(CERTIFICATE, pem(bundles.getBundle(ssl.getBundle())));
      bundles.addBundleUpdateHandler(ssl.getBundle(), this::renew);
    }
  }

  private void renew(SslBundle bundle) {
    try {
      write(CERTIFICATE, pem(bundle));
      LOG.info("the hub's certificate was read again");
    } catch (IOException e) {
      LOG.warn("the command line cannot be told of the hub's new certificate: {}", e.getMessage());
    }
  }

  private static String pem(SslBundle bundle) {
    try {
      KeyStore keys = bundle.getStores().getKeyStore();
      for (String alias : Collections.list(keys.aliases())) {
        if (keys.isKeyEntry(alias)) {
          return "-----BEGIN CERTIFICATE-----\n%s\n-----END CERTIFICATE-----\n"
              .formatted(
                  Base64.getMimeEncoder(64, new byte[] {'\n'})
                      .encodeToString(keys.getCertificate(alias).getEncoded()));
        }
      }
      throw new IllegalStateException("hub.listen.tls.certificate has no certificate with a key");
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("hub.listen.tls.certificate cannot be read", e);
    }
  }

  /** Whoever reads the file meanwhile finds the old content or the new one. */
  private void write(String name, String content) throws IOException {
    Path file = properties.data().resolve(name);
    Path part = properties.data().resolve(name + ".part");
    Files.writeString(part, content);
    Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
  }
}
