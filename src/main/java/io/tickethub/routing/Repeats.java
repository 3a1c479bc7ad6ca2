package io.tickethub.routing;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Customer;
import io.tickethub.ticket.TicketContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.text.Normalizer;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/**
 * Decides which reports are of the same trouble (重复申告), by {@code routes/repeats.yaml}. Without the
 * file none are.
 */
public final class Repeats {

  private final List<RepeatRules.Repeat> rules;
  private final ProductCatalog products;

  private Repeats(List<RepeatRules.Repeat> rules, ProductCatalog products) {
    this.rules = rules;
    this.products = products;
  }

  public static Repeats read(Path file, ProductCatalog products) {
    return new Repeats(
        Files.exists(file) ? YamlFiles.read(file, RepeatRules.class).repeats() : List.of(),
        products);
  }

  /**
   * By which a report is found to be of the same trouble as another: both have the same text.
   *
   * @param text may hold personal data
   * @param followsWithin how long after archiving it still counts; null for ever
   */
  public record Key(String rule, String text, Duration followsWithin) {}

  /** The keys of a report, of the first rule first; empty if nothing can be the same as it. */
  public List<Key> keys(TicketContent content, String openedBy) {
    List<Key> keys = new ArrayList<>();
    for (RepeatRules.Repeat rule : rules) {
      if (mismatch(rule, content, openedBy).isEmpty()) {
        keys.add(new Key(rule.rule(), text(rule, content), rule.followsWithin()));
      }
    }
    return keys;
  }

  /** A rule and why it finds nothing the same as a report; empty if it may. */
  public record Considered(String rule, Optional<String> mismatch) {}

  /** Every rule, for {@code explain}. */
  public List<Considered> consider(TicketContent content, String openedBy) {
    return rules.stream()
        .map(rule -> new Considered(rule.rule(), mismatch(rule, content, openedBy)))
        .toList();
  }

  private Optional<String> mismatch(
      RepeatRules.Repeat rule, TicketContent content, String openedBy) {
    boolean hasPartner =
        products.find(content.productClass()).flatMap(ProductAdapter::responsible).isPresent();
    return rule.when()
        .mismatch(content, openedBy, null, hasPartner)
        .or(
            () ->
                rule.same().stream()
                    .filter(part -> value(part, content) == null)
                    .findFirst()
                    .map("the report says no %s"::formatted));
  }

  private static String text(RepeatRules.Repeat rule, TicketContent content) {
    StringBuilder text = new StringBuilder();
    append(text, content.kind().code());
    append(text, content.productClass());
    for (String part : rule.same()) {
      append(text, part);
      append(text, value(part, content));
    }
    return text.toString();
  }

  /** With its length before it, so that no two lists of values give the same text. */
  private static void append(StringBuilder text, String value) {
    text.append(value.length()).append(':').append(value);
  }

  private static String value(String part, TicketContent content) {
    Customer customer = content.customerOrUnknown();
    String value =
        switch (part) {
          case "customer" -> customer.number();
          case "account" -> customer.account();
          case "phone" -> customer.phone();
          case "region" -> content.region();
          case "fault-domain" -> content.faultDomain();
          case "title" -> content.title();
          default -> attribute(part.substring(RepeatRules.ATTRIBUTE.length()), content);
        };
    return value == null ? null : normal(value);
  }

  private static String attribute(String name, TicketContent content) {
    Object value = content.attributes().get(name);
    return value == null ? null : String.valueOf(value);
  }

  /** Full-width digits and letters, capitals and spaces make no difference. */
  private static String normal(String value) {
    String normal =
        Normalizer.normalize(value, Normalizer.Form.NFKC)
            .replaceAll("\\s+", "")
            .toLowerCase(Locale.ROOT);
    return normal.isEmpty() ? null : normal;
  }
}
