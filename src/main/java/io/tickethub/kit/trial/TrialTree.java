package io.tickethub.kit.trial;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.intake.Consequences.Consequence;
import io.tickethub.product.ProductCatalog;
import io.tickethub.routing.Routing.Consideration;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketJson;
import java.time.Duration;
import java.time.temporal.ChronoUnit;
import java.util.List;
import java.util.Locale;

/** A trial as a tree to be shown, with personal data masked unless everything may be seen. */
public final class TrialTree {

  private static final int MOST_CHARACTERS = 2_000;
  private static final String IS_TOLD = "is told ";

  private final Trial trial;
  private final ProductCatalog products;
  private final boolean unmask;
  private final JsonMapper json = TicketJson.mapper();

  public TrialTree(Trial trial, ProductCatalog products, boolean unmask) {
    this.trial = trial;
    this.products = products;
    this.unmask = unmask;
  }

  /** The file, with how many of its records came through. */
  public ObjectNode summary() {
    ObjectNode tree = json.createObjectNode();
    tree.put("connector", trial.connector());
    tree.put("channel", trial.channel());
    tree.put("file", trial.received().file());
    tree.put("size", trial.received().body().length);
    tree.put("receivedAt", trial.received().at().truncatedTo(ChronoUnit.SECONDS).toString());
    tree.put("format", trial.form().formatName().text());
    tree.put("charset", trial.form().charset());
    tree.put("schema", trial.form().schema());
    tree.put("mapping", trial.form().mapping());
    tree.put("records", trial.records().size());
    tree.put("good", trial.good());
    tree.put("stopped", trial.records().size() - trial.good());
    tree.set("notes", json.valueToTree(trial.notes()));
    return tree;
  }

  /** One message in detail. */
  public ObjectNode record(RecordTrial message, List<Effect> effects) {
    Disclosure disclosure = disclosure(message, effects);
    ObjectNode tree = json.createObjectNode();
    tree.put("number", message.number());
    tree.put("line", message.line());
    tree.put("size", message.size());
    if (message.text() != null) {
      ObjectNode decoded = tree.putObject("decoded");
      decoded.put("characters", message.text().length());
      decoded.put("text", shortened(decodedText(message, disclosure)));
    }
    if (message.tree() != null) {
      tree.set("parsed", disclosure.source(json.valueToTree(message.tree())));
    }
    tree.put("messageId", message.messageId());
    if (!message.changes().isEmpty()) {
      ArrayNode changes = tree.putArray("changes");
      message
          .changes()
          .forEach(change -> changes.add(disclosure.canonical(json.valueToTree(change))));
    }
    message.stop().ifPresent(stop -> tree.set("stopped", stop(stop, disclosure)));
    ArrayNode shown = tree.putArray("effects");
    effects.forEach(effect -> shown.add(effect(effect, disclosure)));
    return tree;
  }

  /** Why a message came no further, without the message. */
  public ObjectNode stopped(RecordTrial message) {
    ObjectNode tree = json.createObjectNode();
    tree.put("number", message.number());
    message.stop().ifPresent(stop -> tree.setAll(stop(stop, disclosure(message, List.of()))));
    return tree;
  }

  private Disclosure disclosure(RecordTrial message, List<Effect> effects) {
    Disclosure disclosure = new Disclosure(products, unmask);
    if (message.tree() != null) {
      disclosure.learn(json.valueToTree(message.tree()));
    }
    message.changes().forEach(change -> disclosure.learn(json.valueToTree(change)));
    effects.forEach(
        effect -> disclosure.learn(json.valueToTree(effect.consequence().ticket().content())));
    return disclosure;
  }

  private static String decodedText(RecordTrial message, Disclosure disclosure) {
    return message.tree() == null
        ? disclosure.unparsed(message.text())
        : disclosure.text(message.text());
  }

  private static String shortened(String text) {
    return text.length() <= MOST_CHARACTERS ? text : text.substring(0, MOST_CHARACTERS) + "…";
  }

