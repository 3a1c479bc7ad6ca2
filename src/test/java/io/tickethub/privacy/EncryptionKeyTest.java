package io.tickethub.privacy;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class EncryptionKeyTest {

  private static final String KEY = "0123456789abcdefABCDEF".repeat(3).substring(0, 64);

  @TempDir Path directory;

  @Test
  void theKeyIsFoundInTheEnvironment() {
    assertThat(EncryptionKey.find("env:HUB_KEY", Map.of("HUB_KEY", KEY)::get))
        .isEqualTo(HexFormat.of().parseHex(KEY));
  }

  @Test
  void theKeyIsFoundInAFileThatIsMadeWhenItIsMissing() {
    String reference = "file:" + directory.resolve("secrets/key");

    byte[] made = EncryptionKey.find(reference, Map.<String, String>of()::get);

    assertThat(made).hasSize(32);
    assertThat(EncryptionKey.find(reference, Map.<String, String>of()::get)).isEqualTo(made);
  }

  @Test
  void aKeyInAFileOfTheOperatorsIsTaken() throws IOException {
    Path file = Files.writeString(directory.resolve("key"), KEY + "\n");

    assertThat(EncryptionKey.find("file:" + file, Map.<String, String>of()::get))
        .isEqualTo(HexFormat.of().parseHex(KEY));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "0123", "zz", "０１"})
  void whatIsNoKeyIsRefusedWithoutBeingShown(String value) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncryptionKey.find("env:HUB_KEY", Map.of("HUB_KEY", value + "x7")::get))
        .withMessageContaining("env:HUB_KEY does not hold 64 hexadecimal digits")
        .withMessageNotContaining("x7");
  }

  @Test
  void aMissingVariableIsNamed() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncryptionKey.find("env:NOT_SET", Map.<String, String>of()::get))
        .withMessageContaining("env:NOT_SET");
  }

  @Test
  void theKeyItselfInTheConfigurationIsRefusedWithoutBeingShown() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> EncryptionKey.find(KEY, Map.<String, String>of()::get))
        .withMessageContaining("never the key itself")
        .withMessageNotContaining(KEY);
  }
}
