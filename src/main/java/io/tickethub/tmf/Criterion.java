package io.tickethub.tmf;

import com.fasterxml.jackson.databind.JsonNode;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.OffsetDateTime;
import java.time.ZoneOffset;
import java.time.format.DateTimeParseException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * One condition of a query (TMF630): a property, also one within others ({@code
 * relatedParty.role}), an operator, and values of which one has to fit. Of a list, one element has
 * to fit.
 */
record Criterion(String property, Operator operator, List<String> values) {

  /** How a property is compared. */
  enum Operator {
    EQ,
    NE,
    GT,
    GTE,
    LT,
    LTE
  }

  boolean fits(JsonNode resource) {
    List<JsonNode> found = new ArrayList<>();
    collect(resource, List.of(property.split("\\.")), found);
    if (operator == Operator.NE) {
      return found.stream().noneMatch(node -> values.stream().anyMatch(node.asText()::equals));
    }
    return found.stream().anyMatch(node -> values.stream().anyMatch(value -> fits(node, value)));
  }

  private static void collect(JsonNode node, List<String> path, List<JsonNode> found) {
    if (node.isArray()) {
      node.forEach(element -> collect(element, path, found));
    } else if (path.isEmpty()) {
      if (node.isValueNode() && !node.isNull()) {
        found.add(node);
      }
    } else if (node.has(path.get(0))) {
      collect(node.get(path.get(0)), path.subList(1, path.size()), found);
    }
  }

  private boolean fits(JsonNode node, String value) {
    if (operator == Operator.EQ) {
      return node.asText().equals(value)
          || compared(node.asText(), value).filter(order -> order == 0).isPresent();
    }
    int order = compared(node.asText(), value).orElseGet(() -> node.asText().compareTo(value));
    return switch (operator) {
      case GT -> order > 0;
      case GTE -> order >= 0;
      case LT -> order < 0;
      case LTE -> order <= 0;
      default -> throw new IllegalStateException(operator.name());
    };
  }

  /** As numbers or as times; empty if they are not both the same of these. */
  private static Optional<Integer> compared(String one, String other) {
    Optional<Instant> first = time(one);
    Optional<Instant> second = time(other);
    if (first.isPresent() && second.isPresent()) {
      return Optional.of(first.get().compareTo(second.get()));
    }
    return number(one).flatMap(left -> number(other).map(left::compareTo));
  }

  private static Optional<BigDecimal> number(String text) {
    if (text.length() > 40 || !text.matches("-?\\d+(\\.\\d+)?")) {
      return Optional.empty();
    }
    return Optional.of(new BigDecimal(text));
  }

  /** A date is its beginning in UTC. */
  static Optional<Instant> time(String text) {
    if (text.length() < 10 || text.charAt(4) != '-') {
      return Optional.empty();
    }
    try {
      return Optional.of(
          text.length() == 10
              ? LocalDate.parse(text).atStartOfDay(ZoneOffset.UTC).toInstant()
              : OffsetDateTime.parse(text).toInstant());
    } catch (DateTimeParseException e) {
      return Optional.empty();
    }
  }
}
