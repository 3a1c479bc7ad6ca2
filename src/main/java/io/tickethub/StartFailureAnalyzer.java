package io.tickethub;

import io.tickethub.definition.DefinitionException;
import java.io.UncheckedIOException;
import java.util.Locale;
import java.util.stream.Stream;
import org.flywaydb.core.api.exception.FlywayValidateException;
import org.springframework.boot.context.properties.bind.BindException;
import org.springframework.boot.diagnostics.FailureAnalysis;
import org.springframework.boot.diagnostics.FailureAnalyzer;
import org.springframework.core.convert.ConversionFailedException;
import org.springframework.core.convert.TypeDescriptor;
import org.yaml.snakeyaml.error.MarkedYAMLException;

/**
 * A wrong file, a folder that cannot be written, a database that does not answer: a person's matter
 * is told in a sentence, not in a stack trace.
 */
public final class StartFailureAnalyzer implements FailureAnalyzer {

  @Override
  public FailureAnalysis analyze(Throwable failure) {
    for (Throwable cause = failure; cause != null; cause = cause.getCause()) {
      String sentence = sentence(cause);
      if (sentence != null) {
        return new FailureAnalysis(sentence, "Mend that and start the hub again.", failure);
      }
    }
    return null;
  }

  private static String sentence(Throwable cause) {
    if (cause instanceof DefinitionException) {
      return cause.getMessage();
    }
    if (cause instanceof MarkedYAMLException yaml) {
      return "the configuration is no YAML: line %d, column %d: %s"
          .formatted(
              yaml.getProblemMark().getLine() + 1,
              yaml.getProblemMark().getColumn() + 1,
              yaml.getProblem());
    }
    if (cause instanceof BindException bind && bind.getProperty() != null) {
      return "%s: %s cannot be '%s'%s"
          .formatted(
              bind.getProperty().getOrigin(),
              bind.getProperty().getName(),
              bind.getProperty().getValue(),
              choice(bind.getCause()));
    }
    if (cause instanceof FlywayValidateException) {
      return "the database's tables are not those that this version of the hub made: "
          + cause.getMessage();
    }
    if (cause instanceof UncheckedIOException && isOurs(cause)) {
      return "%s: %s".formatted(cause.getMessage(), cause.getCause().getMessage());
    }
    boolean mistake =
        cause instanceof IllegalStateException || cause instanceof IllegalArgumentException;
    return mistake && isOurs(cause) ? cause.getMessage() : null;
  }

  /** What there is to choose from, as it is written in files. */
  private static String choice(Throwable cause) {
    if (!(cause instanceof ConversionFailedException failed)) {
      return "";
    }
    TypeDescriptor element = failed.getTargetType().getElementTypeDescriptor();
    Object[] constants =
        (element == null ? failed.getTargetType() : element).getType().getEnumConstants();
    return constants == null
        ? ""
        : "; there are "
            + Stream.of(constants)
                .map(constant -> ((Enum<?>) constant).name().toLowerCase(Locale.ROOT))
                .map(name -> name.replace('_', '-'))
                .toList();
  }

  /** What the hub's own code throws on purpose has a message for people. */
  private static boolean isOurs(Throwable cause) {
    StackTraceElement[] places = cause.getStackTrace();
    return places.length > 0 && places[0].getClassName().startsWith("io.tickethub.");
  }
}
