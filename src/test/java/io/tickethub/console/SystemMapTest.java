package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SystemMapTest {

  @ParameterizedTest
  @CsvSource({
    "292, CRM and BSS, CRM and BSS",
    "292, Digital hospital hotline, Digital hospital h…",
    "292, 10000号客服, 10000号客服",
    "292, 数字化医院合作伙伴二十四小时热线, 数字化医院合作伙伴…",
    "292, 统一消息ECP（客户通知）, 统一消息ECP（客户…",
    "400, Digital hospital hotline, Digital hospital hotline"
  })
  void aCardShowsAsMuchOfTheNameAsItHasRoomFor(int width, String name, String shown) {
    SystemMap.Node card = new SystemMap.Node(null, 0, 0, width, 170, 0, 0, 0, 0);

    assertThat(card.fitting(name)).isEqualTo(shown);
  }
}
