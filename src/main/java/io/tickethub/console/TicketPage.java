package io.tickethub.console;

import io.tickethub.api.Audit;
import io.tickethub.api.DeadLetterDetails;
import io.tickethub.api.MessageController;
import io.tickethub.api.Right;
import io.tickethub.api.TicketController;
import io.tickethub.api.TicketQuery;
import io.tickethub.api.TicketView;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.journal.Identifiers;
import io.tickethub.product.ProductCatalog;
import io.tickethub.ticket.TicketState;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Tickets: a search, and the time line of one. */
@Lazy
@Controller
@RequestMapping("/tickets")
class TicketPage {

  private static final int MOST = 100;
  private static final int MOST_MESSAGES = 500;

  private final Pages pages;
  private final TicketController tickets;
  private final MessageController messages;
  private final DeadLetterDetails details;
  private final Connectors connectors;
  private final ProductCatalog products;
  private final Audit audit;
  private final Times times;

  TicketPage(
      Pages pages,
      TicketController tickets,
      MessageController messages,
      DeadLetterDetails details,
      Connectors connectors,
      ProductCatalog products,
      Audit audit,
      Times times) {
    this.pages = pages;
    this.tickets = tickets;
    this.messages = messages;
    this.details = details;
    this.connectors = connectors;
    this.products = products;
    this.audit = audit;
    this.times = times;
  }

  /** What is looked for: the number any system calls a ticket by, or what is known of tickets. */
  @GetMapping
  View search(
      @RequestParam(defaultValue = "") String number,
      TicketQuery search,
      @RequestParam Optional<Long> before) {
    Optional<String> given = Optional.of(number.strip()).filter(text -> !text.isEmpty());
    Set<String> wrong =
        times.wrong(Map.of("since", text(search.since()), "until", text(search.until())));
    if (!wrong.isEmpty()) {
      return list(number, search, List.of(), wrong);
    }
    List<TicketView.Summary> found = tickets.find(given, search, Optional.empty(), before, MOST);
    if (given.isPresent() && found.size() == 1) {
      return Pages.redirect("/tickets/" + found.get(0).number());
    }
    return list(number, search, found, wrong);
  }

  /** The same search, from where this page ends. */
  private static String older(TicketQuery search, long before) {
    StringBuilder address = new StringBuilder("/tickets?before=" + before);
    with(address, "customer", search.customer());
    with(address, "phone", search.phone());
    with(address, "productClass", search.productClass());
    with(address, "state", search.state());
    with(address, "system", search.system());
    with(address, "since", search.since());
    with(address, "until", search.until());
    return address.toString();
  }

  private static void with(StringBuilder address, String name, String value) {
    if (value != null) {
      address.append('&').append(name).append('=').append(Formats.segment(value));
    }
  }

  private static String text(String given) {
    return given == null ? "" : given;
  }

  /** {@code wrong}: the fields that hold no time. */
  private View list(
      String number, TicketQuery search, List<TicketView.Summary> found, Set<String> wrong) {
    return pages.page(
        "tickets",
        Map.of(
            "wrong",
            wrong,
            "older",
            number.isBlank() && found.size() == MOST ? older(search, found.get(MOST - 1).id()) : "",
            "number",
            number,
            "search",
            search,
            "tickets",
            found,
            "states",
            TicketState.values(),
            "products",
            products.all().stream().map(adapter -> adapter.code()).sorted().toList(),
            "systems",
            connectors.statuses().stream().map(ConnectorStatus::name).toList()),
        wrong.isEmpty() ? 200 : 400);
  }

  @GetMapping("/{number}")
  View show(
      @PathVariable String number,
      @RequestParam Optional<String> message,
      @RequestParam Optional<String> delivery) {
    return show(number, message, delivery, false);
  }

  /** With personal data; it is audited. */
  @PostMapping("/{number}/reveal")
  View reveal(
      @PathVariable String number,
      @RequestParam Optional<String> message,
      @RequestParam Optional<String> delivery,
      Principal who) {
    requireReveal(number, message, delivery, who);
    View shown = show(number, message, delivery, true);
    audit.record(
        who.getName(),
        "reveal",
        "ticket " + number,
        message
            .map(id -> "message %s was shown".formatted(id))
            .orElseGet(() -> "delivery %s was shown".formatted(delivery.orElse("-"))));
    return shown;
  }

  private void requireReveal(
      String number, Optional<String> message, Optional<String> delivery, Principal who) {
    message.ifPresent(id -> Right.REVEAL.require(who, messages.show(id).connector()));
    delivery.ifPresent(
        id ->
            tickets.show(number).deliveries().stream()
                .filter(one -> one.id().equals(id))
                .forEach(one -> Right.REVEAL.require(who, one.connector())));
  }

  private View show(
      String number, Optional<String> message, Optional<String> delivery, boolean revealed) {
    TicketView view = tickets.show(number);
    List<MessageController.View> received =
        messages.find(
            Optional.empty(),
            Optional.empty(),
            Optional.empty(),
            Optional.of(view.ticket().number()),
            MOST_MESSAGES);
    Map<String, Object> model = new HashMap<>();
    model.put("view", view);
    model.put("moments", TicketMoments.of(view, received));
    model.put("explained", tickets.clock(view.ticket().number()));
    model.put("considered", tickets.explain(view.ticket().number()));
    model.put("revealed", revealed);
    message.ifPresent(
        id ->
            received.stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .ifPresent(
                    one -> {
                      model.put("message", one);
                      model.put("way", details.way(Identifiers.parse(id), revealed));
                    }));
    delivery.ifPresent(
        id ->
            view.deliveries().stream()
                .filter(one -> one.id().equals(id))
                .findFirst()
                .ifPresent(
                    one -> {
                      model.put("delivery", one);
                      model.put(
                          "attempts",
                          details.attempts(
                              one.connector(),
                              view.ticket().id(),
                              Identifiers.parse(id),
                              revealed));
                    }));
    return pages.page("ticket", model);
  }
}
