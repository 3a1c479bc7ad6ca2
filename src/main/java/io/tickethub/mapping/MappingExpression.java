package io.tickethub.mapping;

import com.dashjoin.jsonata.JException;
import com.dashjoin.jsonata.Jsonata;
import io.tickethub.definition.DefinitionException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** A JSONata expression with the hub's functions, bounded in time and depth. Thread-safe. */
public final class MappingExpression {

  private static final Pattern NAME = Pattern.compile("[@#]?[\\p{L}_][\\p{L}\\p{N}_-]*");

  private final String source;
  private final String text;
  private final Jsonata expression;
  private final boolean looksThroughInput;

  /**
   * @param file as the operator knows it, for faults of the definition
   * @param source as senders may know it, for problems of messages
   */
  private MappingExpression(String file, String source, String text, MappingFunctions functions) {
    this.source = source;
    this.text = text;
    try {
      this.expression = Jsonata.jsonata(text);
    } catch (JException e) {
      throw new DefinitionException("%s: %s".formatted(place(file, e), e.getMessage()), e);
    }
    functions.registerWith(expression);
    this.looksThroughInput = functions.checksInput();
    expression.setValidateInput(looksThroughInput);
  }

  /** The expression in a file of a connector. */
  static MappingExpression file(Path file, MappingFunctions functions) {
    try {
      return new MappingExpression(
          file.toString(), inFolder(file), Files.readString(file), functions);
    } catch (IOException e) {
      throw new DefinitionException(file + ": cannot be read: " + e.getMessage(), e);
    }
  }

  /**
   * An expression written in a manifest.
   *
   * @param place as the operator knows it
   * @param source as senders may know it
   */
  static MappingExpression inline(
      String place, String source, String text, MappingFunctions functions) {
    return new MappingExpression(place, source, text, functions);
  }

  /** The file as somebody outside may know it: by its folder, not by the machine's path. */
  static String inFolder(Path file) {
    int names = file.getNameCount();
    return file.subpath(Math.max(0, names - 2), names).toString().replace('\\', '/');
  }

  /** The value for an input, with {@code $name} for each variable; null for nothing. */
  Object evaluate(Object input, Map<String, Object> variables) {
    Jsonata.Frame frame = expression.createFrame();
    EvaluationLimits.watch(frame);
    variables.forEach(frame::bind);
    try {
      return expression.evaluate(input, frame);
    } catch (RefusalInMapping e) {
      throw new MappingException(located(e, input));
    } catch (JException e) {
      throw new MappingException(
          ProblemCode.MAPPING, "%s: %s".formatted(place(source, e), e.getMessage()));
    } catch (RuntimeException | StackOverflowError e) {
      throw new MappingException(
          ProblemCode.MAPPING, "%s: %s".formatted(source, e.getClass().getSimpleName()));
    }
  }

  String source() {
    return source;
  }

  private String place(String where, JException e) {
    if (e.getLocation() <= 0) {
      return where;
    }
    int location = Math.min(e.getLocation(), text.length());
    long line = 1 + text.substring(0, location).chars().filter(c -> c == '\n').count();
    return "%s, line %d".formatted(where, line);
  }

  /**
   * A function knows the value it refused, not where it came from: the input does, and the call
   * says which of several fields with this value is meant.
   */
  private Problem located(RefusalInMapping refusal, Object input) {
    Problem problem = refusal.problem().foundBy(place(source, refusal));
    if (!looksThroughInput || problem.field() != null || problem.value() == null) {
      return problem;
    }
    List<String> paths = new ArrayList<>();
    collectPaths(problem.value(), input, "", paths);
    Set<String> named = namesInCall(refusal.getLocation());
    return paths.stream()
        .filter(path -> named.contains(lastName(path)))
        .findFirst()
        .or(() -> paths.stream().findFirst())
        .map(problem::inField)
        .orElse(problem);
  }

  private static String lastName(String path) {
    return path.substring(path.lastIndexOf('.') + 1).replaceAll("\\[\\d+]$", "");
  }

  /** The names between the parentheses of the call at a place of the text. */
  private Set<String> namesInCall(int location) {
    int begin = location <= 0 ? -1 : text.lastIndexOf('(', Math.min(location, text.length() - 1));
    Set<String> names = new HashSet<>();
    if (begin >= 0) {
      int depth = 0;
      int end = begin;
      do {
        depth += text.charAt(end) == '(' ? 1 : text.charAt(end) == ')' ? -1 : 0;
        end++;
      } while (end < text.length() && depth > 0);
      Matcher name = NAME.matcher(text.substring(begin, end));
      while (name.find()) {
        names.add(name.group());
      }
    }
    return names;
  }

  private static void collectPaths(String value, Object tree, String path, List<String> paths) {
    if (tree instanceof Map<?, ?> map) {
      map.forEach(
          (name, child) ->
              collectPaths(value, child, path.isEmpty() ? "" + name : path + "." + name, paths));
    } else if (tree instanceof Iterable<?> list) {
      int index = 0;
      for (Object item : list) {
        collectPaths(value, item, path + "[" + index++ + "]", paths);
      }
    } else if (tree != null && String.valueOf(tree).strip().equals(value.strip())) {
      paths.add(path);
    }
  }
}
