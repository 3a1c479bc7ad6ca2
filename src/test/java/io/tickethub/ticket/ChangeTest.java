package io.tickethub.ticket;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.util.Collections;
import java.util.HashMap;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class ChangeTest {

  private final JsonMapper json = TicketJson.mapper();

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"open","ticket":{"id":"1"}}                                                            | content
          {"type":"open","ticket":{"id":"1"},"content":{"productClass":"general","title":"t"}}           | content.kind
          {"type":"open","ticket":{"id":"1"},"content":{"kind":"fault","title":"t"}}                     | content.productClass
          {"type":"open","ticket":{"id":"1"},"content":{"kind":"fault","productClass":"general","title":" "}} | content.title
          {"type":"update","ticket":{"id":"1"}}                                                          | content
          {"type":"state","ticket":{"id":"1"}}                                                           | state
          {"type":"transfer","ticket":{"id":"1"},"to":""}                                                | to
          {"type":"feedback","ticket":{"id":"1"}}                                                        | note
          {"type":"note","ticket":{"id":"1"},"note":"  "}                                                | note
          {"type":"urge"}                                                                                | ticket
          {"type":"urge","ticket":{}}                                                                    | ticket
          {"type":"urge","ticket":{"id":" "}}                                                            | ticket.id
          {"type":"urge","ticket":{"hub":""}}                                                            | ticket.hub
          {"type":"urge","ticket":{"aliases":{"fault-112":""}}}                                          | ticket.aliases.fault-112
          {"type":"urge","ticket":{"customer":""}}                                                       | ticket.customer
          {"type":"urge","ticket":{"id":"1","customer":"C1"}}                                            | ticket
          """)
  void anIncompleteChangeNamesTheFieldItLacks(String change, String field) {
    assertThatThrownBy(() -> json.readValue(change, Change.class))
        .rootCause()
        .isInstanceOfSatisfying(
            IncompleteChangeException.class, e -> assertThat(e.field()).isEqualTo(field));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          {"type":"delete","ticket":{"id":"1"}}
          {"type":"urge","ticket":{"id":"1"},"loudly":true}
          {"type":"state","ticket":{"id":"1"},"state":"lost"}
          {"type":"urge","type":"note","ticket":{"id":"1"}}
          """)
  void aChangeThatTheHubDoesNotUnderstandIsRefused(String change) {
    assertThatExceptionOfType(JsonProcessingException.class)
        .isThrownBy(() -> json.readValue(change, Change.class));
  }

  @Test
  void anAliasWithoutAValueIsNoName() {
    Map<String, String> aliases = new HashMap<>(Collections.singletonMap("fault-112", null));

    assertThatExceptionOfType(IncompleteChangeException.class)
        .isThrownBy(() -> new TicketKey(null, null, aliases, null));
  }

  @Test
  void messagesOfOneTicketAreOrderedByTheSystemsOwnNumberFirst() {
    assertThat(new TicketKey("1", "TH1", Map.of("x", "2"), null).orderingText()).isEqualTo("1");
    assertThat(new TicketKey(null, "TH1", Map.of("x", "2"), null).orderingText()).isEqualTo("TH1");
    assertThat(new TicketKey(null, null, Map.of("x", "2"), null).orderingText()).isEqualTo("2");
    assertThat(new TicketKey(null, null, null, "1").orderingText()).isNotEqualTo("1");
  }

  @Test
  void aProblemCutsTheValueAndItsSentenceLeavesItOut() {
    Problem problem =
        Problem.of(ProblemCode.INVALID_VALUE, "plate", "桂".repeat(200), "no plate").atLine(3);

    assertThat(problem.value()).hasSize(80).endsWith("…");
    assertThat(problem.sentence()).isEqualTo("invalid-value, line 3, field plate: no plate");
  }
}
