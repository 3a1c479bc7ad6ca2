package io.tickethub.definition;

/**
 * A file of a connector or product adapter is wrong: an engineer has to mend it. The message names
 * file, line and cause.
 */
public final class DefinitionException extends RuntimeException {

  public DefinitionException(String message) {
    super(message);
  }

  public DefinitionException(String message, Throwable cause) {
    super(message, cause);
  }
}
