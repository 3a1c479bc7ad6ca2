package io.tickethub;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.torture.LittleTorture;
import java.nio.file.Path;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** A little of the tortures; all of them: {@code ./hub torture}. */
class TortureIT {

  @ParameterizedTest
  @Timeout(value = 5, unit = TimeUnit.MINUTES)
  @CsvSource({
    "kill, 3",
    "target-down, 3",
    "reply-lost, 60",
    "poison, 400",
    "duplicates, 100",
    "disorder, 12"
  })
  void whatIsPromisedHoldsALittle(String name, int cycles, @TempDir Path directory)
      throws Exception {
    assertThat(LittleTorture.play(name, cycles, directory)).matches("([a-z_]+=0 ?)+");
  }
}
