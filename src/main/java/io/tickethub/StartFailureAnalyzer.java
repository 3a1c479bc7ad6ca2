package io.tickethub;

import io.tickethub.definition.DefinitionException;
import org.springframework.boot.diagnostics.AbstractFailureAnalyzer;
import org.springframework.boot.diagnostics.FailureAnalysis;

/** A wrong file of rules is a person's mistake: it is told in a sentence, not in a stack trace. */
public final class StartFailureAnalyzer extends AbstractFailureAnalyzer<DefinitionException> {

  @Override
  protected FailureAnalysis analyze(Throwable failure, DefinitionException cause) {
    return new FailureAnalysis(cause.getMessage(), "Mend the file and start the hub again.", cause);
  }
}
