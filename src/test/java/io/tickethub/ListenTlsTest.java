package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.springframework.mock.env.MockEnvironment;

class ListenTlsTest {

  @TempDir Path directory;

  private final MockEnvironment environment = new MockEnvironment();

  @BeforeEach
  void write() throws IOException {
    for (String name : new String[] {"hub.pem", "hub.key", "trust.pem", "hub.p12", "trust.jks"}) {
      Files.writeString(directory.resolve(name), "none");
    }
  }

  @Test
  void withoutACertificateTheHubServesPlainHttp() {
    given("certificate", "");

    assertThat(keys()).isEmpty();
  }

  @Test
  void pemFilesAreWatchedAndClientsAskedForACertificate() {
    file("certificate", "hub.pem");
    file("key", "hub.key");
    given("key-password", "secret");
    file("trust", "trust.pem");

    String bundle = "spring.ssl.bundle.pem.listen.";
    assertThat(keys())
        .containsOnly(
            Map.entry("server.ssl.bundle", "listen"),
            Map.entry("server.ssl.client-auth", "want"),
            Map.entry(bundle + "reload-on-update", "true"),
            Map.entry(bundle + "keystore.certificate", uri("hub.pem")),
            Map.entry(bundle + "keystore.private-key", uri("hub.key")),
            Map.entry(bundle + "keystore.private-key-password", "secret"),
            Map.entry(bundle + "truststore.certificate", uri("trust.pem")));
  }

  @Test
  void storesAreKnownByTheirNames() {
    file("certificate", "hub.p12");
    given("certificate-password", "one");
    file("trust", "trust.jks");
    given("trust-password", "two");

    String bundle = "spring.ssl.bundle.jks.listen.";
    assertThat(keys())
        .containsEntry(bundle + "keystore.location", uri("hub.p12"))
        .containsEntry(bundle + "keystore.type", "PKCS12")
        .containsEntry(bundle + "keystore.password", "one")
        .containsEntry(bundle + "truststore.location", uri("trust.jks"))
        .containsEntry(bundle + "truststore.type", "JKS")
        .containsEntry(bundle + "truststore.password", "two");
  }

  @Test
  void whoTrustsNobodyAsksNobody() {
    file("certificate", "hub.p12");
    given("certificate-password", "one");

    assertThat(keys()).containsEntry("server.ssl.client-auth", "none");
  }

  @Test
  void whatIsMissingIsSaid() {
    file("trust", "trust.pem");
    assertWrong("hub.listen.tls.trust needs hub.listen.tls.certificate");

    file("certificate", "hub.pem");
    assertWrong("hub.listen.tls.key is missing");

    file("key", "absent.key");
    assertWrong("hub.listen.tls.key: there is no file " + directory.resolve("absent.key"));

    file("certificate", "hub.p12");
    assertWrong("hub.listen.tls.certificate and trust are both PEM files, or neither is");

    given("trust", "");
    assertWrong("hub.listen.tls.certificate-password is missing");
  }

  @Test
  void whatIsNoCertificateIsSaidBeforeTheHubStarts() {
    file("certificate", "hub.pem");
    file("key", "hub.key");

    assertThatThrownBy(() -> new ListenTls().postProcessEnvironment(environment, null))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("hub.listen.tls cannot be used: Missing certificates or unrecognized format");
  }

  private void assertWrong(String message) {
    assertThatThrownBy(this::keys)
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(message);
  }

  private Map<String, Object> keys() {
    return ListenTls.springKeys(environment);
  }

  private void given(String name, String value) {
    environment.setProperty("hub.listen.tls." + name, value);
  }

  private void file(String name, String file) {
    given(name, directory.resolve(file).toString());
  }

  private String uri(String file) {
    return directory.resolve(file).toUri().toString();
  }
}