  private ObjectNode stop(Stop stop, Disclosure disclosure) {
    Problem problem = stop.problem();
    ObjectNode tree = json.createObjectNode();
    tree.put("step", stop.step().word());
    tree.put("file", trial.received().file());
    tree.put("code", problem.code().code());
    tree.put("line", problem.line());
    tree.put("field", problem.field());
    tree.put("value", disclosure.value(problem.field(), problem.value()));
    tree.put("detail", problem.detail());
    tree.put("advice", stop.advice());
    return tree;
  }

  private ObjectNode effect(Effect effect, Disclosure disclosure) {
    Consequence consequence = effect.consequence();
    ObjectNode tree = json.createObjectNode();
    tree.put("change", effect.change().type());
    tree.put("madeUp", effect.madeUp());
    tree.put("decision", consequence.verdict().decision().name().toLowerCase(Locale.ROOT));
    tree.put("rule", consequence.verdict().rule());
    tree.set("leftOut", json.valueToTree(consequence.refused()));
    if (effect.before() != null) {
      tree.put("stateBefore", effect.before().state().code());
    }
    tree.set("ticket", ticket(consequence.ticket(), disclosure));
    ArrayNode events = tree.putArray("events");
    consequence.applied().events().forEach(event -> events.add(event(event, disclosure)));
    ArrayNode told = tree.putArray("told");
    effect.sendings().forEach(sending -> told.add(sending(sending, disclosure)));
    ArrayNode considered = tree.putArray("notTold");
    consequence.routing().considered().stream()
        .filter(consideration -> !consideration.outcome().startsWith(IS_TOLD))
        .forEach(consideration -> considered.add(consideration(consideration)));
    return tree;
  }

  private JsonNode ticket(Ticket ticket, Disclosure disclosure) {
    ObjectNode tree = json.createObjectNode();
    tree.put("number", ticket.number());
    tree.put("state", ticket.state().code());
    tree.put("owner", ticket.progress().owner());
    tree.put("openedBy", ticket.openedBy());
    tree.put("dueAt", ticket.dueAt() == null ? null : ticket.dueAt().toString());
    tree.set("participants", json.valueToTree(ticket.participants()));
    tree.set("content", disclosure.canonical(json.valueToTree(ticket.content())));
    return tree;
  }

  private ObjectNode event(TicketEvent event, Disclosure disclosure) {
    ObjectNode tree = json.createObjectNode();
    tree.put("sequence", event.sequence());
    tree.put("event", event.code());
    tree.put("from", event.from().code());
    tree.put("to", event.to().code());
    tree.put("inferred", event.inferred());
    tree.put("note", disclosure.text(event.detail().note()));
    tree.put("reason", event.detail().reason());
    return tree;
  }

  private ObjectNode sending(Sending sending, Disclosure disclosure) {
    ObjectNode tree = json.createObjectNode();
    tree.put("system", sending.system());
    tree.put("code", sending.code());
    tree.put("sequence", sending.sequence());
    tree.put("rule", sending.rule());
    if (!sending.holdBack().equals(Duration.ZERO)) {
      tree.put("heldBack", sending.holdBack().toString());
    }
    tree.put("channel", sending.channel());
    if (sending.text() == null) {
      tree.put("notSent", sending.notSent());
      return tree;
    }
    tree.put("charset", sending.charset());
    ObjectNode headers = tree.putObject("headers");
    sending.headers().forEach((name, value) -> headers.put(name, disclosure.text(value)));
    tree.put("text", shortened(disclosure.text(sending.text())));
    return tree;
  }

  private ObjectNode consideration(Consideration consideration) {
    ObjectNode tree = json.createObjectNode();
    tree.put("system", consideration.system());
    tree.put("event", consideration.event());
    tree.put("rule", consideration.rule());
    tree.put("outcome", consideration.outcome());
    return tree;
  }
}
