package io.tickethub.kit.trial;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;

/** A trial for people, one step after the other. */
public final class TrialText {

  private static final String INDENT = "    ";

  private final PrintWriter out;

  public TrialText(PrintWriter out) {
    this.out = out;
  }

  public void print(JsonNode trial) {
    out.println(
        "%s / %s: %s, %s bytes, received %s"
            .formatted(
                text(trial, "connector"),
                text(trial, "channel"),
                text(trial, "file"),
                text(trial, "size"),
                text(trial, "receivedAt")));
    trial.path("notes").forEach(note -> out.println("note: " + note.asText()));
    if (trial.path("records").asInt() != 1) {
      out.println(
          "%s records: %s good, %s stopped"
              .formatted(text(trial, "records"), text(trial, "good"), text(trial, "stopped")));
    }
    if (trial.has("record")) {
      record(trial, trial.path("record"));
    }
    trial.path("problems").forEach(this::problem);
    int more =
        trial.has("record") && trial.path("record").has("stopped")
            ? 0
            : trial.path("stopped").asInt() - trial.path("problems").size();
    if (more > 0) {
      out.println("%d more stopped; --record N shows one".formatted(more));
    }
  }

  private void record(JsonNode trial, JsonNode message) {
    if (!message.path("line").isNull()) {
      out.println(
          "%nrecord %s, line %s, %s bytes"
              .formatted(text(message, "number"), text(message, "line"), text(message, "size")));
    }
    if (message.has("decoded")) {
      step(
          "decoded",
          "%s, %s characters"
              .formatted(text(trial, "charset"), text(message.path("decoded"), "characters")));
      block(text(message.path("decoded"), "text"));
    }
    if (message.has("parsed")) {
      step("parsed", text(trial, "format"));
      block(message.path("parsed").toPrettyString());
      step("validated", trial.path("schema").isNull() ? "no schema" : text(trial, "schema"));
    }
    if (message.has("changes")) {
      step(
          "mapped",
          "%s, message id %s".formatted(text(trial, "mapping"), text(message, "messageId")));
      message.path("changes").forEach(change -> block(change.toPrettyString()));
    }
    message.path("effects").forEach(this::effect);
  }

  private void effect(JsonNode effect) {
    step(
        "applied",
        "'%s': %s, by the rule \"%s\""
            .formatted(text(effect, "change"), text(effect, "decision"), text(effect, "rule")));
    if (!effect.path("madeUp").isNull()) {
      out.println(INDENT + "tried on " + text(effect, "madeUp") + "; --state chooses another");
    }
    effect.path("leftOut").forEach(reason -> out.println(INDENT + "left out: " + reason.asText()));
    for (JsonNode event : effect.path("events")) {
      out.println(
          "%sevent %s: %s, %s -> %s%s%s%s"
              .formatted(
                  INDENT,
                  text(event, "sequence"),
                  text(event, "event"),
                  text(event, "from"),
                  text(event, "to"),
                  event.path("inferred").asBoolean() ? " (inferred)" : "",
                  optional(", note: ", event.path("note")),
                  optional(", because ", event.path("reason"))));
    }
    if (effect.path("events").isEmpty()) {
      out.println(INDENT + "nothing new: no event");
    }
    out.println(INDENT + "the ticket would be");
    block(effect.path("ticket").toPrettyString());
    step("told", effect.path("told").isEmpty() ? "nobody" : "");
    effect.path("told").forEach(this::sending);
    for (JsonNode consideration : effect.path("notTold")) {
      out.println(
          "%s%s, of %s: %s (rule \"%s\")"
              .formatted(
                  INDENT,
                  text(consideration, "system"),
                  text(consideration, "event"),
                  text(consideration, "outcome"),
                  text(consideration, "rule")));
    }
  }

  private void sending(JsonNode sending) {
    out.println(
        "%s%s is told '%s' of event %s, by the rule \"%s\"%s"
            .formatted(
                INDENT,
                text(sending, "system"),
                text(sending, "code"),
                text(sending, "sequence"),
                text(sending, "rule"),
                optional(", held back ", sending.path("heldBack"))));
    if (sending.has("notSent")) {
      out.println(INDENT + INDENT + "nothing is sent: " + text(sending, "notSent"));
      return;
    }
    out.println(
        "%s%sthrough channel '%s', in %s"
            .formatted(INDENT, INDENT, text(sending, "channel"), text(sending, "charset")));
    sending
        .path("headers")
        .fields()
        .forEachRemaining(
            header ->
                out.println(INDENT + INDENT + header.getKey() + ": " + header.getValue().asText()));
    text(sending, "text").lines().forEach(line -> out.println(INDENT + INDENT + line));
  }

  private void problem(JsonNode problem) {
    out.println(
        "%nSTOPPED at '%s': %s%s, field %s, value %s%n%s%s: %s%n%s-> %s"
            .formatted(
                text(problem, "step"),
                text(problem, "file"),
                optional(", line ", problem.path("line")),
                text(problem, "field"),
                text(problem, "value"),
                INDENT,
                text(problem, "code"),
                text(problem, "detail"),
                INDENT,
                text(problem, "advice")));
  }

  private void step(String name, String summary) {
    out.println("%n%-10s %s".formatted(name, summary).stripTrailing());
  }

  private void block(String text) {
    text.lines().forEach(line -> out.println(INDENT + line));
  }

  private static String optional(String before, JsonNode node) {
    return node.isMissingNode() || node.isNull() ? "" : before + node.asText();
  }

  private static String text(JsonNode node, String field) {
    JsonNode value = node.path(field);
    return value.isMissingNode() || value.isNull() ? "-" : value.asText();
  }
}
