package io.tickethub.mapping;

import io.tickethub.ticket.ProblemCode;
import java.math.BigDecimal;
import java.util.HashMap;
import java.util.Map;

/**
 * How far a page that the hub fetched leads: two expressions over the whole page, which see the
 * cursor it was fetched with as {@code $cursor}. Thread-safe.
 */
public final class PageCursor {

  private static final int LONGEST = 2_000;

  private final Translation.Syntax page;
  private final MappingExpression cursor;
  private final MappingExpression more;

  PageCursor(Translation.Syntax page, MappingExpression cursor, MappingExpression more) {
    this.page = page;
    this.cursor = cursor;
    this.more = more;
  }

  /**
   * What comes after a page.
   *
   * @param cursor of the next page; that of this one if it names none
   * @param more whether the next page is worth fetching at once
   */
  public record Next(String cursor, boolean more) {}

  /**
   * What comes after a page that was fetched with {@code current}; null for the first.
   *
   * @throws MappingException if the page cannot be read, or names no fit cursor
   */
  public Next after(byte[] body, String current) {
    String text = page.codec().decode(body);
    if (text.isBlank()) {
      return new Next(current, false);
    }
    Object tree = page.format().read(text);
    Map<String, Object> variables = new HashMap<>();
    variables.put("cursor", current);
    String next = text(cursor.evaluate(tree, variables));
    if (next == null || next.isEmpty()) {
      return new Next(current, false);
    }
    if (next.length() > LONGEST) {
      throw new MappingException(
          ProblemCode.TOO_LARGE, "the cursor is longer than %d characters".formatted(LONGEST));
    }
    boolean moved = !next.equals(current);
    boolean wanted = more == null || Boolean.TRUE.equals(more.evaluate(tree, variables));
    return new Next(next, moved && wanted);
  }

  private static String text(Object value) {
    if (value == null) {
      return null;
    }
    if (value instanceof Number number) {
      BigDecimal decimal = new BigDecimal(number.toString());
      return (decimal.signum() == 0 ? BigDecimal.ZERO : decimal.stripTrailingZeros())
          .toPlainString();
    }
    if (value instanceof String text) {
      return text;
    }
    throw new MappingException(ProblemCode.MAPPING, "the cursor is no text and no number");
  }
}
