package io.tickethub.torture;

import io.tickethub.harness.EmbeddedHub;
import java.nio.file.Path;

/** A scenario in small, for every build. */
public final class LittleTorture {

  private static final long SEED = 11;

  private LittleTorture() {}

  /**
   * Plays it in an empty directory with the jar of this build.
   *
   * @return what was found, {@code lost=0 …}, and every complaint; one line if all is well
   */
  public static String play(String name, int cycles, Path directory) throws Exception {
    Verdict verdict = new Verdict(Audit.LOST, Audit.DUPLICATED, Audit.REORDERED);
    Scenarios.named(name)
        .play(
            new Stage(
                EmbeddedHub.home(), directory, SEED, cycles, true, verdict, System.out::println));
    if (!verdict.facts().containsKey("receipts") && !verdict.facts().containsKey("archived")) {
      verdict.violation("unaudited", "nobody looked at what took effect");
    }
    return verdict.holds()
        ? verdict.line()
        : verdict.line() + "\n" + String.join("\n", verdict.complaints());
  }
}
