package io.tickethub.connector.proof;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class WebhookSignatureTest {

  private static final Instant NOW = Instant.ofEpochSecond(1_767_574_980);
  private static final byte[] BODY = "{\"eventId\":\"e-1\"}".getBytes(UTF_8);

  private final WebhookSignature signature = signature("top-secret");

  @Test
  void theSignatureIsTheOneEveryOtherToolComputes() {
    assertThat(signature.sign("e-1", BODY, at(NOW)))
        .containsEntry("X-Id", "e-1")
        .containsEntry("X-Timestamp", "1767574980")
        .containsEntry(
            "X-Signature", "40babd54b9cd878b403252420983cf3b53a73e98e3a59d382c5d7c5bf11fd3ca");
  }

  @Test
  void whatIsSignedIsAccepted() {
    assertThat(check(signed(), BODY, at(NOW))).isEmpty();
    assertThat(
            check(
                with("X-Signature", signed().get("X-Signature").toUpperCase(Locale.ROOT)),
                BODY,
                at(NOW)))
        .isEmpty();
  }

  @Test
  void anotherSecretIsRefused() {
    Problem problem =
        signature("other")
            .check(new Evidence(signed(), BODY, null), at(NOW))
            .orElseThrow()
            .problem();

    assertThat(problem.code()).isEqualTo(ProblemCode.UNAUTHENTICATED);
    assertThat(problem.value()).isNull();
  }

  @Test
  void anotherBodyIdOrTimeUnderTheSameSignatureIsRefused() {
    assertThat(check(signed(), "{\"eventId\":\"e-2\"}".getBytes(UTF_8), at(NOW))).isPresent();
    assertThat(check(with("X-Id", "e-2"), BODY, at(NOW))).isPresent();
    assertThat(check(with("X-Timestamp", "1767574981"), BODY, at(NOW))).isPresent();
  }

  @Test
  void theBordersBetweenIdAndBodyCannotBeMoved() {
    Map<String, String> signed = signature.sign("e-1", "x\nrest".getBytes(UTF_8), at(NOW));
    signed.put("X-Id", "e-1\nx");

    assertThat(check(signed, "rest".getBytes(UTF_8), at(NOW))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"PT5M", "PT-5M"})
  void theWindowIsFiveMinutesBothWays(Duration offset) {
    Duration beyond = offset.plusSeconds(offset.isNegative() ? -1 : 1);

    assertThat(check(signed(), BODY, at(NOW.plus(offset)))).isEmpty();
    assertThat(check(signed(), BODY, at(NOW.plus(beyond))))
        .get()
        .extracting(refusal -> refusal.problem().detail())
        .isEqualTo("X-Timestamp is more than 300 s from the hub's clock");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "now",
        "1e9",
        "9223372036854775807",
        "-9223372036854775808",
        "99999999999999999999"
      })
  void aTimeThatIsNoneIsRefused(String timestamp) {
    assertThat(check(with("X-Timestamp", timestamp), BODY, at(NOW))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "zz", "abc", "00"})
  void aSignatureThatIsNoneIsRefused(String text) {
    assertThat(check(with("X-Signature", text), BODY, at(NOW))).isPresent();
  }

  @ParameterizedTest
  @ValueSource(strings = {"X-Signature", "X-Timestamp", "X-Id"})
  void aMissingHeaderIsRefused(String header) {
    Map<String, String> headers = signed();
    headers.remove(header);

    assertThat(check(headers, BODY, at(NOW)))
        .get()
        .extracting(refusal -> refusal.problem().detail())
        .isEqualTo("needs the headers X-Signature, X-Timestamp and X-Id");
  }

  private Map<String, String> signed() {
    return new TreeMap<>(signature.sign("e-1", BODY, at(NOW)));
  }

  private Map<String, String> with(String header, String value) {
    Map<String, String> headers = signed();
    headers.put(header, value);
    return headers;
  }

  private Optional<Refusal> check(Map<String, String> headers, byte[] body, Clock clock) {
    return signature.check(new Evidence(headers, body, null), clock);
  }

  private static WebhookSignature signature(String secret) {
    return new WebhookSignature(
        new WebhookSignature.Form("X-Signature", "X-Timestamp", "X-Id", Duration.ofMinutes(5)),
        secret);
  }

  private static Clock at(Instant instant) {
    return Clock.fixed(instant, ZoneOffset.UTC);
  }
}
