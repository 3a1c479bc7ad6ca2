package io.tickethub.service;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.JsonSchemaFile;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.TicketKind;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip in the rules is an error with its place, never a limit that silently does not apply. */
class LimitRulesTest {

  private static final Path SHIPPED = Path.of("routes", "time-limits.yaml");

  private static final String RULES =
      """
      zone: Asia/Shanghai
      calendars:
        office: {holidays: calendars, hours: ["09:00-12:00", "14:00-18:00"]}
      limits:
        - limit: repair
          titles: {en: Repair, zh: 修复}
          source: tests
          measures: repair
          calendar: office
          amount: 2d
          valid-until: 2026-06-30
          warn-at: [0.5]
          escalate: [{at: 1.0, level: 1, to: "@owner"}]
        - limit: repair-from-july
          titles: {en: Repair, zh: 修复}
          source: tests
          measures: repair
          amount: 1h
          valid-from: 2026-07-01
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          amount: 2d            | amount: 2 days            | '2 days' is no time
          amount: 2d            | amount: 0d                | '0d' is no time
          amount: 2d            | amont: 2d                 | unknown key 'amont'
          measures: repair      | measures: repare          | 'repare' is none of
          calendar: office      | calendar: ofice           | there is no calendar 'ofice'
          09:00-12:00           | 09:00-1200                | are no hours
          09:00-12:00           | 09:00-15:00               | working hours overlap
          holidays: calendars   | holidays: ../elsewhere    | is not below
          valid-from: 2026-07-01| valid-from: July          | valid-from
          warn-at: [0.5]        | warn-at: [1.5]            | 'warn-at' has fractions between 0 and 1
          "@owner"              | "@ownr"                   | '@ownr' stands for no system
          level: 1              | level: 0                  | a 'level' from 1 on
          limit: repair-from-july | limit: repair           | there are two limits 'repair'
          amount: 1h            | answered-by: [feedback]   | only first-response and feedback
          zone: Asia/Shanghai   | zone: Asia/Shangai        | zone
          source: tests         | source:                   | has no value
          """)
  void aSlipIsNamed(String right, String slip, String cause) throws IOException {
    Path file = write(RULES.replace(right, slip));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> read(file))
        .withMessageContaining("time-limits.yaml")
        .withMessageContaining(cause);
  }

  @ParameterizedTest
  @CsvSource({
    "2026-06-29 17:00, repair, 2026-07-01 17:00",
    "2026-06-26 11:30, repair, 2026-06-30 11:30",
    "2026-06-30 19:00, repair, 2026-07-02 18:00",
    "2026-07-01 09:00, repair-from-july, 2026-07-01 10:00"
  })
  void aLimitIsByTheDayOfTheReportAndCountsItsHoursOnly(String opened, String limit, String due)
      throws IOException {
    LimitedTicket ticket =
        LimitedTicket.opened(
            opened,
            LimitedTicket.content(TicketKind.FAULT, "general", null, "x", Map.of()),
            write(RULES));

    assertThat(ticket.due(limit)).isEqualTo(due);
    assertThat(ticket.explained(opened).clocks()).hasSize(1);
  }

  @Test
  void withoutTheFileThereAreNoLimits() {
    assertThat(read(directory.resolve("time-limits.yaml"))).isNotNull();
  }

  @Test
  void theShippedRulesKeepToTheirSchema() throws IOException {
    Path schema = Path.of("connectors", "schema", "time-limits.schema.json");

    assertThat(
            JsonSchemaFile.read(schema)
                .validate(
                    new JsonMapper()
                        .valueToTree(new YAMLMapper().readTree(Files.readString(SHIPPED)))))
        .isEmpty();
    assertThat(Files.readAllLines(SHIPPED).get(0))
        .isEqualTo("# yaml-language-server: $schema=../connectors/schema/time-limits.schema.json");
  }

  private static TimeLimits read(Path file) {
    return TimeLimits.read(file, ProductCatalog.read(Path.of("connectors", "products")), y -> {});
  }

  private Path write(String text) throws IOException {
    Path calendars = Files.createDirectories(directory.resolve("calendars"));
    Files.copy(
        Path.of("routes", "calendars", "2026.json"),
        calendars.resolve("2026.json"),
        java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    return Files.writeString(directory.resolve("time-limits.yaml"), text);
  }
}
