package io.tickethub.routing;

import io.tickethub.definition.YamlFiles;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketReference;
import io.tickethub.ticket.TicketState;
import io.tickethub.ticket.Verdict;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.function.Predicate;

/** Decides who works on a ticket and who may say what of it, by {@code routes/ownership.yaml}. */
public final class Ownership {

  private static final Verdict DECIDED =
      new Verdict(Verdict.Decision.ACCEPT, "it was decided in the hub");

  private static final Verdict NO_RULE =
      new Verdict(Verdict.Decision.ACCEPT, "no rule says otherwise");

  private final OwnershipRules rules;
  private final ProductCatalog products;

  private Ownership(OwnershipRules rules, ProductCatalog products) {
    this.rules = rules;
    this.products = products;
  }

  public static Ownership read(Path file, ProductCatalog products) {
    return new Ownership(YamlFiles.read(file, OwnershipRules.class), products);
  }

  /** Who is to work on a dispatched ticket, and by which rule; empty if no rule names anybody. */
  Optional<Owner> owner(Ticket ticket) {
    Optional<String> responsible = responsible(ticket);
    for (OwnershipRules.Owner rule : rules.owners()) {
      if (rule.when().mismatch(ticket, responsible.isPresent()).isEmpty()) {
        return name(rule.owner(), ticket).map(owner -> new Owner(owner, rule.rule()));
      }
    }
    return Optional.empty();
  }

  /** A connector and the rule that chose it. */
  record Owner(String connector, String rule) {}

  /**
   * What is to be done with something {@code system} says of {@code ticket}. An {@code open} is
   * judged as its updates.
   */
  public Judgement judge(Ticket ticket, Change change, String system) {
    if (system.equals(TicketReference.HUB)) {
      return new Judgement(DECIDED, change, List.of());
    }
    List<String> refused = new ArrayList<>();
    Change permitted = permitted(ticket, change, system, refused);
    return new Judgement(verdict(ticket, change, system), permitted, refused);
  }

  /**
   * Who is right about a guarded field of the content when systems think differently.
   *
   * @param system the first that the rule names; empty if it names one this ticket does not have
   * @param writers all that it names
   */
  public record Master(Optional<String> system, List<String> writers, String rule) {}

  /** Empty if no rule guards the field; {@code field} is named as in the rules. */
  public Optional<Master> master(Ticket ticket, String field) {
    return rules.fields().stream()
        .filter(rule -> rule.fields().stream().anyMatch(any -> any.toString().equals(field)))
        .findFirst()
        .map(
            rule ->
                new Master(
                    name(rule.by().get(0), ticket),
                    rule.by().stream().flatMap(word -> name(word, ticket).stream()).toList(),
                    rule.rule()));
  }

  private Verdict verdict(Ticket ticket, Change change, String system) {
    TicketState target = target(change);
    if (target != null && target != ticket.state()) {
      return verdict(rules.states(), rule -> rule.states().contains(target), ticket, system);
    }
    if (target == null) {
      return verdict(rules.changes(), rule -> rule.types().contains(change.type()), ticket, system);
    }
    return NO_RULE;
  }

  private Verdict verdict(
      List<OwnershipRules.Says> candidates,
      Predicate<OwnershipRules.Says> concerns,
      Ticket ticket,
      String system) {
    for (OwnershipRules.Says rule : candidates) {
      boolean now = rule.before() == null || rule.before().contains(ticket.state());
      boolean said = rule.saidBy() == null || isOneOf(rule.saidBy(), ticket, system);
      if (now && said && concerns.test(rule)) {
        Verdict.Decision decision =
            isOneOf(rule.by(), ticket, system) ? Verdict.Decision.ACCEPT : rule.otherwise();
        return new Verdict(decision, rule.rule());
      }
    }
    return NO_RULE;
  }

  private static TicketState target(Change change) {
    return change instanceof Change.StateChange to ? to.state() : null;
  }

  private boolean isOneOf(List<String> names, Ticket ticket, String system) {
    return names.stream().anyMatch(name -> names(name, ticket).contains(system));
  }

  /** The connectors a rule names, directly or by a word. */
  Set<String> names(String word, Ticket ticket) {
    return switch (word) {
      case SystemWord.ASSIGNED -> ticket.links().assigned();
      case SystemWord.REPORTERS -> ticket.links().reporters();
      default -> name(word, ticket).map(Set::of).orElseGet(Set::of);
    };
  }

  /** What {@code system} may say of the content of a ticket it reports again. */
  public Judgement judgeContent(Ticket ticket, Change.Update update, String system) {
    List<String> refused = new ArrayList<>();
    return new Judgement(NO_RULE, permitted(ticket, update, system, refused), refused);
  }

  /** The connector a rule names, directly or by a word beginning with {@code @}. */
  Optional<String> name(String word, Ticket ticket) {
    return switch (word) {
      case SystemWord.OWNER -> Optional.ofNullable(ticket.progress().owner());
      case SystemWord.OPENER -> Optional.ofNullable(ticket.openedBy());
      case SystemWord.RESPONSIBLE -> responsible(ticket);
      default -> Optional.of(word);
    };
  }

  Optional<String> responsible(Ticket ticket) {
    return products.find(ticket.content().productClass()).flatMap(ProductAdapter::responsible);
  }

  private Change permitted(Ticket ticket, Change change, String system, List<String> refused) {
    if (change instanceof Change.Update update) {
      return new Change.Update(
          update.ticket(),
          update.occurredAt(),
          permitted(ticket, update.content(), system, refused),
          update.note());
    }
    if (change instanceof Change.StateChange to && to.content() != null) {
      return new Change.StateChange(
          to.ticket(),
          to.occurredAt(),
          to.state(),
          to.suspensionCause(),
          permitted(ticket, to.content(), system, refused),
          to.note());
    }
    return change;
  }

  private TicketContent permitted(
      Ticket ticket, TicketContent said, String system, List<String> refused) {
    TicketContent permitted = said;
    for (OwnershipRules.Writes rule : rules.fields()) {
      if (isOneOf(rule.by(), ticket, system)) {
        continue;
      }
      for (OwnershipRules.Field field : rule.fields()) {
        TicketContent without = Fields.without(permitted, field);
        if (!Objects.equals(without, permitted)
            && !Objects.equals(
                ticket.content().merge(without), ticket.content().merge(permitted))) {
          refused.add("%s may not write %s: %s".formatted(system, field, rule.rule()));
        }
        permitted = without;
      }
    }
    return permitted;
  }
}
