package io.tickethub.product.example;

import io.tickethub.product.ProductAdapter;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The worked example of a product adapter in Java: leased lines (专线), whose numbers carry a check
 * digit, which no JSON Schema can verify.
 */
public final class LeasedLineAdapter implements ProductAdapter {

  private static final Pattern NUMBER = Pattern.compile("ZX(\\d{7})(\\d)");
  private static final String FIELD = "lineNumber";

  @Override
  public String code() {
    return "leased-line";
  }

  @Override
  public Map<String, String> titles() {
    return Map.of("en", "Leased line", "zh", "专线");
  }

  @Override
  public List<Problem> check(Map<String, Object> attributes) {
    String number = String.valueOf(attributes.getOrDefault(FIELD, ""));
    if (number.isEmpty()) {
      return List.of(problem(ProblemCode.MISSING_FIELD, "a leased line has a number"));
    }
    return isValid(number)
        ? List.of()
        : List.of(problem(ProblemCode.INVALID_VALUE, "is no number with its check digit"));
  }

  /** The last digit is the sum of the others, modulo ten. */
  private static boolean isValid(String number) {
    Matcher parts = NUMBER.matcher(number);
    return parts.matches()
        && parts.group(1).chars().map(Character::getNumericValue).sum() % 10
            == Integer.parseInt(parts.group(2));
  }

  private static Problem problem(ProblemCode code, String detail) {
    return Problem.of(code, "attributes." + FIELD, null, detail);
  }

  @Override
  public Optional<Duration> repairLimit(String serviceLevel) {
    return Optional.of(Duration.ofHours("gold".equals(serviceLevel) ? 2 : 8));
  }
}
