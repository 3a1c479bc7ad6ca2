package io.tickethub;

import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.autoconfigure.ssl.JksSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PemSslBundleProperties;
import org.springframework.boot.autoconfigure.ssl.PropertiesSslBundle;
import org.springframework.boot.context.properties.bind.Binder;
import org.springframework.boot.context.properties.source.MapConfigurationPropertySource;
import org.springframework.boot.env.EnvironmentPostProcessor;
import org.springframework.boot.ssl.SslBundle;
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
      check(keys);
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
      if (!value(environment, "key-password").isEmpty()) {
        keys.put(bundle + "keystore.private-key-password", value(environment, "key-password"));
      }
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

  /** Before anything is started: what Spring would say of it comes late and at length. */
  private static void check(Map<String, Object> keys) {
    Binder binder = new Binder(new MapConfigurationPropertySource(keys));
    try {
      SslBundle bundle =
          binder
              .bind("spring.ssl.bundle.pem." + BUNDLE, PemSslBundleProperties.class)
              .map(PropertiesSslBundle::get)
              .orElseGet(
                  () ->
                      PropertiesSslBundle.get(
                          binder
                              .bind("spring.ssl.bundle.jks." + BUNDLE, JksSslBundleProperties.class)
                              .get()));
      bundle.createSslContext();
    } catch (RuntimeException e) {
      throw new DefinitionException("hub.listen.tls cannot be used: " + described(e), e);
    }
  }

  /** What Spring wraps several times. */
  private static String described(Throwable e) {
    Throwable innermost = e;
    while (innermost.getCause() instanceof IllegalStateException) {
      innermost = innermost.getCause();
    }
    return innermost.getCause() == null
        ? innermost.getMessage()
        : "%s: %s".formatted(innermost.getMessage(), innermost.getCause().getMessage());
  }

  private static void addStore(
      Map<String, Object> keys, String prefix, Environment environment, String name) {
    boolean jks = value(environment, name).toLowerCase(Locale.ROOT).endsWith(".jks");
    keys.put(prefix + "location", file(environment, name));
    keys.put(prefix + "type", jks ? "JKS" : "PKCS12");
    String password = value(environment, name + "-password");
    if (password.isEmpty()) {
      throw new DefinitionException(
          "%s%s-password is missing: %s is a file with a password"
              .formatted(KEYS, name, value(environment, name)));
    }
    keys.put(prefix + "password", password);
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
