package io.tickethub.connector.folder;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.connector.folder.ConnectorManifest.Owner;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SettingValuesTest {

  private final SettingValues values =
      new SettingValues(Map.of("PASSWORD", "s3cret", "EMPTY", "", "BRACES", "{{url}}")::get);

  @TempDir Path directory;

  @Test
  void aGivenValueGoesBeforeTheDefault() {
    Setting setting = new Setting(Type.TEXT, "a queue", "usual");

    assertThat(resolve(setting, Map.of("my-queue", "other"))).isEqualTo("other");
    assertThat(resolve(setting, Map.of())).isEqualTo("usual");
  }

  @Test
  void hyphensAndCapitalsOfNamesDoNotMatter() {
    assertThat(resolve(new Setting(Type.TEXT, "a queue", null), Map.of("MYQUEUE", "q")))
        .isEqualTo("q");
  }

  @Test
  void aMissingSettingSaysWhereToGiveIt() {
    assertThatThrownBy(() -> resolve(new Setting(Type.TEXT, "a queue", null), Map.of()))
        .isInstanceOf(UnconfiguredException.class)
        .hasMessage(
            "setting 'my-queue' is missing (a queue): give it in hub.yaml under hub.connectors.settings.sample");
  }

  @Test
  void aMisspeltSettingIsRefused() {
    assertThatThrownBy(
            () -> resolve(new Setting(Type.TEXT, "a queue", "q"), Map.of("my-qeue", "x")))
        .isInstanceOf(DefinitionException.class)
        .hasMessage("connector sample has no setting 'my-qeue'; it has [my-queue]");
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, ' 300 ', 300",
    "DURATION, 10s, 10000",
    "DISTINGUISHED_NAME, 'cn=Hotline , o=Partner', 'CN=Hotline, O=Partner'",
    "DURATION, 500ms, 500",
    "URL, http://127.0.0.1:9/x, http://127.0.0.1:9/x",
    "URL, https://crm_host:8443, https://crm_host:8443"
  })
  void aValueOfItsTypeIsTaken(Type type, String given, String value) {
    assertThat(resolve(new Setting(type, "d", null), Map.of("my-queue", given))).isEqualTo(value);
  }

  @ParameterizedTest
  @CsvSource({
    "NUMBER, many",
    "NUMBER, 1.5",
    "DURATION, soon",
    "URL, crm.example.test",
    "URL, http:",
    "URL, 'http://a b'",
    "URL, /path",
    "TEXT, '{{secret}}'",
    "TEXT, 'a}}b'",
    "URL, 'http://a/{{secret}}'"
  })
  void aValueOfAnotherTypeOrWithAPlaceholderIsRefused(Type type, String given) {
    assertThatThrownBy(() -> resolve(new Setting(type, "d", null), Map.of("my-queue", given)))
        .isInstanceOf(DefinitionException.class)
        .hasMessageStartingWith(
            "setting 'my-queue' of connector sample is no "
                + type.name().toLowerCase(java.util.Locale.ROOT));
  }

  @Test
  void aSecretIsFetchedFromWhereItIs() throws IOException {
    Path file = Files.writeString(directory.resolve("secret"), "s3cret\n");

    assertThat(secret("env:PASSWORD")).isEqualTo("s3cret");
    assertThat(secret("file:" + file)).isEqualTo("s3cret");
  }

  @Test
  void aSecretThatIsNotThereIsMissing() throws IOException {
    Path empty = Files.writeString(directory.resolve("empty"), "\n");
    for (String reference :
        new String[] {
          "env:MISSING", "env:EMPTY", "file:" + directory.resolve("missing"), "file:" + empty
        }) {
      assertThatThrownBy(() -> secret(reference))
          .as(reference)
          .isInstanceOf(UnconfiguredException.class)
          .hasMessageContaining("setting 'my-queue' of connector sample");
    }
  }

  @Test
  void aSecretInClearTextIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> secret("Pa55word"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageContaining("write env:NAME or file:PATH")
        .hasMessageNotContaining("Pa55word");
  }

  @Test
  void aSecretThatIsAPlaceholderIsRefusedAndNotRepeated() {
    assertThatThrownBy(() -> secret("env:BRACES"))
        .isInstanceOf(DefinitionException.class)
        .hasMessageNotContaining("{{url}}");
  }

  private String secret(String reference) {
    return resolve(new Setting(Type.SECRET, "a secret", null), Map.of("my-queue", reference));
  }

  private String resolve(Setting setting, Map<String, String> given) {
    ConnectorManifest manifest =
        new ConnectorManifest(
            "sample",
            Map.of(),
            new Owner("t", "c"),
            Map.of("my-queue", setting),
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null,
            null);
    return values.resolve(manifest, given).get("my-queue");
  }
}
