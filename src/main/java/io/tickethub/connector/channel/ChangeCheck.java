package io.tickethub.connector.channel;

import io.tickethub.mapping.MappingException;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Name;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.ticket.TicketContent;
import io.tickethub.ticket.TicketKey;
import java.util.List;
import java.util.Optional;

/** Whether the changes a mapping gave can be taken: names, one ticket, product attributes. */
public final class ChangeCheck {

  private final ProductCatalog products;

  public ChangeCheck(ProductCatalog products) {
    this.products = products;
  }

  /** Throws if the sender's id of a message cannot be kept. */
  public static void checkMessageId(String id) {
    checkName("message id", id);
  }

  /** Throws what is wrong with the changes of one message. */
  public void check(List<Change> changes) {
    if (changes.isEmpty()) {
      throw new MappingException(Problem.of(ProblemCode.MAPPING, "the mapping gave no change"));
    }
    String ticket = changes.get(0).ticket().orderingText();
    for (Change change : changes) {
      checkNames(change);
      if (change instanceof Change.Retell) {
        throw new MappingException(
            Problem.of(ProblemCode.MAPPING, "type", "retell", "only the hub itself says this"));
      }
      if (!change.ticket().orderingText().equals(ticket)) {
        throw new MappingException(
            Problem.of(ProblemCode.MAPPING, "the changes of one message are of several tickets"));
      }
      if (change.ticket().customer() != null && !(change instanceof Change.Update)) {
        throw new MappingException(
            Problem.of(
                ProblemCode.MAPPING, "only an update can be of all open tickets of a customer"));
      }
      if (change instanceof Change.Open open) {
        checkProduct(open);
      }
    }
  }

  private static void checkNames(Change change) {
    TicketKey ticket = change.ticket();
    checkName("ticket.id", ticket.id());
    checkName("ticket.hub", ticket.hub());
    checkName("ticket.customer", ticket.customer());
    ticket
        .aliases()
        .forEach(
            (scheme, value) -> {
              checkName("ticket.aliases", scheme);
              checkName("ticket.aliases." + scheme, value);
            });
    checkName("content.customer.number", customerNumber(change));
  }

  private static String customerNumber(Change change) {
    TicketContent content = null;
    if (change instanceof Change.Open open) {
      content = open.content();
    } else if (change instanceof Change.Update update) {
      content = update.content();
    } else if (change instanceof Change.StateChange to) {
      content = to.content();
    }
    return content == null ? null : content.customerOrUnknown().number();
  }

  private static void checkName(String field, String name) {
    Name.flaw(field, name)
        .ifPresent(
            flaw -> {
              throw new MappingException(flaw);
            });
  }

  private void checkProduct(Change.Open open) {
    String productClass = open.content().productClass();
    Optional<Problem> problem =
        products
            .find(productClass)
            .map(product -> product.check(open.content().attributes()).stream().findFirst())
            .orElseGet(
                () ->
                    Optional.of(
                        Problem.of(
                            ProblemCode.UNKNOWN_CODE,
                            "content.productClass",
                            productClass,
                            "there is no product adapter for it")));
    if (problem.isPresent()) {
      throw new MappingException(problem.get());
    }
  }
}
