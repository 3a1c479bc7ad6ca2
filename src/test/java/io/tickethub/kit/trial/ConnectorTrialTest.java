package io.tickethub.kit.trial;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.definition.DefinitionException;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict.Decision;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

/** Messages of the shipped connectors, tried step by step. */
class ConnectorTrialTest {

  private static final Path CONNECTORS = Path.of("connectors");
  private static final Instant AT = Instant.parse("2026-01-05T05:00:00Z");
  private static final String REPORT = "call-center/request/report-not-solved-is-dispatched";
  private static final String REPAIRED = "partner-transport/progress/repaired";

  private final ProductCatalog products = ProductCatalog.read(CONNECTORS.resolve("products"));

  @Test
  void aReportIsShownFromBytesToWhatEverySystemIsSent() throws IOException {
    Trial trial = example(REPORT);
    RecordTrial message = trial.records().get(0);

    assertThat(trial.isSound()).isTrue();
    assertThat(message.text()).contains("<Title>PACS影像系统无法登录</Title>");
    assertThat(message.tree()).asString().contains("hospitalCode");
    assertThat(message.messageId()).isEqualTo("CC-1");
    assertThat(message.changes()).singleElement().isInstanceOf(Change.Open.class);

    Effect effect = effects(trial, Assumption.NONE).get(0);
    assertThat(effect.madeUp()).isNull();
    assertThat(effect.consequence().ticket().state()).isEqualTo(TicketState.DISPATCHED);
    assertThat(effect.consequence().ticket().progress().owner()).isEqualTo("partner-hospital");
    assertThat(effect.consequence().applied().events())
        .extracting(TicketEvent::code)
        .containsExactly("opened", "pre-diagnosing", "dispatched");
    Sending dispatch = sending(effect, "fault-112", "introduced");
    assertThat(dispatch.rule())
        .isEqualTo("faults that pre-diagnosis could not solve go through 112");
    assertThat(dispatch.holdBack()).hasSeconds(2);
    assertThat(dispatch.channel()).isEqualTo("dispatch");
    assertThat(dispatch.headers()).containsEntry("SOAPAction", "\"urn:fault-112/dispatch\"");
    assertThat(dispatch.text())
        .contains("<callCentreNo>10000-20260105-000001</callCentreNo>")
        .contains("<customerName>张三</customerName>")
        .doesNotContain("<faultNo>");
    assertThat(sending(effect, "call-center", "registered").text()).contains("ACCEPTED");
  }

  @Test
  void aChangeIsTriedOnAMadeUpTicketThatSaysSo() throws IOException {
    Effect effect = effects(example(REPAIRED), Assumption.NONE).get(0);

    assertThat(effect.madeUp())
        .isEqualTo(
            "a made-up ticket of product class 'transport', opened by call-center, in state"
                + " 'accepted', owned by partner-transport");
    assertThat(effect.consequence().verdict().decision()).isEqualTo(Decision.ACCEPT);
    assertThat(effect.consequence().verdict().rule())
        .isEqualTo("who works on a ticket says how the work goes");
    assertThat(effect.consequence().ticket().state()).isEqualTo(TicketState.REPLIED);
    assertThat(sending(effect, "fault-112", "replied").text())
        .contains("<faultNo>made-up-fault-112</faultNo>")
        .contains("<repairAction>更换卡座</repairAction>");
    assertThat(effect.sendings()).extracting(Sending::system).doesNotContain("partner-transport");
  }

