package io.tickethub.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.tickethub.definition.DefinitionException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/** A JSONata expression with the hub's functions, bounded in time and depth. Thread-safe. */
public final class MappingExpression {

  private static final long MOST_MILLISECONDS = 1_000;
  private static final int DEEPEST = 200;

  private final String source;
  private final String text;
  private final Jsonata expression;

  private MappingExpression(String source, String text, MappingFunctions functions) {
    this.source = source;
    this.text = text;
    try {
      this.expression = Jsonata.jsonata(text);
    } catch (JException e) {
      throw new DefinitionException("%s: %s".formatted(place(e), e.getMessage()), e);
    }
    functions.registerWith(expression);
  }

  /** The expression in a file of a connector. */
  static MappingExpression file(Path file, MappingFunctions functions) {
    try {
      return new MappingExpression(file.toString(), Files.readString(file), functions);
    } catch (IOException e) {
      throw new DefinitionException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /** An expression written in a manifest; {@code source} names the place. */
  static MappingExpression inline(String source, String text, MappingFunctions functions) {
    return new MappingExpression(source, text, functions);
  }

  /** The value for an input, with {@code $name} for each variable; null for nothing. */
  Object evaluate(Object input, Map<String, Object> variables) {
    Jsonata.Frame frame = expression.createFrame();
    frame.setRuntimeBounds(MOST_MILLISECONDS, DEEPEST);
    variables.forEach(frame::bind);
    try {
      return expression.evaluate(input, frame);
    } catch (MappingException e) {
      throw new MappingException(located(e.problem(), input));
    } catch (JException e) {
      throw new MappingException(ProblemCode.MAPPING, "%s: %s".formatted(place(e), e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      throw new MappingException(
          ProblemCode.MAPPING, "%s: %s".formatted(source, e.getClass().getSimpleName()));
    }
  }

  private String place(JException e) {
    if (e.getLocation() <= 0) {
      return source;
    }
    int location = Math.min(e.getLocation(), text.length());
    long line = 1 + text.substring(0, location).chars().filter(c -> c == '\n').count();
    return "%s, line %d".formatted(source, line);
  }

  /** A function knows the value it refused, not where it came from: the input does. */
  private static Problem located(Problem problem, Object input) {
    if (problem.field() != null || problem.value() == null) {
      return problem;
    }
    return pathOf(problem.value(), input, "").map(problem::inField).orElse(problem);
  }

  private static Optional<String> pathOf(String value, Object tree, String path) {
    if (tree instanceof Map<?, ?> map) {
      return map.entrySet().stream()
          .map(
              entry ->
                  pathOf(
                      value,
                      entry.getValue(),
                      path.isEmpty()
                          ? String.valueOf(entry.getKey())
                          : path + "." + entry.getKey()))
          .flatMap(Optional::stream)
          .findFirst();
    }
    if (tree instanceof Iterable<?> list) {
      int index = 0;
      for (Object item : list) {
        Optional<String> found = pathOf(value, item, path + "[" + index++ + "]");
        if (found.isPresent()) {
          return found;
        }
      }
      return Optional.empty();
    }
    return tree != null && String.valueOf(tree).strip().equals(value)
        ? Optional.of(path)
        : Optional.empty();
  }
}
