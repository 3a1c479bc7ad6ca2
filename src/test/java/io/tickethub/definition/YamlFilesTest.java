package io.tickethub.definition;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatExceptionOfType;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.fasterxml.jackson.annotation.JsonProperty;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DayOfWeek;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.springframework.util.unit.DataSize;

class YamlFilesTest {

  @TempDir Path directory;

  record Rule(
      @JsonProperty(required = true) String name,
      List<String> by,
      Map<String, Duration> limits,
      Duration pause,
      DataSize size,
      Integer attempts,
      DayOfWeek day,
      Boolean partner) {}

  record Rules(@JsonProperty(required = true) List<Rule> rules) {}

  @Test
  void aFileIsReadAsItsRecordSays() throws IOException {
    Rule rule =
        read(
            """
            name: 派单
            by: [call-center, fault-112]
            limits: {gold: 4h, otherwise: 3d}
            pause: 500ms
            size: 64KB
            attempts: 3
            day: monday
            """,
            Rule.class);

    assertThat(rule.name()).isEqualTo("派单");
    assertThat(rule.by()).containsExactly("call-center", "fault-112");
    assertThat(rule.limits())
        .isEqualTo(Map.of("gold", Duration.ofHours(4), "otherwise", Duration.ofDays(3)));
    assertThat(rule.pause()).isEqualTo(Duration.ofMillis(500));
    assertThat(rule.size()).isEqualTo(DataSize.ofKilobytes(64));
    assertThat(rule.day()).isEqualTo(DayOfWeek.MONDAY);
    assertThat(rule.partner()).isNull();
  }

  @Test
  void anUnknownKeyIsNamedWithItsLineAndTheKnownOnes() throws IOException {
    assertThat(refusal("name: a\nbuy: [x]\npause: 1s\n"))
        .contains("rule.yaml, line 2", "unknown key 'buy'", "by", "pause");
  }

  @Test
  void aRepeatedKeyIsNamedWithItsLine() throws IOException {
    assertThat(refusal("name: a\nwait: 1s\nname: b\n")).contains("rule.yaml, line 3", "'name'");
  }

  @Test
  void aRepeatedKeyInsideAListIsNamedWithItsLine() throws IOException {
    Path file = write("rules:\n  - name: a\n    pause: 1s\n    pause: 2s\n    day: monday\n");

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> YamlFiles.read(file, Rules.class))
        .withMessageContaining("rule.yaml, line 4: ")
        .withMessageContaining("'pause'");
  }

  @Test
  void aMissingRequiredKeyIsNamed() throws IOException {
    assertThat(refusal("by: [x]\n")).contains("rule.yaml, line 1", "the key 'name' is missing");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"name:\n", "name: ~\n", "name: null\n", "name: a\nby: [x, ~]\n", "name: a\nby:\n"})
  void aKeyWithoutAValueIsAnError(String yaml) throws IOException {
    assertThat(refusal(yaml)).contains("rule.yaml, line ", "has no value");
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          by: call-center       | by
          by: {a: b}            | by
          limits: 4h            | limits
          limits: {gold: soon}  | limits.gold
          attempts: many        | attempts
          attempts: 1.5         | attempts
          day: someday          | day
          day: 1                | day
          partner: perhaps      | partner
          pause: 4               | pause
          pause: -4h             | pause
          pause: 4 fortnights    | pause
          size: 64              | size
          size: -1MB            | size
          size: big             | size
          """)
  void aValueOfTheWrongTypeIsNamedWithItsPathAndLine(String line, String path) throws IOException {
    assertThat(refusal("name: a\n" + line + "\n")).contains("rule.yaml, line 2: " + path + ": ");
  }

  @Test
  void anErrorInsideAListSaysWhichEntry() throws IOException {
    Path file = write("rules:\n  - name: a\n  - name: b\n    pause: soon\n");

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> YamlFiles.read(file, Rules.class))
        .withMessageContaining("line 4: rules[1].pause: ");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "# nothing but a remark\n", "---\n", "~\n", "---\n---\n"})
  void anEmptyFileIsAnError(String yaml) throws IOException {
    assertThat(refusal(yaml)).contains("rule.yaml");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"name: [a\n", "name: a\n\tby: x\n", "name: 'a\n", "- name: a\n", "\"name\n"})
  void whatIsNotYamlIsAnErrorWithItsLine(String yaml) throws IOException {
    assertThat(refusal(yaml)).contains("rule.yaml, line ");
  }

  @Test
  void aSecondDocumentIsNotIgnored() throws IOException {
    assertThat(refusal("name: a\n---\nname: b\n")).contains("rule.yaml, line ");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "by: &x [a]\nname: *x\n",
        "name: &x a\nby: [*x]\n",
        "name: &x a\nlimits: {<<: *x}\n"
      })
  void anAliasIsNotTakenForTheNameOfItsAnchor(String yaml) throws IOException {
    assertThat(refusal(yaml)).contains("rule.yaml, line 2", "alias");
  }

  @Test
  void aBillionLaughsAreRefusedAtTheFirst() throws IOException {
    StringBuilder yaml = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
    for (char name = 'b'; name <= 'k'; name++) {
      String before = ("*" + (char) (name - 1) + ", ").repeat(8);
      yaml.append("%c: &%c [%s*%c]%n".formatted(name, name, before, name - 1));
    }
    assertThat(refusal(yaml.toString())).contains("rule.yaml, line 2", "alias");
  }

  @Test
  void aFileNestedWithoutEndIsRefused() throws IOException {
    assertThat(refusal("name: " + "[".repeat(100_000))).contains("rule.yaml, line 1", "deep");
  }

  @Test
  void aMissingFileIsNamed() {
    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> YamlFiles.read(directory.resolve("none.yaml"), Rule.class))
        .withMessageContaining("none.yaml: there is no such file");
  }

  @Test
  void aFileInAnotherCharsetSaysSo() throws IOException {
    Path file = directory.resolve("rule.yaml");
    Files.write(file, "name: 派单\n".getBytes(Charset.forName("GBK")));

    assertThatExceptionOfType(DefinitionException.class)
        .isThrownBy(() -> YamlFiles.read(file, Rule.class))
        .withMessageContaining("rule.yaml")
        .withMessageContaining("UTF-8");
  }

  @Test
  void aByteOrderMarkIsNoPartOfTheFirstKey() throws IOException {
    assertThat(read("\uFEFFname: a\n", Rule.class).name()).isEqualTo("a");
  }

  private String refusal(String yaml) throws IOException {
    Path file = write(yaml);
    DefinitionException refused =
        catchThrowableOfType(DefinitionException.class, () -> YamlFiles.read(file, Rule.class));
    assertThat(refused).isNotNull().hasMessageNotContaining("io.tickethub");
    return refused.getMessage();
  }

  private <T> T read(String yaml, Class<T> type) throws IOException {
    return YamlFiles.read(write(yaml), type);
  }

  private Path write(String yaml) throws IOException {
    return Files.writeString(directory.resolve("rule.yaml"), yaml, StandardCharsets.UTF_8);
  }
}
