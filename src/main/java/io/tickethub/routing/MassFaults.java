package io.tickethub.routing;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which tickets are mass faults (a cable break) and what they gather, by {@code
 * routes/mass-faults.yaml}. Without the file none are.
 */
public final class MassFaults {

  /** These end the matter for the children, too. */
  private static final Set<String> ENDS =
      Set.of(TicketState.REPLIED.code(), TicketState.CANCELLED.code(), TicketState.REJECTED.code());

  private final List<MassFaultRules.MassFault> rules;
  private final Set<String> relays;
  private final ProductCatalog products;

  private MassFaults(MassFaultRules file, ProductCatalog products) {
    this.rules = file.massFaults();
    this.relays = file.relays();
    this.products = products;
  }

  public static MassFaults read(Path file, ProductCatalog products) {
    return new MassFaults(
        Files.exists(file)
            ? YamlFiles.read(file, MassFaultRules.class)
            : new MassFaultRules(List.of(), Set.of()),
        products);
  }

  /**
   * What a mass fault gathers.
   *
   * @param regions of the reports, in the reporting systems' words
   * @param faultDomain a report that places its fault elsewhere is not gathered; null: all are
   */
  public record Declared(
      String rule,
      Set<String> regions,
      Set<String> productClasses,
      Set<TicketKind> kinds,
      String faultDomain) {}

  /** Whether the children of a mass fault are to hear that this happened to it. */
  public boolean relays(String code) {
    return relays.contains(code) || ENDS.contains(code);
  }

  /** What a ticket gathers; empty if it is no mass fault. */
  public Optional<Declared> declared(Ticket ticket) {
    Set<String> regions = listed(ticket.content(), TicketContent.MASS_FAULT_AREAS);
    if (rules.isEmpty() || regions.isEmpty()) {
      return Optional.empty();
    }
    boolean hasPartner =
        products
            .find(ticket.content().productClass())
            .flatMap(ProductAdapter::responsible)
            .isPresent();
    return rules.stream()
        .filter(rule -> rule.when().mismatch(ticket, hasPartner).isEmpty())
        .findFirst()
        .map(rule -> declared(rule, regions, ticket.content()));
  }

  private static Declared declared(
      MassFaultRules.MassFault rule, Set<String> regions, TicketContent content) {
    Set<String> classes = listed(content, TicketContent.MASS_FAULT_PRODUCTS);
    return new Declared(
        rule.rule(),
        regions,
        classes.isEmpty() ? Set.of(content.productClass()) : classes,
        Set.copyOf(rule.gathers().kind()),
        rule.gathers().faultDomain() == MassFaultRules.Domain.ANY ? null : content.faultDomain());
  }

  private static Set<String> listed(TicketContent content, String attribute) {
    Set<String> listed = new TreeSet<>();
    if (content.attributes().get(attribute) instanceof String text) {
      Arrays.stream(text.split("[,，]")).map(String::strip).forEach(listed::add);
      listed.remove("");
    }
    return listed;
  }
}
