package io.tickethub.delivery;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.delivery.DeadLetters.Kind;
import io.tickethub.delivery.DeadLetters.Letter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class LetterTest {

  private static String fingerprint(Kind kind, String code) {
    return new Letter(kind, 1, 2L, 3L, "crm", "told", code, "a cause").fingerprint();
  }

  @Test
  void aChannelInAndOneOutOfTheSameNameAreTwoGroups() {
    assertThat(fingerprint(Kind.DELIVERY, "http-422")).isEqualTo("crm/told/delivery/http-422");
    assertThat(fingerprint(Kind.MESSAGE, "http-422")).isEqualTo("crm/told/message/http-422");
  }

  @ParameterizedTest
  @CsvSource({
    "ORA-00942, ORA-00942",
    "answer-余额不足, answer-余额不足",
    "no ticket 20260105123456, no-ticket-#",
    "order 3f2504e0-4f89-11d3-9a0c-0305e82c3301 unknown, order-#-unknown",
    "a/b?c, a-b-c"
  })
  void whatASystemPutsIntoItsCodesMakesNoGroupsOfItsOwn(String code, String shown) {
    assertThat(fingerprint(Kind.DELIVERY, code)).isEqualTo("crm/told/delivery/" + shown);
  }

  @Test
  void aCodeIsNoStory() {
    assertThat(fingerprint(Kind.DELIVERY, "x".repeat(500))).hasSizeLessThan(100);
  }
}
