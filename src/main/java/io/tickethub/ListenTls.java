package io.tickethub;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.core.Ordered;
import org.springframework.core.env.ConfigurableEnvironment;
import org.springframework.core.env.Environment;
import org.springframework.core.env.MapPropertySource;

/**
 * Makes of {@code hub.listen.tls} what Spring wants to know of it: a bundle, which it reads again
 * when a file changes. Clients are asked for a certificate where it is said whom to trust, and
 * never have to have one: each channel says which it wants.
 */
public final class ListenTls implements EnvironmentPostProcessor, Ordered {

  /** The name of the bundle. */
  static final String BUNDLE = "listen";

  private static final String KEYS = "hub.listen.tls.";

  @Override
  public int getOrder() {
    return LOWEST_PRECEDENCE;
  }

  @Override
  public void postProcessEnvironment(
      ConfigurableEnvironment environment, SpringApplication application) {
    Map<String, Object> keys = springKeys(environment);
    if (!keys.isEmpty()) {
      environment.getPropertySources().addLast(new MapPropertySource(KEYS, keys));
    }
  }

  /** Spring's own keys; none for plain HTTP. */
  static Map<String, Object> springKeys(Environment environment) {
    String certificate = value(environment, "certificate");
    String trust = value(environment, "trust");
    if (certificate.isEmpty()) {
      if (!trust.isEmpty()) {
        throw new DefinitionException(
            KEYS + "trust needs " + KEYS + "certificate: without it the hub serves plain HTTP");
      }
      return Map.of();
    }
    boolean pem = isPem(certificate);
    if (!trust.isEmpty() && isPem(trust) != pem) {
      throw new DefinitionException(
          KEYS + "certificate and trust are both PEM files, or neither is");
    }
    Map<String, Object> keys = new TreeMap<>();
    keys.put("server.ssl.bundle", BUNDLE);
    keys.put("server.ssl.client-auth", trust.isEmpty() ? "none" : "want");
    String bundle = "spring.ssl.bundle.%s.%s.".formatted(pem ? "pem" : "jks", BUNDLE);
    keys.put(bundle + "reload-on-update", "true");
    if (pem) {
      keys.put(bundle + "keystore.certificate", file(environment, "certificate"));
      keys.put(bundle + "keystore.private-key", file(environment, "key"));
      put(keys, bundle + "keystore.private-key-password", value(environment, "key-password"));
    } else {
      addStore(keys, bundle + "keystore.", environment, "certificate");
    }
    if (!trust.isEmpty() && pem) {
      keys.put(bundle + "truststore.certificate", file(environment, "trust"));
    } else if (!trust.isEmpty()) {
      addStore(keys, bundle + "truststore.", environment, "trust");
    }
    return keys;
  }

  private static void addStore(
      Map<String, Object> keys, String prefix, Environment environment, String name) {
    boolean jks = value(environment, name).toLowerCase(Locale.ROOT).endsWith(".jks");
    keys.put(prefix + "location", file(environment, name));
    keys.put(prefix + "type", jks ? "JKS" : "PKCS12");
    put(keys, prefix + "password", value(environment, name + "-password"));
  }

  private static void put(Map<String, Object> keys, String key, String value) {
    if (!value.isEmpty()) {
      keys.put(key, value);
    }
  }

  private static boolean isPem(String file) {
    return !file.toLowerCase(Locale.ROOT).matches(".*\\.(p12|pfx|jks)");
  }

  private static String value(Environment environment, String name) {
    return environment.getProperty(KEYS + name, "").strip();
  }

  private static String file(Environment environment, String name) {
    String value = value(environment, name);
    if (value.isEmpty()) {
      throw new DefinitionException(
          "%s%s is missing: a PEM file of a certificate goes with one of its key"
              .formatted(KEYS, name));
    }
    Path file = Path.of(value).toAbsolutePath();
    if (!Files.isReadable(file)) {
      throw new DefinitionException(
          "%s%s: there is no file %s that the hub can read".formatted(KEYS, name, file));
    }
    return file.toUri().toString();
  }
}
