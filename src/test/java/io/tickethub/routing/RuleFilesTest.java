package io.tickethub.routing;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;

import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A slip in a rule file is an error with its place, never a rule that silently does not apply. */
class RuleFilesTest {

  private static final String OWNERSHIP =
      """
      owners:
        - rule: partners
          owner: "@responsible"
      states:
        - rule: archiving
          states: [archived]
          by: [call-center]
          otherwise: request
      changes:
        - rule: transfers
          types: [transfer]
          by: ["@owner"]
          otherwise: conflict
      fields:
        - rule: customers
          fields: [customer]
          by: [crm-bss]
      """;

  private static final String PARTICIPANTS =
      """
      participants:
        - rule: the call centre follows every ticket
          system: call-center
          hears: [dispatched, replied]
      enrichment:
        - rule: customers come from CRM
          system: crm-bss
          others-wait: 2s
      """;

  @TempDir Path directory;

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          "@responsible" | "@responsable"   | 3  | '@responsable' stands for no system
          "@owner"       | "@ownr"          | 12 | '@ownr' stands for no system
          states: [archived]  | states: [archive]   | 6  | 'archive' is no ticket state
          types: [transfer]   | types: [transferr]  | 11 | 'transferr' is no type of change
          fields: [customer]  | fields: [custmer]   | 16 | 'custmer' is no field
          otherwise: request  | otherwise: refuse   | 8  | refuse
          otherwise: request  | otherwize: request  | 8  | the key 'otherwise' is missing
          states: [archived]  | types: [transfer]   | 1  | rule 'archiving' is about states
          types: [transfer]   | states: [archived]  | 1  | rule 'transfers' is about changes
          by: [crm-bss]       | by:                 | 17 | has no value
          """)
  void aSlipInOwnershipIsNamed(String right, String slip, int line, String cause)
      throws IOException {
    Path file = write("ownership.yaml", OWNERSHIP.replace(right, slip));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Ownership.read(file, ShippedRules.PRODUCTS))
        .withMessageContaining("ownership.yaml, line ")
        .withMessageContaining(cause)
        .satisfies(refused -> assertThat(lineOf(refused)).isBetween(line - 3, line));
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          dispatched         | dispached          | 'dispached' is no event
          dispatched         | state-changed      | 'state-changed' is no event
          system: call-center| system: "@must-no" | '@must-no' stands for no system
          system: crm-bss    | system: "@owner"   | '@owner' stands for no system here
          others-wait: 2s    | others-wait: 2     | write a number and a unit
          hears:             | heers:             | the key 'hears' is missing
          """)
  void aSlipInParticipantsIsNamed(String right, String slip, String cause) throws IOException {
    Path file = write("participants.yaml", PARTICIPANTS.replace(right, slip));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> Router.read(file, ShippedRules.OWNERSHIP, ShippedRules.PRODUCTS))
        .withMessageContaining("participants.yaml, line ")
        .withMessageContaining(cause);
  }

  @Test
  void theFilesWithoutASlipAreRead() throws IOException {
    Ownership ownership = Ownership.read(write("ownership.yaml", OWNERSHIP), ShippedRules.PRODUCTS);

    assertThat(
            Router.read(write("participants.yaml", PARTICIPANTS), ownership, ShippedRules.PRODUCTS))
        .isNotNull();
  }

  private static int lineOf(DefinitionException refused) {
    return Integer.parseInt(refused.getMessage().replaceFirst("(?s).*?, line (\\d+):.*", "$1"));
  }

  private Path write(String name, String text) throws IOException {
    return Files.writeString(directory.resolve(name), text);
  }
}
