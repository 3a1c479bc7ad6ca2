package io.tickethub.torture;

import io.tickethub.harness.Directories;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Random;
import java.util.function.Consumer;

/**
 * Where a scenario is played.
 *
 * @param home the source tree
 * @param directory the scenario's own, empty at the beginning
 * @param seed of everything that is chosen
 * @param cycles how often
 * @param verdict what was found
 * @param tell shows a line of progress
 */
record Stage(
    Path home, Path directory, long seed, int cycles, Verdict verdict, Consumer<String> tell) {

  /** Another stage below this one, with a share of the cycles and the same verdict. */
  Stage part(String name, int cycles) throws IOException {
    Path place = directory.resolve(name);
    Directories.empty(place);
    return new Stage(home, place, seed, cycles, verdict, tell);
  }

  Random random() {
    return new Random(seed);
  }

  void say(String line, Object... values) {
    tell.accept(line.formatted(values));
  }
}
