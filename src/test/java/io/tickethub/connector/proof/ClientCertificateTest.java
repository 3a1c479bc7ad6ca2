package io.tickethub.connector.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.kit.contract.server.CertificateAuthority;
import io.tickethub.kit.contract.server.TlsIdentity;
import io.tickethub.ticket.ProblemCode;
import java.nio.file.Path;
import java.security.KeyStore;
import java.security.cert.X509Certificate;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import javax.security.auth.x500.X500Principal;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class ClientCertificateTest {

  private static X509Certificate shown;

  @BeforeAll
  static void issue(@TempDir Path directory) throws Exception {
    TlsIdentity identity =
        new CertificateAuthority(directory)
            .issue("hotline", "CN=Hotline, O=Partner Ltd, C=CN", "dns:hotline.partner.test");
    KeyStore keys =
        KeyStore.getInstance(identity.store().toFile(), identity.password().toCharArray());
    shown = (X509Certificate) keys.getCertificate("hotline");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=Hotline, O=Partner Ltd, C=CN",
        "CN=hotline,O=PARTNER  LTD,C=cn",
        "2.5.4.3=Hotline,O=Partner Ltd,C=CN"
      })
  void aSubjectIsTheSameHoweverItIsWritten(String subject) {
    assertThat(check(proof(subject, null), shown, shown.getNotBefore().toInstant())).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "CN=Hotline",
        "CN=Hotline, O=Partner Ltd",
        "C=CN, O=Partner Ltd, CN=Hotline",
        "CN=Hotline, O=Partner Ltd, C=CN, OU=x",
        "CN=\"Hotline, O=Partner Ltd\", C=CN"
      })
  void partsOfASubjectAreAnotherSubject(String subject) {
    assertRefused(
        check(proof(subject, null), shown, shown.getNotBefore().toInstant()),
        "the client certificate has another subject than this channel's sender");
  }

  @Test
  void anAlternativeNameIsEnoughAndOfTwoNamesBothCount() {
    Instant now = shown.getNotBefore().toInstant();

    assertThat(check(proof(null, "dns:Hotline.Partner.test"), shown, now)).isEmpty();
    assertRefused(
        check(proof(null, "dns:partner.test"), shown, now),
        "the client certificate lacks the alternative name of this channel's sender");
    assertThat(check(proof("CN=Hotline, O=Partner Ltd, C=CN", "dns:other"), shown, now))
        .isPresent();
    assertThat(check(proof("CN=other", "dns:hotline.partner.test"), shown, now)).isPresent();
  }

  @Test
  void withoutACertificateTheSenderHearsWhatIsMissing() {
    assertRefused(
        check(proof("CN=Hotline", null), null, Instant.EPOCH),
        "needs a client certificate, by TLS with the hub itself");
  }

  @Test
  void aConnectionThatOutlivesItsCertificateIsRefused() {
    ClientCertificate proof = proof(null, "dns:hotline.partner.test");
    Instant end = shown.getNotAfter().toInstant();

    assertThat(check(proof, shown, end)).isEmpty();
    assertRefused(
        check(proof, shown, end.plus(Duration.ofSeconds(1))),
        "the client certificate is not valid at this time");
  }

  @Test
  void someNameHasToBeAskedFor() {
    assertThatThrownBy(() -> new ClientCertificate(null, null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  @ParameterizedTest
  @CsvSource({
    "dns:a.test, 2, A.test, true",
    "dns:a.test, 2, *.test, false",
    "dns:*.test, 2, a.test, false",
    "dns:a.test, 6, a.test, false",
    "uri:spiffe://a/b, 6, spiffe://a/b, true",
    "uri:spiffe://a/b, 6, spiffe://a/B, false",
    "email:a@b.test, 1, a@b.test, true",
    "email:a@b.test, 2, a@b.test, false",
  })
  void anAlternativeNameStandsForItselfAlone(
      String wanted, int kind, String given, boolean isSame) {
    assertThat(AlternativeName.of(wanted).isSame(List.of(kind, given))).isEqualTo(isSame);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "a.test", "dns:", "ip:10.0.0.1", ":a"})
  void whatIsNoAlternativeNameIsRefused(String text) {
    assertThatThrownBy(() -> AlternativeName.of(text))
        .hasMessage("write dns:NAME, uri:URI or email:ADDRESS");
  }

  private static ClientCertificate proof(String subject, String alternativeName) {
    return new ClientCertificate(
        subject == null ? null : new X500Principal(subject),
        alternativeName == null ? null : AlternativeName.of(alternativeName));
  }

  private static Optional<Refusal> check(
      ClientCertificate proof, X509Certificate certificate, Instant at) {
    return proof.check(
        new Evidence(Map.of(), new byte[0], certificate), Clock.fixed(at, ZoneOffset.UTC));
  }

  private static void assertRefused(Optional<Refusal> refusal, String detail) {
    assertThat(refusal.orElseThrow().problem().code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
    assertThat(refusal.get().problem().detail()).isEqualTo(detail);
  }
}
