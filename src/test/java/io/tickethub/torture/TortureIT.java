package io.tickethub.torture;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.EmbeddedHub;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A little of the tortures; all of them: {@code ./hub torture}. */
class TortureIT {

  private static final long SEED = 11;

  @ParameterizedTest
  @CsvSource({"kill, 3", "target-down, 3", "reply-lost, 60", "poison, 400", "duplicates, 100"})
  void whatIsPromisedHoldsALittle(String name, int cycles, @TempDir Path directory)
      throws Exception {
    Verdict verdict = new Verdict(Audit.LOST, Audit.DUPLICATED, Audit.REORDERED);
    Scenarios.named(name)
        .play(
            new Stage(
                EmbeddedHub.home(), directory, SEED, cycles, true, verdict, System.out::println));

    assertThat(verdict.complaints()).isEmpty();
    assertThat(verdict.holds()).isTrue();
    assertThat(verdict.facts()).containsKey("receipts");
  }
}
