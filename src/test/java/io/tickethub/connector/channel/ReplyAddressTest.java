package io.tickethub.connector.channel;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.connector.folder.ConnectorManifest.Reply;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ReplyAddressTest {

  private static final Reply FORM =
      new Reply("JMSReplyTo", "JMSCorrelationID", List.of("desk.reply", "desk.reply.*"));

  @ParameterizedTest
  @ValueSource(strings = {"desk.reply", "desk.reply.7", "desk.reply.A_b-1"})
  void aPlaceOnTheListIsTaken(String place) {
    assertThat(ReplyAddress.of(FORM, Map.of("JMSReplyTo", place, "JMSCorrelationID", "c")))
        .contains(new ReplyAddress(place, "c"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "",
        "desk",
        "desk.replyx",
        "other.reply",
        "DESK.REPLY",
        "desk.reply.x?ttl=1",
        "desk.reply.x::y",
        "desk.reply.{{secret}}",
        "desk.reply.a/b",
        "desk.reply.\n",
        "queue://desk.reply",
        "desk.reply.回"
      })
  void anyOtherPlaceIsRefused(String place) {
    assertThat(ReplyAddress.of(FORM, Map.of("JMSReplyTo", place))).isEmpty();
  }

  @Test
  void aPlaceOfEndlessLengthIsRefused() {
    assertThat(ReplyAddress.of(FORM, Map.of("JMSReplyTo", "desk.reply." + "x".repeat(200))))
        .isEmpty();
  }

  @Test
  void whoAsksForNoAnswerGetsNone() {
    assertThat(ReplyAddress.of(FORM, Map.of("JMSCorrelationID", "c")))
        .contains(new ReplyAddress(null, null));
  }

  @Test
  void aChannelThatAllowsNoAnswersIgnoresTheWish() {
    assertThat(ReplyAddress.of(null, Map.of("JMSReplyTo", "anywhere")))
        .contains(new ReplyAddress(null, null));
  }
}
