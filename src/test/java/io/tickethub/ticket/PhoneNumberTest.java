package io.tickethub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class PhoneNumberTest {

  @ParameterizedTest
  @ValueSource(
      strings = {
        "13800138000",
        "138 0013 8000",
        "+86 138-0013-8000",
        "0086 13800138000",
        "（+86）１３８００１３８０００"
      })
  void oneNumberIsWrittenInManyWays(String written) {
    assertThat(PhoneNumber.normal(written)).isEqualTo("13800138000");
  }

  @Test
  void areaCodesStay() {
    assertThat(PhoneNumber.normal("(0571) 8888-0086")).isEqualTo("057188880086");
    assertThat(PhoneNumber.normal("8600 1234")).isEqualTo("86001234");
  }

  @Test
  void aTextWithoutDigitsIsNoNumber() {
    assertThat(PhoneNumber.normal("unknown")).isNull();
    assertThat(PhoneNumber.normal(null)).isNull();
  }
}
