package io.tickethub.replay;

/** How many dead letters a step of a replay takes: 1, 5, 50, 500, and 500 in every later one. */
final class Ramp {

  private static final int[] STEPS = {1, 5, 50, 500};

  private Ramp() {}

  /** {@code step} is 1 for the first. */
  static int size(int step) {
    return STEPS[Math.min(step, STEPS.length) - 1];
  }

  /** Whether a step went badly enough to stop: the first by any failure. */
  static boolean isBroken(int step, long failed, long taken, double share) {
    return failed > (step == 1 ? 0 : share * taken);
  }
}
