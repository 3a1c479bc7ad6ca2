package io.tickethub.kit.contract;

/** Something to be tried. */
record Case(String name, Trial trial) {

  /** Throws if what is tried does not hold. */
  @FunctionalInterface
  interface Trial {
    void run() throws Exception;
  }
}
