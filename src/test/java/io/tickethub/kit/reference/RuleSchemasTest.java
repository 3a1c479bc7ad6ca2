package io.tickethub.kit.reference;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import com.networknt.schema.ValidationMessage;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.definition.YamlFiles;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.EnumSource;

/** What is written in the files of rules is what the hub reads, and an editor knows it too. */
class RuleSchemasTest {

  private static final String PLAN =
      """
      zone: Asia/Shanghai
      holidays: calendars
      plans:
        - plan: hospital-lines
          type: inspection
          title: 医院专线季度巡检
          product-class: digital-hospital
          rhythm: {every-months: 3, on-working-day: 2, at: "09:00"}
          valid-from: 2026-01-01
          too-late: 7d
          subjects:
            - {subject: fangcheng-hospital, region: 防城区, attributes: {hospitalCode: H001, subsystem: HIS}}
      """;

  @TempDir private Path directory;

  @ParameterizedTest
  @EnumSource(names = {"TIME_LIMITS", "REPEATS", "MASS_FAULTS", "PLANS", "ASSESSMENT"})
  void theShippedRulesKeepToTheirSchemaAndNameIt(ManifestFile kind) throws IOException {
    Path file = Path.of(kind.pattern());

    assertThat(problems(kind, Files.readString(file))).isEmpty();
    assertThat(Files.readAllLines(file).get(0))
        .isEqualTo(
            "# yaml-language-server: $schema=../connectors/schema/%s".formatted(kind.schemaName()));
  }

  @Test
  void aPlanKeepsToTheSchema() throws IOException {
    assertThat(problems(ManifestFile.PLANS, PLAN)).isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          REPEATS     | follows-within: 90d       | folows-within: 90d      | 14 | unknown key 'folows-within'; known are
          REPEATS     | same: [customer, attributes.terminalId] | sames: [customer, attributes.terminalId] | 15 | the key 'same' is missing; written are [rule, when, sames, follows-within]
          REPEATS     | same: [customer, attributes.terminalId] | same: [custmer] | 15 | 'custmer' is nothing reports can have in common; known are
          REPEATS     | follows-within: 90d       | follows-within: 90 | 14 | write a number and a unit
          MASS_FAULTS | gathers: {kind: [fault],  | gathers: {kinds: [fault], | 13 | the key 'kind' is missing; written are [kinds, fault-domain]
          MASS_FAULTS | relays: [                 | relay: [                | 10 | the key 'relays' is missing; written are [mass-faults, relay]
          MASS_FAULTS | same-or-unknown           | same-or-nothing         | 13 | 'same-or-nothing'
          PLANS       | too-late: 7d              | to-late: 7d             | 10 | unknown key 'to-late'; known are
          PLANS       | on-working-day: 2         | on-workday: 2           | 8  | a rhythm is either 'cron', or 'every-months', 'on-working-day' and 'at'
          PLANS       | product-class:            | productclass:           | 7  | written are [plan, type, title, productclass,
          PLANS       | subjects:                 | subject:                | 8 | the key 'subjects' is missing; written are
          PLANS       | region:                   | district:               | 12 | unknown key 'district'; known are
          ASSESSMENT  | publish-at:               | publish:                | 7  | unknown key 'publish'; known are
          ASSESSMENT  | csv: utf-8                | csv: utf-16             | 11 | utf-16
          ASSESSMENT  | zone: Asia/Shanghai       | timezone: Asia/Shanghai | 4 | the key 'zone' is missing; written are [timezone,
          """)
  void aWrongKeyIsRefusedByTheHubAndTheSchema(
      ManifestFile kind, String right, String slip, int line, String cause) throws IOException {
    String text = kind == ManifestFile.PLANS ? PLAN : Files.readString(Path.of(kind.pattern()));
    assertThat(text).contains(right);
    Path file = directory.resolve(Path.of(kind.pattern()).getFileName());
    Files.writeString(file, text.replaceFirst(java.util.regex.Pattern.quote(right), slip));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> YamlFiles.read(file, kind.reader()))
        .withMessageContaining(cause)
        .satisfies(
            refused ->
                assertThat(refused.getMessage())
                    .startsWith(file.toString() + ", line ")
                    .satisfies(text1 -> assertThat(lineOf(text1)).isBetween(line - 4, line)));
    if (!slip.contains("custmer")) {
      assertThat(problems(kind, Files.readString(file))).isNotEmpty();
    }
  }

  private static int lineOf(String message) {
    return Integer.parseInt(message.replaceFirst("(?s).*?, line (\\d+):.*", "$1"));
  }

  private static Set<ValidationMessage> problems(ManifestFile kind, String yaml)
      throws IOException {
    return JsonSchemaFile.read(Path.of("connectors", "schema", kind.schemaName()))
        .validate(new JsonMapper().valueToTree(new YAMLMapper().readTree(yaml)));
  }
}
