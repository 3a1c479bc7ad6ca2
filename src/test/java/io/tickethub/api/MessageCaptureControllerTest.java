package io.tickethub.api;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.List;
import org.junit.jupiter.api.Test;

class MessageCaptureControllerTest {

  @Test
  void aMaskedIdentityNumberIsStillOne() {
    assertThat(
            MessageCaptureController.masked(
                "{\"card\": \"11010519491231002X\"}", List.of("11010519491231002X")))
        .isEqualTo("{\"card\": \"110100000000000029\"}");
  }

  @Test
  void oneInTextThatNobodyKnewOfToo() {
    assertThat(MessageCaptureController.masked("证件 440524188001010014", List.of()))
        .isEqualTo("证件 440500000000000019");
  }
}
