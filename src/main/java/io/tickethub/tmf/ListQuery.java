package io.tickethub.tmf;

import io.tickethub.tmf.Criterion.Operator;
import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;

/**
 * What a client wants of a list (TMF630): which resources, in which order, which part of them, and
 * which of their properties.
 *
 * @param fields empty for all
 * @param page null if the part is that from {@code offset} on
 * @param filter a JSONPath that has to find something; null for none
 */
record ListQuery(
    Set<String> fields,
    int offset,
    int limit,
    Page page,
    List<Order> order,
    List<Criterion> criteria,
    String filter) {

  static final int DEFAULT_LIMIT = 20;
  static final int LARGEST_LIMIT = 100;
  static final int LARGEST_OFFSET = 10_000;
  private static final int MOST_CRITERIA = 20;
  private static final int MOST_VALUES = 100;
  private static final int LONGEST = 4_000;
  private static final String NAME = "@?[A-Za-z][A-Za-z0-9_]*(\\.@?[A-Za-z][A-Za-z0-9_]*){0,5}";

  /**
   * A part of the list by its place in it.
   *
   * @param backwards what is before the place, and not what is after it
   * @param from null for the end or the beginning of the list
   */
  record Page(boolean backwards, PageCursor from) {}

  /** Sorting by a property. */
  record Order(String property, boolean descending) {}

  /** The values of one list, gathered while a query is read. */
  private static final class Parts {
    private final Set<String> fields = new LinkedHashSet<>();
    private final List<Order> order = new ArrayList<>();
    private final List<Criterion> criteria = new ArrayList<>();
    private int offset;
    private int limit = DEFAULT_LIMIT;
    private Page page;
    private String filter;
  }

  /** {@code query} is that of the URL as it came; null or empty for none. */
  static ListQuery of(String query) {
    Parts parts = new Parts();
    if (query != null && query.length() > LONGEST) {
      throw TmfException.badRequest("the query is longer than %d characters".formatted(LONGEST));
    }
    for (String part : query == null ? new String[0] : query.split("&")) {
      if (!part.isEmpty()) {
        read(part, parts);
      }
    }
    if (parts.criteria.size() > MOST_CRITERIA) {
      throw TmfException.badRequest("a query takes %d conditions at most".formatted(MOST_CRITERIA));
    }
    if (parts.page != null && parts.offset > 0) {
      throw TmfException.badRequest("a page is asked for by offset, or by before or after");
    }
    return new ListQuery(
        Set.copyOf(parts.fields),
        parts.offset,
        parts.limit,
        parts.page,
        List.copyOf(parts.order),
        List.copyOf(parts.criteria),
        parts.filter);
  }

  private static void read(String part, Parts parts) {
    int equals = part.indexOf('=');
    String name = decoded(equals < 0 ? part : part.substring(0, equals));
    String value = equals < 0 ? "" : decoded(part.substring(equals + 1));
    switch (name) {
      case "fields" -> parts.fields.addAll(names(value));
      case "offset" -> parts.offset = number(name, value, 0, LARGEST_OFFSET);
      case "limit" ->
          parts.limit = Math.min(number(name, value, 0, Integer.MAX_VALUE), LARGEST_LIMIT);
      case "sort" -> parts.order.addAll(orders(value));
      case "filter" -> parts.filter = value;
      case "before", "after" -> parts.page = page(name, value, parts.page);
      default -> criteria(name + (equals < 0 ? "" : "=" + value), parts.criteria);
    }
  }

  private static Page page(String name, String cursor, Page before) {
    if (before != null) {
      throw TmfException.badRequest("a page is before one place, or after one");
    }
    return new Page(name.equals("before"), cursor.isEmpty() ? null : PageCursor.of(cursor));
  }

  private static String decoded(String text) {
    try {
      return URLDecoder.decode(text, StandardCharsets.UTF_8);
    } catch (IllegalArgumentException e) {
      throw TmfException.badRequest("the query is not encoded as URLs are");
    }
  }

  private static List<String> names(String text) {
    List<String> names = new ArrayList<>();
    for (String name : text.split(",")) {
      if (!name.equals("none") && !name.isBlank()) {
        names.add(checked(name.strip()));
      }
    }
    return names;
  }

  private static List<Order> orders(String text) {
    List<Order> orders = new ArrayList<>();
    for (String item : text.split(",")) {
      String name = item.strip();
      boolean descending = name.startsWith("-");
      orders.add(new Order(checked(name.replaceFirst("^[-+]", "")), descending));
    }
    if (orders.size() > 3) {
      throw TmfException.badRequest("a list is sorted by three properties at most");
    }
    return orders;
  }

  private static int number(String name, String text, int least, int most) {
    if (text.matches("\\d{1,9}") && Integer.parseInt(text) >= least) {
      if (Integer.parseInt(text) <= most) {
        return Integer.parseInt(text);
      }
      throw TmfException.badRequest(
          "%s is %d at most: narrow the list down instead, by creationDate for instance"
              .formatted(name, most));
    }
    throw TmfException.badRequest("%s has to be a number from %d on".formatted(name, least));
  }

  private static String checked(String name) {
    if (name.length() > 100 || !name.matches(NAME)) {
      throw TmfException.badRequest("'%s' is no name of a property".formatted(shortened(name)));
    }
    return name;
  }

  private static String shortened(String text) {
    return text.length() > 40 ? text.substring(0, 40) + "…" : text;
  }

  /** {@code a=1;b=2} are two conditions, {@code a=1;a=2} and {@code a=1,2} one with two values. */
  private static void criteria(String text, List<Criterion> criteria) {
    List<Criterion> found = new ArrayList<>();
    for (String part : text.split(";")) {
      Criterion criterion =
          part.matches("(?s)[^=<>*]*") && !found.isEmpty() ? more(part, found) : criterion(part);
      Criterion last = found.isEmpty() ? null : found.get(found.size() - 1);
      if (last != null
          && last.property().equals(criterion.property())
          && last.operator() == Operator.EQ
          && criterion.operator() == Operator.EQ) {
        found.remove(found.size() - 1);
        List<String> values = new ArrayList<>(last.values());
        values.addAll(criterion.values());
        found.add(new Criterion(last.property(), Operator.EQ, List.copyOf(values)));
      } else {
        found.add(criterion);
      }
    }
    for (Criterion criterion : found) {
      if (criterion.values().size() > MOST_VALUES) {
        throw TmfException.badRequest("a condition takes %d values at most".formatted(MOST_VALUES));
      }
    }
    criteria.addAll(found);
  }

  private static Criterion more(String value, List<Criterion> found) {
    Criterion last = found.get(found.size() - 1);
    return new Criterion(last.property(), last.operator(), List.of(value));
  }

  private static Criterion criterion(String text) {
    int sign = 0;
    while (sign < text.length() && "=<>*!".indexOf(text.charAt(sign)) < 0) {
      sign++;
    }
    String name = text.substring(0, sign).strip();
    String rest = text.substring(sign);
    for (String word : List.of("==", ">=", "<=", ">", "<", "=")) {
      if (rest.startsWith(word)) {
        return criterion(name, operator(word), rest.substring(word.length()));
      }
    }
    throw TmfException.badRequest(
        "the condition on '%s' has no operator this interface knows; it knows eq, ne, gt, gte, lt, lte and in"
            .formatted(shortened(name)));
  }

  private static Operator operator(String sign) {
    return switch (sign) {
      case ">" -> Operator.GT;
      case ">=" -> Operator.GTE;
      case "<" -> Operator.LT;
      case "<=" -> Operator.LTE;
      default -> Operator.EQ;
    };
  }

  private static Criterion criterion(String name, Operator operator, String value) {
    String property = name;
    Operator wanted = operator;
    int dot = name.lastIndexOf('.');
    if (dot > 0) {
      String word = name.substring(dot + 1).toUpperCase(Locale.ROOT);
      if (word.equals("REGEX")) {
        throw TmfException.badRequest("regular expressions are not offered here");
      }
      boolean in = word.equals("IN");
      if (in || Arrays.stream(Operator.values()).anyMatch(known -> known.name().equals(word))) {
        property = name.substring(0, dot);
        wanted = in ? Operator.EQ : Operator.valueOf(word);
      }
    }
    List<String> values =
        wanted == Operator.EQ || wanted == Operator.NE
            ? List.of(value.split(",", -1))
            : List.of(value);
    return new Criterion(checked(property), wanted, values);
  }
}
