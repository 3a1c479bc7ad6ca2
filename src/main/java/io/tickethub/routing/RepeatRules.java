package io.tickethub.routing;

import com.fasterxml.jackson.annotation.JsonProperty;
import io.tickethub.product.Condition;
import java.time.Duration;
import java.util.List;
import java.util.Set;

/** The content of {@code routes/repeats.yaml}: which reports are of the same trouble (重复申告). */
public record RepeatRules(@JsonProperty(required = true) List<Repeat> repeats) {

  static final String ATTRIBUTE = "attributes.";

  private static final Set<String> PARTS =
      Set.of("customer", "account", "phone", "region", "fault-domain", "title");

  /**
   * One way in which reports are the same.
   *
   * @param same what they have in common beside kind and product class: {@code customer} (its
   *     number), {@code account}, {@code phone}, {@code region}, {@code fault-domain}, {@code
   *     title}, {@code attributes.NAME}; a report that lacks one of them is no repeat by this rule
   * @param followsWithin how long after archiving a report is linked to the archived ticket; null
   *     for ever
   */
  public record Repeat(
      @JsonProperty(required = true) String rule,
      Condition when,
      @JsonProperty(required = true) List<String> same,
      @JsonProperty("follows-within") Duration followsWithin) {
    public Repeat {
      when = when == null ? Condition.ALWAYS : when;
      if (same.isEmpty()) {
        throw new IllegalArgumentException(
            "rule '%s': 'same' is empty: every report would be the same".formatted(rule));
      }
      for (String part : same) {
        boolean attribute = part.startsWith(ATTRIBUTE) && part.length() > ATTRIBUTE.length();
        if (!attribute && !PARTS.contains(part)) {
          throw new IllegalArgumentException(
              "rule '%s': '%s' is nothing reports can have in common; known are %s and %sNAME"
                  .formatted(rule, part, PARTS.stream().sorted().toList(), ATTRIBUTE));
        }
      }
    }
  }
}
