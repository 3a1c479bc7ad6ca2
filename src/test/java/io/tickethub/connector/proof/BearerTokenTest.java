package io.tickethub.connector.proof;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.nimbusds.jwt.JWTClaimsSet;
import io.tickethub.kit.contract.server.TokenServer;
import io.tickethub.ticket.ProblemCode;
import java.net.URI;
import java.security.NoSuchAlgorithmException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Date;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.UnaryOperator;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Against a token server with real keys. */
class BearerTokenTest {

  private static final Instant NOW = Instant.parse("2026-11-27T08:00:00Z");
  private static final BearerToken.Form FORM =
      new BearerToken.Form("https://sso.test/realm", "hub", Set.of("report", "read"), "partner");

  private static TokenServer server;
  private static BearerToken proof;

  @BeforeAll
  static void start() {
    server = new TokenServer();
    proof = new BearerToken(FORM, keys(server.keys(), Duration.ofSeconds(5)));
  }

  @AfterAll
  static void stop() {
    server.close();
  }

  @Test
  void aTokenOfTheSenderIsAccepted() {
    assertThat(check(server.signed(good().build()))).isEmpty();
    assertThat(shown("bearer  " + server.signed(good().build()))).isEmpty();
  }

  static Stream<Arguments> others() {
    return Stream.of(
        other("JWT iss claim", claims -> claims.issuer("https://sso.test/other")),
        other("JWT iss claim", claims -> claims.issuer("https://sso.test/realm/")),
        other("JWT missing required claims", claims -> claims.issuer(null)),
        other("JWT aud claim rejected", claims -> claims.audience("hub2")),
        other("JWT missing required aud claim", claims -> claims.audience((String) null)),
        other("JWT sub claim", claims -> claims.subject("partner2")),
        other("JWT missing required claims", claims -> claims.subject(null)),
        other("JWT missing required claims", claims -> claims.expirationTime(null)),
        other("Expired JWT", claims -> claims.expirationTime(at(Duration.ofSeconds(-61)))),
        other("JWT before use time", claims -> claims.notBeforeTime(at(Duration.ofSeconds(61)))));
  }

  private static Arguments other(String cause, UnaryOperator<JWTClaimsSet.Builder> claims) {
    return Arguments.of(cause, claims);
  }

  @ParameterizedTest
  @MethodSource("others")
  void aTokenThatSaysSomethingElseIsRefused(
      String cause, UnaryOperator<JWTClaimsSet.Builder> claims) {
    assertInvalid(check(server.signed(claims.apply(good()).build())), cause);
  }

  @Test
  void clocksMayDifferByAMinute() {
    assertThat(check(server.signed(good().expirationTime(at(Duration.ofSeconds(-59))).build())))
        .isEmpty();
  }

