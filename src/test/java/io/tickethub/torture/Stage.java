package io.tickethub.torture;

import io.tickethub.harness.Directories;
import io.tickethub.harness.HubProcess;
import java.io.IOException;
import java.net.URI;
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
 * @param little only to see that it holds at all: from the jar the build has just made, and without
 *     a look at the clock
 * @param verdict what was found
 * @param tell shows a line of progress
 */
record Stage(
    Path home,
    Path directory,
    long seed,
    int cycles,
    boolean little,
    Verdict verdict,
    Consumer<String> tell) {

  /** Another stage below this one, with a share of the cycles and the same verdict. */
  Stage part(String name, int cycles) throws IOException {
    Path place = directory.resolve(name);
    Directories.empty(place);
    return new Stage(home, place, seed, cycles, little, verdict, tell);
  }

  /** The hub of a directory that holds {@code hub.yaml}. */
  HubProcess hub(URI url) {
    return little ? HubProcess.ofJar(home, directory, url) : new HubProcess(home, directory, url);
  }

  Random random() {
    return new Random(seed);
  }

  void say(String line, Object... values) {
    tell.accept(line.formatted(values));
  }
}
