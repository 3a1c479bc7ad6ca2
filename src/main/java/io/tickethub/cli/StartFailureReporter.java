package io.tickethub.cli;

import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalysisReporter;

/** Says in one line why the hub does not start. */
public final class StartFailureReporter implements FailureAnalysisReporter {

  @Override
  public void report(FailureAnalysis analysis) {
    System.err.println(
        "hub: it does not start: %s %s"
            .formatted(line(analysis.getDescription()), line(analysis.getAction())));
  }

  private static String line(String text) {
    String sentence = text == null ? "" : text.strip().replaceAll("\\s+", " ");
    return sentence.isEmpty() || sentence.endsWith(".") ? sentence : sentence + ".";
  }
}
