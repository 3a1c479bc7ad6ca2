package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.classic.spi.ThrowableProxyUtil;
import ch.qos.logback.core.read.ListAppender;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import io.tickethub.standin.Mischief;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.slf4j.LoggerFactory;

/** The log knows nobody by name. */
class SecurityLogIT {

  private static final String PLATE = "桂P7X42K";
  private static final String CARD = "450603198805124321";
  private static final List<String> PERSONAL =
      List.of("李四光", "13911112222", "张三", "13800001234", PLATE, CARD);

  @Test
  void neitherGoodNorRejectedNorFailingMessagesLeavePersonalDataInTheLog(@TempDir Path directory)
      throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger root = (Logger) LoggerFactory.getLogger(org.slf4j.Logger.ROOT_LOGGER_NAME);
    try (HubUnderTest hub = HubUnderTest.amongNeighbours(directory)) {
      log.start();
      root.addAppender(log);
      hub.neighbours().transport().mood().misbehave(Mischief.FAILING, Duration.ofSeconds(4));
      String number = Letters.id("10000");
      String ticket = hub.open(number, Letters.transportReport(Letters.id("CC"), number, PLATE));

      sendRubbish(hub);

      await()
          .atMost(Duration.ofSeconds(40))
          .untilAsserted(
              () -> {
                assertThat(hub.neighbours().transport().ledger().beliefs()).containsKey(ticket);
                assertThat(hub.rejected("call-center", 4)).hasSizeGreaterThanOrEqualTo(4);
                assertThat(hub.rejected("partner-hospital", 3)).hasSizeGreaterThanOrEqualTo(3);
              });
    } finally {
      root.detachAppender(log);
    }

    assertThat(log.list).isNotEmpty();
    for (ILoggingEvent event : List.copyOf(log.list)) {
      String text =
          event.getFormattedMessage()
              + event.getKeyValuePairs()
              + event.getMDCPropertyMap()
              + trace(event);
      assertThat(PERSONAL).as(text).noneMatch(text::contains);
    }
  }

  private static void sendRubbish(HubUnderTest hub) throws Exception {
    String ticket = Letters.id("10000");
    String good =
        Letters.transportReport(Letters.id("CC"), ticket, PLATE)
            .replace("</Phone>", "</Phone><IdentityCard>%s</IdentityCard>".formatted(CARD));
    for (String wrong :
        List.of(
            good.replace("</Customer>", ""),
            good.replace("<Kind>01", "<Kind>" + CARD + " 李四光"),
            good.replace("<Product>JT", "<Product>张三"),
            good.replace("<Attribute name=\"plate\">", "<Attribute name=\"plate\">13800001234"))) {
      hub.callCenter().send("call-center.request", hub.callCenter().text(wrong), null, null);
    }
    for (String wrong :
        List.of(
            "{\"eventId\": 张三}",
            "{\"eventId\": \"E\", \"李四光\": \"13911112222\"}",
            "eventId=李四光&phone=13911112222",
            Letters.hospitalComment("E", "T", "text").replace("2026", CARD))) {
      hub.postSigned("/in/partner-hospital/progress", "application/json", wrong.getBytes(UTF_8));
      hub.caller()
          .post(
              "/in/partner-hospital/progress",
              wrong.getBytes(UTF_8),
              Map.of("Content-Type", "application/x-www-form-urlencoded"));
    }
  }

  private static String trace(ILoggingEvent event) {
    return event.getThrowableProxy() == null
        ? ""
        : ThrowableProxyUtil.asString(event.getThrowableProxy());
  }
}
