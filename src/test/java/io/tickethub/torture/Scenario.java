package io.tickethub.torture;

/** One way to torture the hub. */
interface Scenario {

  /** As it is named on the command line. */
  String name();

  /** What is done, and what must hold. */
  String promise();

  /** How often, if nobody says otherwise: the size the results are published for. */
  int cycles();

  /** Plays it; what was found goes to the stage's verdict. */
  void play(Stage stage) throws Exception;
}
