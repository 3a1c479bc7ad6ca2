package io.tickethub.tmf;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jose.JWSAlgorithm;
import com.nimbusds.jose.JWSHeader;
import com.nimbusds.jose.crypto.ECDSASigner;
import com.nimbusds.jose.jwk.Curve;
import com.nimbusds.jose.jwk.ECKey;
import com.nimbusds.jose.jwk.JWKSet;
import com.nimbusds.jose.jwk.gen.ECKeyGenerator;
import com.nimbusds.jwt.JWTClaimsSet;
import com.nimbusds.jwt.SignedJWT;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.junit.jupiter.api.Test;

class TmfClientsTest {

  private static final Instant NOW = Instant.parse("2026-11-27T09:00:00Z");
  private static final String SECRET = "a-secret-of-the-portal";

  private static TmfProperties properties(TmfProperties.Client client) {
    return new TmfProperties(
        "", Duration.ofSeconds(1), Map.of("desk", client), List.of(), Duration.ofDays(1));
  }

  private static TmfProperties.Client client(String token, TmfProperties.Jwt jwt) {
    return new TmfProperties.Client(
        "call-center",
        token,
        jwt,
        Set.of(TmfScope.READ, TmfScope.WRITE),
        TmfProperties.Tickets.ALL,
        Set.of(),
        "general",
        "fault");
  }

  private static TmfClients clients(TmfProperties.Client client) {
    return new TmfClients(
        properties(client),
        name -> name.equals("PORTAL") ? SECRET : null,
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  @Test
  void aSecretIsKnown() {
    TmfClients clients = clients(client("env:PORTAL", null));
    assertThat(clients.find(SECRET).map(TmfClient::system)).contains("call-center");
    assertThat(clients.find(SECRET + "x")).isEmpty();
    assertThat(clients.find("")).isEmpty();
  }

  @Test
  void aSecretInTheConfigurationItselfIsRefused() {
    assertThatThrownBy(() -> clients(client(SECRET, null)))
        .hasMessageContaining("env:NAME or file:PATH")
        .hasMessageNotContaining(SECRET);
    assertThatThrownBy(() -> clients(client("env:NOBODY", null)))
        .hasMessageContaining("hub.tmf.clients.desk.token");
    assertThatThrownBy(() -> clients(client(null, null))).hasMessageContaining("token or jwt");
  }

  @Test
  void aSignedTokenGivesTheScopesThatBothNameAndNoMore() throws Exception {
    ECKey key = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    ECKey foreign = new ECKeyGenerator(Curve.P_256).keyID("k").generate();
    try (RecordingServer server = new RecordingServer()) {
      server.answers(
          request -> new Reply(200, "application/json", new JWKSet(key.toPublicJWK()).toString()));
      TmfClients clients =
          clients(
              client(
                  null,
                  new TmfProperties.Jwt("https://issuer", "ticket-hub", "desk", server.url())));
      Optional<TmfClient> found =
          clients.find(token(key, "desk", "tmf621:read tmf621:personal", NOW.plusSeconds(60)));
      assertThat(found.orElseThrow().scopes()).containsExactly(TmfScope.READ);
      assertThat(clients.find(token(key, "desk", "other", NOW.plusSeconds(60)))).isEmpty();
      assertThat(clients.find(token(key, "else", "tmf621:read", NOW.plusSeconds(60)))).isEmpty();
      assertThat(clients.find(token(key, "desk", "tmf621:read", NOW.minusSeconds(600)))).isEmpty();
      assertThat(clients.find(token(foreign, "desk", "tmf621:read", NOW.plusSeconds(60))))
          .isEmpty();
      assertThat(clients.find("a.b.c")).isEmpty();
    }
  }

  private static String token(ECKey key, String subject, String scopes, Instant end)
      throws Exception {
    SignedJWT token =
        new SignedJWT(
            new JWSHeader.Builder(JWSAlgorithm.ES256).keyID("k").build(),
            new JWTClaimsSet.Builder()
                .issuer("https://issuer")
                .audience("ticket-hub")
                .subject(subject)
                .claim("scope", scopes)
                .expirationTime(Date.from(end))
                .build());
    token.sign(new ECDSASigner(key));
    return token.serialize();
  }
}
