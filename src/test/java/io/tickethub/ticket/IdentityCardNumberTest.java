package io.tickethub.ticket;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

class IdentityCardNumberTest {

  /** The example of GB 11643-1999. */
  @Test
  void theStandardsExampleEndsInX() {
    assertThat(IdentityCardNumber.checkCharacter("11010519491231002")).isEqualTo('X');
    assertThat(IdentityCardNumber.checkCharacter("44052418800101001")).isEqualTo('4');
  }
}
