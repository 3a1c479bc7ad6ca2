package io.tickethub.kit.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.definition.YamlFiles;
import io.tickethub.harness.ShippedConnectors;
import io.tickethub.kit.quality.QualityClaims.Claim;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class QualityFileTest {

  @TempDir Path directory;
  private Path folder;

  @BeforeEach
  void copyConnector() throws IOException {
    folder = directory.resolve("partner-transport");
    ShippedConnectors.copy(directory, "partner-transport");
  }

  @Test
  void aFolderWithoutOneGetsWhatTheProgramFindsAndNoMore() throws IOException {
    Files.delete(folder.resolve("quality.yaml"));
    write();

    assertThat(claims().claims()).isEqualTo(Grade.BRONZE);
    assertThat(claim("schemas").isDone()).isTrue();
    assertThat(claim("contract-suite").todo()).contains("hub connector test partner-transport");
    assertThat(claim("partner-agreed").todo()).isEqualTo("to be said: who and when");
    assertThat(Quality.grade(folder, Optional.empty()).problems()).isEmpty();
  }

  @Test
  void whatIsMissingIsToDoUntilItIsThere() throws IOException {
    Files.delete(folder.resolve("quality.yaml"));
    replace("connector.yaml", "limits: {size:", "limits: {depth: 20} # {size:");
    write();
    assertThat(claim("limits").todo()).isEqualTo("missing: channel 'progress' has no limits.size");

    replace("connector.yaml", "limits: {depth: 20} # {size:", "limits: {size:");
    write();
    assertThat(claim("limits").isDone()).isTrue();
  }

  @Test
  void whatAPersonWroteStays() throws IOException {
    QualityClaims before = claims();

    new QualityFile(folder).write(Map.of("schemas", "really?"));

    assertThat(claims()).isEqualTo(before);
    assertThat(content()).startsWith("# yaml-language-server: ");
    assertThat(new QualityFile(folder).write(Map.of())).isFalse();
  }

  @Test
  void aPersonsDoubtOutlivesWhatTheProgramFinds() throws IOException {
    replace("quality.yaml", "  schemas: done", "  schemas: {todo: the partner sends a new one}");
    write();

    assertThat(claim("schemas").todo()).isEqualTo("the partner sends a new one");
    assertThat(claims().claims()).as("nobody's claim is lowered in silence").isEqualTo(Grade.GOLD);
    assertThat(Quality.grade(folder, Optional.empty()).problems()).isNotEmpty();
  }

  @Test
  void aQuestionIsAskedUntilAPersonAnswersIt() throws IOException {
    Files.delete(folder.resolve("quality.yaml"));
    new QualityFile(folder).write(Map.of("repetition-harmless", "ask them"));
    write();
    assertThat(claim("repetition-harmless").todo()).isEqualTo("ask them");

    replace(
        "quality.yaml", "repetition-harmless: {todo: \"ask them\"}", "repetition-harmless: done");
    replace("quality.yaml", claimLine("contract-suite"), "  contract-suite: done");
    write();
    assertThat(claims().claims()).isEqualTo(Grade.SILVER);
  }

  private String claimLine(String rule) throws IOException {
    return content()
        .lines()
        .filter(line -> line.startsWith("  " + rule + ":"))
        .findFirst()
        .orElseThrow();
  }

  private void write() {
    new QualityFile(folder).write(Map.of());
  }

  private String content() throws IOException {
    return Files.readString(folder.resolve("quality.yaml"));
  }

  private QualityClaims claims() {
    return YamlFiles.read(folder.resolve("quality.yaml"), QualityClaims.class);
  }

  private Claim claim(String rule) {
    return claims().rules().get(rule);
  }

  private void replace(String file, String text, String otherwise) throws IOException {
    Path path = folder.resolve(file);
    String before = Files.readString(path);
    assertThat(before).contains(text);
    Files.writeString(path, before.replace(text, otherwise));
  }
}
