package io.tickethub.connector.channel;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.HexFormat;
import org.junit.jupiter.api.Test;

class DigestsTest {

  @Test
  void theDigestIsTheOneEveryOtherToolComputes() {
    assertThat(HexFormat.of().formatHex(Digests.sha256("abc".getBytes(UTF_8))))
        .isEqualTo("ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad");
  }

  @Test
  void anIdIsHalfOfIt() {
    assertThat(Digests.idOf("abc".getBytes(UTF_8)))
        .isEqualTo("sha256-ba7816bf8f01cfea414140de5dae2223");
  }
}
