package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.mapping.Translation.Syntax;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.FailureKind;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketState;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class TranslationTest {

  private static final Syntax JSON =
      new Syntax(TextCodec.of("UTF-8", Unmappable.REJECT), new JsonFormat(null, Limits.DEFAULT));
  private static final MessageFacts FACTS =
      new MessageFacts(Instant.parse("2026-01-05T01:03:00Z"), Map.of("X-Id", "h"), "f.txt");

  private final Translation translation =
      new Translation(CodeTables.NONE, ZoneId.of("Asia/Shanghai"));

  @TempDir Path directory;

  @Test
  void aMessageIsAChange() {
    InboundTranslation inbound =
        inbound(
            "{'type': 'state', 'ticket': {'id': no}, 'state': s, 'occurredAt': $date(at), 'note': $message.fileName & $message.headers.`X-Id`}",
            "no");
    Object tree =
        inbound.parse(
            inbound.decode(
                "\uFEFF{\"no\":\"1\",\"s\":\"accepted\",\"at\":\"20260105090300\"}"
                    .getBytes(UTF_8)));

    Change change = inbound.map(tree, FACTS).get(0);

    assertThat(change).isInstanceOf(Change.StateChange.class);
    assertThat(((Change.StateChange) change).state()).isEqualTo(TicketState.ACCEPTED);
    assertThat(change.occurredAt()).isEqualTo(Instant.parse("2026-01-05T01:03:00Z"));
    assertThat(change.note()).isEqualTo("f.txth");
    assertThat(inbound.messageId(tree, new byte[0], FACTS)).isEqualTo("1");
  }

  @Test
  void severalChangesKeepTheirOrder() {
    assertThat(
            changes(
                "[{'type': 'urge', 'ticket': {'id': '1'}}, {'type': 'note', 'ticket': {'id': '1'}, 'note': 'n'}]"))
        .extracting(Change::type)
        .containsExactly("urge", "note");
  }

  @Test
  void withoutAnIdOfItsOwnAMessageIsKnownByItsBytes() {
    InboundTranslation inbound = inbound("{}", null);

    assertThat(inbound.messageId(null, "a".getBytes(UTF_8), FACTS))
        .isEqualTo("sha256-ca978112ca1bbdcafac231b39a23dc4d");
  }

  @Test
  void aMissingIdIsAMissingField() {
    for (String message : List.of("{}", "{\"no\":\"\"}", "{\"no\":null}")) {
      InboundTranslation inbound = inbound("{}", "no");
      Problem problem =
          Problems.of(() -> inbound.messageId(inbound.parse(message), new byte[0], FACTS));
      assertThat(problem.code()).isEqualTo(ProblemCode.MISSING_FIELD);
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      quoteCharacter = '"',
      value = {
        "missing | mapping",
        "[null] | mapping",
        "'text' | mapping",
        "{'type': 'open'} | missing-field",
        "{'type': 'state', 'ticket': {'id': '1'}, 'state': 'sleeping'} | unknown-code",
        "{'type': 'urge', 'ticket': {}} | missing-field",
        "{'type': 'urge', 'ticket': {'id': '1'}, 'colour': 'red'} | mapping",
        "{'type': 'invented', 'ticket': {'id': '1'}} | mapping",
        "{'ticket': {'id': '1'}} | mapping",
        "{'type': 'urge', 'ticket': {'id': '1'}, 'occurredAt': 'soon'} | mapping",
        "function($x) {$x} | mapping"
      })
  void whatIsNoChangeIsRefused(String mapping, String code) {
    assertThat(Problems.of(() -> changes(mapping)).code().code()).isEqualTo(code);
  }

  @Test
  void aPropertyNobodyKnowsIsNamed() {
    assertThat(
            Problems.of(() -> changes("{'type': 'urge', 'ticket': {'id': '1', 'colour': 'red'}}"))
                .field())
        .isEqualTo("ticket.colour");
  }

  @Test
  void anEventIsBytesAndHeaders() {
    OutboundTranslation.Sent sent =
        outbound("{'no': number}", Map.of("id", "number", "empty", "''", "none", "missing"))
            .write(Map.of("number", "T1"));

    assertThat(sent.body()).isEqualTo("{\"no\":\"T1\"}".getBytes(UTF_8));
    assertThat(sent.headers()).isEqualTo(Map.of("id", "T1"));
  }

  @Test
  void aMappingThatGivesNothingSendsNothing() {
    assertThat(Problems.of(() -> outbound("missing", Map.of()).write(Map.of())).code())
        .isEqualTo(ProblemCode.MAPPING);
  }

  @Test
  void anAnswerIsUnderstoodWithWhatWasAsked() {
    AnswerTranslation answers =
        translation.answer(JSON, file("id ? {'references': {'crm': id & $asked.key}}"));

    assertThat(
            answers.read("\uFEFF{\"id\":\"7\"}".getBytes(UTF_8), Map.of("key", "k")).references())
        .isEqualTo(Map.of("crm", "7k"));
    assertThat(answers.read("{}".getBytes(UTF_8), Map.of())).isEqualTo(Answer.TAKEN);
  }

  @Test
  void anAnswerCanRefuse() {
    Answer answer =
        translation
            .answer(JSON, file("{'failure': {'kind': 'permanent', 'code': code}}"))
            .read("{\"code\":\"9\"}".getBytes(UTF_8), Map.of());

    assertThat(answer.failure()).isEqualTo(new Answer.Failure(FailureKind.PERMANENT, "9", null));
  }

  @Test
  void anAnswerThatIsNoAnswerIsRefused() {
    AnswerTranslation answers = translation.answer(JSON, file("{'reference': 1}"));

    assertThat(Problems.of(() -> answers.read("{}".getBytes(UTF_8), Map.of())).code())
        .isEqualTo(ProblemCode.MAPPING);
    assertThat(Problems.of(() -> answers.read("<html>".getBytes(UTF_8), Map.of())).code())
        .isEqualTo(ProblemCode.MALFORMED);
  }

  @Test
  void aBrokenHeaderExpressionIsAFaultOfTheDefinition() {
    assertThatThrownBy(() -> outbound("{}", Map.of("id", "(")))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("header id");
  }

  private List<Change> changes(String mapping) {
    return inbound(mapping, null).map(Map.of(), FACTS);
  }

  private InboundTranslation inbound(String mapping, String messageId) {
    return translation.inbound(JSON, file(mapping), messageId);
  }

  private OutboundTranslation outbound(String mapping, Map<String, String> headers) {
    return translation.outbound(JSON, file(mapping), headers);
  }

  private Path file(String mapping) {
    try {
      return Files.writeString(directory.resolve("m.jsonata"), mapping);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
