package io.tickethub.kit.scaffold.sample;

import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** Where a field is in a record: the names on the way to it, from the outside in. */
public record FieldPath(List<String> steps) {

  private static final Pattern PLAIN = Pattern.compile("[\\p{L}_][\\p{L}\\p{N}_]*");
  private static final Set<String> RESERVED =
      Set.of("and", "or", "in", "true", "false", "null", "function");

  public FieldPath {
    steps = List.copyOf(steps);
  }

  public static FieldPath of(String... steps) {
    return new FieldPath(List.of(steps));
  }

  FieldPath then(String step) {
    List<String> longer = new ArrayList<>(steps);
    longer.add(step);
    return new FieldPath(longer);
  }

  /** As a JSONata path. */
  public String expression() {
    return steps.stream().map(FieldPath::quoted).collect(Collectors.joining("."));
  }

  /** A name no JSONata path can hold. */
  boolean isUnspeakable() {
    return steps.stream().anyMatch(step -> step.indexOf('`') >= 0);
  }

  private static String quoted(String step) {
    return PLAIN.matcher(step).matches() && !RESERVED.contains(step) ? step : "`" + step + "`";
  }

  /** As people read it. */
  public String label() {
    return String.join(".", steps);
  }
}
