package io.tickethub.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.exc.UnrecognizedPropertyException;
import java.util.HashMap;
import java.util.Map;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import org.junit.jupiter.api.Test;

class TicketContentTest {

  @Test
  void attributesAreMergedKeyByKey() {
    TicketContent merged =
        attributes(Map.of("plate", "桂P12345", "terminalId", "GPS-1"))
            .merge(attributes(Map.of("terminalId", "GPS-2")));

    assertThat(merged.attributes()).isEqualTo(Map.of("plate", "桂P12345", "terminalId", "GPS-2"));
  }

  @Test
  void anEmptyFieldOfALegacySystemErasesNoAttribute() {
    Map<String, Object> empty = new HashMap<>();
    empty.put("plate", null);
    empty.put("terminalId", "");
    TicketContent known = attributes(Map.of("plate", "桂P12345", "terminalId", "GPS-1"));

    assertThat(known.merge(attributes(empty))).isEqualTo(known);
  }

  @Test
  void anEmptyTextErasesNothing() {
    TicketContent known = TicketLife.title("影像无法上传").merge(TicketLife.resolution("光缆中断", "熔接"));

    assertThat(known.merge(TicketLife.title(" ")).merge(TicketLife.resolution("", "")))
        .isEqualTo(known);
  }

  @Test
  void jsonWithAPropertyNobodyKnowsIsRefused() {
    assertThatExceptionOfType(UnrecognizedPropertyException.class)
        .isThrownBy(() -> TicketJson.mapper().readValue("{\"titel\": \"x\"}", TicketContent.class));
  }

  @Property
  void theSamePatchTwiceIsTheSameAsOnce(
      @ForAll("contents") TicketContent content, @ForAll("contents") TicketContent patch) {
    TicketContent once = content.merge(patch);

    assertThat(once.merge(patch)).isEqualTo(once);
  }

  @Property
  void aPatchThatNamesNothingChangesNothing(@ForAll("contents") TicketContent content) {
    assertThat(content.merge(TicketContent.EMPTY)).isEqualTo(content);
  }

  @Property
  void whatIsMissingNeverOverwritesWhatIsThere(
      @ForAll("contents") TicketContent report, @ForAll("contents") TicketContent present) {
    TicketContent filled = present.merge(report.missingIn(present));

    assertThat(present.merge(report).merge(present)).isEqualTo(filled);
  }

  @Provide
  Arbitrary<TicketContent> contents() {
    return ChangeProcessorPropertiesTest.contents();
  }

  private static TicketContent attributes(Map<String, Object> attributes) {
    return new TicketContent(null, null, null, null, null, null, null, attributes, null, null);
  }
}