  @Test
  void whatTheServerDidNotSignIsRefused() {
    String signed = server.signed(good().build());
    String another = server.signed(good().claim("scope", "report").build());
    String mixed =
        signed.substring(0, signed.lastIndexOf('.')) + another.substring(another.lastIndexOf('.'));

    assertInvalid(check(server.unsigned(good().build())), "its signature");
    assertInvalid(check(server.confused(good().build())), "its signature");
    assertInvalid(check(server.signedBySomebody(good().build())), "its signature");
    assertInvalid(check(mixed), "its signature");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "x",
        ".",
        "..",
        "...",
        "....",
        "e30.e30.",
        "e30.e30.e30",
        "eyJhbGciOiJSUzI1NiJ9.e30.e30",
        "eyJhbGciOiJSUzI1NiIsImNyaXQiOlsieCJdfQ.e30.e30",
        "bnVsbA.bnVsbA.bnVsbA",
        "令牌"
      })
  void whatIsNoTokenIsRefused(String text) {
    assertInvalid(check(text), "");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "Bearer", "Basic eDp5", "Token x", "[Bearer a, Bearer b]"})
  void withoutATokenTheSenderHearsWhatIsMissing(String header) {
    Refusal refusal = shown(header).orElseThrow();

    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
    assertThat(refusal.problem().detail())
        .isEqualTo("needs the header Authorization: Bearer TOKEN");
    assertThat(refusal.challenge()).isEqualTo("Bearer");
  }

  @Test
  void scopesAreReadAsServersWriteThem() {
    assertThat(check(server.signed(good().claim("scope", "read x report").build()))).isEmpty();
    assertThat(
            check(
                server.signed(
                    good().claim("scope", null).claim("scp", List.of("report", "read")).build())))
        .isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "report", "reporting read", "report,read", "REPORT READ"})
  void aScopeTheTokenLacksIsForbidden(String scopes) {
    Refusal refusal = check(server.signed(good().claim("scope", scopes).build())).orElseThrow();

    assertThat(refusal.problem().code()).isEqualTo(ProblemCode.FORBIDDEN);
    assertThat(refusal.challenge())
        .isEqualTo("Bearer error=\"insufficient_scope\", scope=\"read report\"");
  }

  @Test
  void theKeysAreFetchedOnceAndForgedKeysMakeNobodyFetchThemWithoutEnd() {
    try (TokenServer asked = new TokenServer()) {
      BearerToken token = new BearerToken(FORM, keys(asked.keys(), Duration.ofSeconds(5)));
      String signed = asked.signed(good().build());
      for (int i = 0; i < 10; i++) {
        assertThat(check(token, "Bearer " + signed)).isEmpty();
      }
      assertThat(asked.received()).hasSize(1);

      String forged = "Bearer " + asked.signedWithNewKey(good().build());
      assertInvalid(check(token, forged), "its signature");
      for (int i = 0; i < 10; i++) {
        assertThatThrownBy(() -> check(token, forged))
            .isInstanceOf(ProofUnavailableException.class);
      }

      assertThat(asked.received()).hasSize(2);
      assertThat(check(token, "Bearer " + signed)).isEmpty();
    }
  }

  @Test
  void whileTheKeysCannotBeHadNobodyIsRefusedAndNobodyLetIn() {
    try (TokenServer asked = new TokenServer()) {
      BearerToken token = new BearerToken(FORM, keys(asked.keys(), Duration.ofSeconds(5)));
      String signed = "Bearer " + asked.signed(good().build());
      asked.down();

      assertThatThrownBy(() -> check(token, signed)).isInstanceOf(ProofUnavailableException.class);

      asked.up();
      assertThat(check(token, signed)).isEmpty();
    }
  }

  @Test
  void aTokenServerThatNeverAnswersIsNotWaitedForWithoutEnd() {
    try (TokenServer asked = new TokenServer()) {
      BearerToken token = new BearerToken(FORM, keys(asked.keys(), Duration.ofMillis(300)));
      String signed = "Bearer " + asked.signed(good().build());
      asked.silent();
      long begin = System.nanoTime();

      assertThatThrownBy(() -> check(token, signed)).isInstanceOf(ProofUnavailableException.class);

      assertThat(Duration.ofNanos(System.nanoTime() - begin)).isLessThan(Duration.ofSeconds(4));
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"file:///etc/passwd", "jar:file:/a.jar!/b", "keys", "http:///keys"})
  void keysAreAtAnHttpUrl(String place) {
    assertThatThrownBy(() -> keys(URI.create(place), Duration.ofSeconds(1)))
        .hasMessage("it is no HTTP URL");
  }

  @Test
  void someoneHasToBeAskedFor() {
    assertThatThrownBy(() -> new BearerToken.Form("i", "a", Set.of(), null))
        .isInstanceOf(IllegalArgumentException.class);
  }

  private static JWTClaimsSet.Builder good() {
    return new JWTClaimsSet.Builder()
        .issuer(FORM.issuer())
        .audience(List.of("somebody", "hub"))
        .subject("partner")
        .claim("scope", "report read")
        .expirationTime(at(Duration.ofMinutes(5)));
  }

  private static Date at(Duration offset) {
    return Date.from(NOW.plus(offset));
  }

  private static Optional<Refusal> check(String token) {
    return shown("Bearer " + token);
  }

  private static Optional<Refusal> shown(String header) {
    return check(proof, header);
  }

  private static Optional<Refusal> check(BearerToken token, String header) {
    return token.check(
        new Evidence(Map.of("Authorization", header), new byte[0], null),
        Clock.fixed(NOW, ZoneOffset.UTC));
  }

  private static void assertInvalid(Optional<Refusal> refusal, String cause) {
    assertThat(refusal.orElseThrow().problem().code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
    assertThat(refusal.get().challenge()).isEqualTo("Bearer error=\"invalid_token\"");
    assertThat(refusal.get().problem().detail())
        .startsWith("the token is not valid here: " + cause);
  }

  private static TokenKeys keys(URI place, Duration patience) {
    return new TokenKeys(
        "partner",
        place,
        () -> {
          try {
            return SSLContext.getDefault();
          } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException(e);
          }
        },
        patience);
  }
}
