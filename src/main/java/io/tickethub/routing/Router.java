package io.tickethub.routing;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Applied;
import io.tickethub.ticket.Ticket;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;

/**
 * Decides which systems must know of what happened to a ticket, by {@code
 * routes/participants.yaml}.
 */
public final class Router {

  private final ParticipantRules rules;
  private final Ownership ownership;
  private final ProductCatalog products;

  private Router(ParticipantRules rules, Ownership ownership, ProductCatalog products) {
    this.rules = rules;
    this.ownership = ownership;
    this.products = products;
  }

  public static Router read(Path file, Ownership ownership, ProductCatalog products) {
    return new Router(YamlFiles.read(file, ParticipantRules.class), ownership, products);
  }

  /**
   * Who must be told of the events.
   *
   * @param before the ticket as it was; null if it is new
   * @param stillWaiting systems whose introduction has not been sent yet: it will carry the new
   *     content, so they are not told of it again
   */
  public Routing route(Ticket before, Applied applied, Set<String> stillWaiting) {
    RoutingPass pass = new RoutingPass(this, before, applied, stillWaiting);
    return pass.routing();
  }

  Ownership ownership() {
    return ownership;
  }

  List<ParticipantRules.Enrichment> enrichment() {
    return rules.enrichment();
  }

  /** The rules with the systems they mean for this ticket. */
  List<Candidate> candidates(Ticket ticket) {
    List<Candidate> candidates = new ArrayList<>();
    for (ParticipantRules.Participant rule : rules.participants()) {
      for (String system : systems(rule.system(), ticket)) {
        candidates.add(new Candidate(system, rule));
      }
    }
    return candidates;
  }

  /** A rule and one system that it means. */
  record Candidate(String system, ParticipantRules.Participant rule) {}

  private Set<String> systems(String word, Ticket ticket) {
    if (word.equals(SystemWord.MUST_KNOW)) {
      return products
          .find(ticket.content().productClass())
          .map(ProductAdapter::mustKnow)
          .map(TreeSet::new)
          .orElseGet(TreeSet::new);
    }
    return ownership.names(word, ticket);
  }
}
