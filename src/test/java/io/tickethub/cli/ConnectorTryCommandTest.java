package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * {@code hub connector try} and {@code coverage} as engineers type them, on the shipped folders.
 */
class ConnectorTryCommandTest {

  private static final String FAULTS =
      "connectors/fault-112/examples/faults/bad-lines-among-good-ones/received.txt";
  private static final String REPAIRED =
      "connectors/partner-transport/examples/progress/repaired/received.xml";

  private record Ran(int code, String out, String err) {
    JsonNode json() throws IOException {
      return new JsonMapper().readTree(out);
    }
  }

  private static Ran hub(String... words) {
    StringWriter out = new StringWriter();
    StringWriter err = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(out))
            .setErr(new PrintWriter(err))
            .execute(words);
    return new Ran(code, out.toString(), err.toString());
  }

  private static Ran attempt(String... words) {
    List<String> all = new ArrayList<>(List.of("connector", "try"));
    all.addAll(List.of(words));
    return hub(all.toArray(String[]::new));
  }

  @Test
  void everyStepIsPrintedInItsOrder() {
    Ran ran = attempt("partner-transport", "progress", REPAIRED);

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .containsSubsequence(
            "partner-transport / progress: received.xml",
            "decoded    UTF-8",
            "parsed     xml",
            "validated  schema/transport.xsd",
            "mapped     mapping/progress.jsonata, message id JT3",
            "applied    'state': accept, by the rule \"who works on a ticket says how the work goes\"",
            "tried on a made-up ticket of product class 'transport'",
            "processing -> replied",
            "told",
            "call-center is told 'replied'",
            "through channel 'task', in UTF-8",
            "JMSXGroupID: MADE-UP-1",
            "<Type>CALL_BACK</Type>",
            "partner-transport, of replied: it said so itself");
  }

  @Test
  void aFileShowsTheFirstGoodRecordAndEveryProblemWithItsPlace() {
    Ran ran = attempt("fault-112", "faults", FAULTS);

    assertThat(ran.code()).isEqualTo(HubCommand.FAILED);
    assertThat(ran.out())
        .containsSubsequence(
            "6 records: 2 good, 4 stopped",
            "record 1, line 2",
            "message id S0001",
            "STOPPED at 'validated': received.txt, line 3",
            "STOPPED at 'mapped': received.txt, line 4, field 申告时间, value 05/01/26",
            "(mapping/fault-infor.jsonata, line 23)",
            "-> if the system really writes so, mend mapping/fault-infor.jsonata",
            "STOPPED at 'decoded': received.txt, line 7, field -, value byte 0xFF at offset 8");
    assertThat(ran.out()).doesNotContain("0770-2812345");
  }

  @Test
  void oneRecordCanBeChosen() throws IOException {
    Ran ran = attempt("fault-112", "faults", FAULTS, "--record", "5", "--unmask", "--json");

    assertThat(ran.code()).isZero();
    JsonNode record = ran.json().path("record");
    assertThat(record.path("messageId").asText()).isEqualTo("S0003");
    assertThat(record.at("/parsed/申告联系信息").asText()).isEqualTo("0770-2812345");
    assertThat(record.path("effects").size()).isEqualTo(2);
    assertThat(record.at("/effects/1/ticket/state").asText()).isEqualTo("replied");
    assertThat(ran.json().path("problems").size()).isZero();

    assertThat(attempt("fault-112", "faults", FAULTS, "--record", "4").code())
        .isEqualTo(HubCommand.FAILED);
    assertThat(attempt("fault-112", "faults", FAULTS, "--record", "9").err())
        .contains("has 6 records, no record 9");
  }

  @Test
  void jsonHoldsStepFieldValueAndAdvice() throws IOException {
    Ran ran =
        attempt(
            "partner-transport",
            "progress",
            "connectors/partner-transport/examples/progress/unknown-status/received.xml",
            "--json");

    assertThat(ran.code()).isEqualTo(HubCommand.FAILED);
    JsonNode problem = ran.json().path("problems").path(0);
    assertThat(problem.path("step").asText()).isEqualTo("mapped");
    assertThat(problem.path("code").asText()).isEqualTo("unknown-code");
    assertThat(problem.path("file").asText()).isEqualTo("received.xml");
    assertThat(problem.path("field").asText()).isEqualTo("Progress.Status");
    assertThat(problem.path("value").asText()).isEqualTo("8");
    assertThat(problem.path("advice").asText()).startsWith("add the code to mapping/codes.yaml");
  }

  @Test
  void whatIsNotThereIsSaidWithoutAStackTrace() {
    assertThat(attempt("nobody", "x", FAULTS).err())
        .contains("connectors/nobody: there is no such folder")
        .doesNotContain("\tat ");
    assertThat(attempt("fault-112", "faults", "nothing.txt").err())
        .contains("nothing.txt: there is no such file");
    assertThat(attempt("fault-112", "nothing", FAULTS).err())
        .contains("there is no inbound channel 'nothing'");
    Ran wrongState = attempt("fault-112", "faults", FAULTS, "--state", "asleep");
    assertThat(wrongState.code()).isEqualTo(2);
    assertThat(wrongState.err()).contains("asleep").contains("accepted");
  }

  @Test
  void coverageListsWhatIsUnread() throws IOException {
    Ran ran = hub("connector", "coverage", "fault-112", "progress");

    assertThat(ran.code()).isZero();
    assertThat(ran.out())
        .containsSubsequence(
            "fault-112 / progress: 7 samples, 7 messages, 2 refused",
            "never read: ProgressNotification.operator (in 1 messages, filled in 1)",
            "code table state: 3 of 7 entries used (42%), otherwise: reject",
            "not in the table: 77 (1 times)",
            "in no sample: 30, 50, 60, 80");
    JsonNode json = hub("connector", "coverage", "fault-112", "--json").json();
    assertThat(json.findValuesAsText("channel")).containsExactly("faults", "progress", "results");
    assertThat(json.at("/2/percentOfFieldsRead").asInt()).isEqualTo(60);
    assertThat(json.at("/1/tables/1/percentUsed").asInt()).isEqualTo(42);
  }
}
