package io.tickethub.cli;

import picocli.CommandLine.Option;

/** Why an operator does something. */
final class Reason {

  @Option(
      names = "--reason",
      paramLabel = "TEXT",
      description = "why, for the others and the audit")
  private String text;

  /** Null if none was given. */
  String text() {
    return text;
  }
}
