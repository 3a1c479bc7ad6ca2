package io.tickethub.kit.quality;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.definition.YamlFiles;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Holds the grade that each shipped folder claims to the rules. */
class ConnectorQualityTest {

  static Stream<Path> folders() {
    return GradedFolders.find(Path.of("connectors"), List.of()).stream();
  }

  @ParameterizedTest
  @MethodSource("folders")
  void theClaimsHoldAndReachGold(Path folder) {
    QualityReport report = Quality.grade(folder, Optional.of(true));

    assertThat(report.problems()).isEmpty();
    assertThat(report.grade().orElseThrow()).isGreaterThanOrEqualTo(Grade.GOLD);
  }

  @ParameterizedTest
  @MethodSource("folders")
  void everyRuleIsSpokenOf(Path folder) {
    QualityReport report = Quality.grade(folder, Optional.empty());
    QualityClaims claims = YamlFiles.read(folder.resolve(Quality.FILE), QualityClaims.class);

    assertThat(claims.rules().keySet())
        .containsExactlyInAnyOrderElementsOf(
            report.rules().stream().map(result -> result.rule().id()).toList());
  }
}