  @Test
  void theStateOfTheMadeUpTicketDecidesWhatComesOfTheChange() throws IOException {
    Assumption archived = new Assumption(TicketState.ARCHIVED, "crm-bss", "transport");

    Effect effect = effects(example(REPAIRED), archived).get(0);

    assertThat(effect.before().state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(effect.madeUp()).contains("opened by crm-bss", "in state 'archived'");
    assertThat(effect.consequence().ticket().state()).isEqualTo(TicketState.ARCHIVED);
    assertThat(effect.consequence().applied().events())
        .extracting(TicketEvent::code)
        .containsExactly("conflict");
  }

  @Test
  void aReportOfATicketThatIsThereIsTriedAsItsUpdates() throws IOException {
    Assumption there = new Assumption(TicketState.ACCEPTED, null, "digital-hospital");

    List<Effect> effects = effects(example(REPORT), there);

    assertThat(effects)
        .extracting(effect -> effect.change().type())
        .containsExactly("update", "state");
    assertThat(effects.get(1).before()).isEqualTo(effects.get(0).consequence().ticket());
    assertThat(effects.get(1).madeUp()).isNull();
  }

  @Test
  void everyRecordOfAFileComesAsFarAsItCan() throws IOException {
    Trial trial = example("fault-112/faults/bad-lines-among-good-ones");

    assertThat(trial.records()).hasSize(6);
    assertThat(trial.good()).isEqualTo(2);
    assertThat(trial.firstGood().orElseThrow().messageId()).isEqualTo("S0001");
    assertThat(trial.stopped())
        .extracting(
            record -> record.stopped().step(),
            record -> record.stopped().problem().code(),
            record -> record.stopped().problem().line(),
            record -> record.stopped().problem().field(),
            record -> record.stopped().problem().value())
        .containsExactly(
            tuple(Step.VALIDATED, ProblemCode.COLUMN_COUNT, 3, null, null),
            tuple(Step.MAPPED, ProblemCode.INVALID_VALUE, 4, "申告时间", "05/01/26"),
            tuple(Step.VALIDATED, ProblemCode.MISSING_FIELD, 5, "故障号", null),
            tuple(Step.DECODED, ProblemCode.UNDECODABLE, 7, null, "byte 0xFF at offset 8"));
    RecordTrial undecodable = trial.records().get(5);
    assertThat(undecodable.text()).isEqualTo("S0007_+|");
    assertThat(undecodable.stopped().advice()).contains("GBK", "'charset' in connector.yaml");
    assertThat(trial.records().get(2).stopped().problem().detail())
        .isEqualTo("is a date of no usual pattern (mapping/fault-infor.jsonata, line 23)");
  }

  @Test
  void whatAChangeMustNotSayStopsItAtTheCheck() throws IOException {
    Trial trial =
        run(
            "call-center",
            "request",
            new String(received(REPORT), StandardCharsets.UTF_8)
                .replace("H-0770-03", "no such code of a hospital, and much too long for one"),
            Map.of());

    Stop stop = trial.records().get(0).stopped();
    assertThat(stop.step()).isEqualTo(Step.CHECKED);
    assertThat(stop.problem().field()).contains("hospitalCode");
  }

  @Test
  void headersTheManifestDoesNotAllowAreLeftOutAndSaid() throws IOException {
    Trial trial =
        run(
            "call-center",
            "request",
            new String(received(REPORT), StandardCharsets.UTF_8),
            Map.of("CamelFileName", "x"));

    assertThat(trial.notes())
        .singleElement()
        .asString()
        .startsWith("header CamelFileName is left out");
  }

  @Test
  void aChannelThatIsNoneNamesThoseThereAre() {
    assertThatThrownBy(
            () -> new ConnectorTrial(CONNECTORS.resolve("fault-112"), "dispatch", products))
        .isInstanceOf(DefinitionException.class)
        .hasMessageEndingWith(
            "there is no inbound channel 'dispatch'; there are [faults, progress, results]");
  }

  @Test
  void personalDataIsMaskedInEveryStepUnlessAskedFor() throws IOException {
    Trial trial = example(REPORT);
    RecordTrial message = trial.records().get(0);
    List<Effect> effects = effects(trial, Assumption.NONE);

    JsonNode masked = new TrialTree(trial, products, false).record(message, effects);
    JsonNode open = new TrialTree(trial, products, true).record(message, effects);

    assertThat(masked.toString())
        .doesNotContain("张三", "138-0000-1234", "13800001234")
        .contains("张*", "138****1234", "PACS影像系统无法登录");
    assertThat(masked.at("/parsed/ServiceRequest/Report/Customer/Name").asText()).isEqualTo("张*");
    assertThat(open.toString()).contains("张三", "138-0000-1234", "13800001234");
  }

  @Test
  void aTextThatCannotBeParsedIsNotShownBeforeItIsAskedFor() throws IOException {
    Trial trial =
        run(
            "partner-transport",
            "progress",
            "<Progress xmlns=\"urn:transport-hotline\" id=\"1\"><OrderNo>张三",
            Map.of());
    RecordTrial message = trial.records().get(0);

    assertThat(message.stopped().step()).isEqualTo(Step.PARSED);
    assertThat(new TrialTree(trial, products, false).record(message, List.of()).toString())
        .doesNotContain("张三")
        .contains("--unmask shows it");
    assertThat(new TrialTree(trial, products, true).record(message, List.of()).toString())
        .contains("张三");
  }

  private Trial example(String example) throws IOException {
    String[] names = example.split("/");
    return new ConnectorTrial(CONNECTORS.resolve(names[0]), names[1], products)
        .run(new Received("received", received(example), Map.of(), AT));
  }

  private static byte[] received(String example) throws IOException {
    String[] names = example.split("/");
    Path folder = CONNECTORS.resolve(names[0]).resolve("examples").resolve(names[1]);
    Path file = folder.resolve(names[2]).resolve("received.xml");
    return Files.readAllBytes(Files.exists(file) ? file : file.resolveSibling("received.txt"));
  }

  private Trial run(String connector, String channel, String text, Map<String, String> headers) {
    return new ConnectorTrial(CONNECTORS.resolve(connector), channel, products)
        .run(new Received("received", text.getBytes(StandardCharsets.UTF_8), headers, AT));
  }

  private List<Effect> effects(Trial trial, Assumption assumption) {
    return new TicketTrial(CONNECTORS, Path.of("routes"), products)
        .effects(trial, trial.records().get(0), assumption);
  }

  private static Sending sending(Effect effect, String system, String code) {
    return effect.sendings().stream()
        .filter(sending -> sending.system().equals(system) && sending.code().equals(code))
        .findFirst()
        .orElseThrow();
  }
}
