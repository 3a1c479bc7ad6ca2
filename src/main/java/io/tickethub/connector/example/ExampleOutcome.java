package io.tickethub.connector.example;

import java.util.Optional;

/**
 * What came of one example.
 *
 * @param name {@code channel/case}
 * @param difference what was expected and what came instead; empty if it came as expected
 */
public record ExampleOutcome(String name, Optional<String> difference) {

  static ExampleOutcome passed(String name) {
    return new ExampleOutcome(name, Optional.empty());
  }

  static ExampleOutcome failed(String name, String difference) {
    return new ExampleOutcome(name, Optional.of(difference));
  }

  public boolean passed() {
    return difference.isEmpty();
  }
}
