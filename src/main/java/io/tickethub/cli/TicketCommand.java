package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "ticket",
    mixinStandardHelpOptions = true,
    description =
        "Shows, finds and explains tickets, and their time limits; makes them children of another.",
    synopsisSubcommandLabel = "(show | find | explain | clock | join | leave)")
final class TicketCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a ticket, its history and who was told what.")
  void show(
      @Parameters(paramLabel = "NUMBER", description = "what any system calls it") String number,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode view = hub.get("/api/tickets/" + OperationsClient.encode(number), Map.of());
    if (output.isJson()) {
      output.json(out, view);
      return;
    }
    output.object(out, view.get("ticket"));
    group(view.get("group"), out, output);
    out.println("content          " + view.get("content"));
    out.println();
    output.table(
        out,
        view.get("events"),
        "sequence",
        "code",
        "from",
        "to",
        "inferred",
        "source",
        "occurredAt",
        "note",
        "reason");
    out.println();
    output.table(
        out,
        view.get("deliveries"),
        "sequence",
        "connector",
        "code",
        "state",
        "attempt",
        "finishedAt",
        "failure");
    if (!view.path("deliveriesExpired").isEmpty()) {
      out.println();
      out.println("told earlier, details expired (hub.retention.deliveries)");
      output.table(
          out, view.get("deliveriesExpired"), "connector", "delivered", "discarded", "finishedAt");
    }
  }

  private static void group(JsonNode group, PrintWriter out, Output output) {
    for (String other : new String[] {"parent", "follows"}) {
      if (!group.path(other).asText("").isEmpty() && !group.get(other).isNull()) {
        out.printf("%-16s %s%n", other, group.get(other).asText());
      }
    }
    if (!group.path("followedBy").isEmpty()) {
      out.printf("%-16s %s%n", "followedBy", group.get("followedBy"));
    }
    if (group.path("children").asLong() > 0) {
      out.printf(
          "%-16s %d %s%n",
          "children", group.get("children").asLong(), group.get("childrenByState"));
      out.println();
      output.table(
          out, group.get("firstChildren"), "number", "stateTitle", "state", "openedBy", "title");
      out.println();
    }
  }

  @Command(
      name = "join",
      mixinStandardHelpOptions = true,
      description =
          "Makes a ticket a child of another: that one is worked on for both, its reply is this one's.")
  void join(
      @Parameters(index = "0", paramLabel = "CHILD", description = "what any system calls it")
          String child,
      @Parameters(index = "1", paramLabel = "PARENT", description = "what any system calls it")
          String parent,
      @Mixin Reason reason,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("parent", parent);
    query.put("reason", reason.text());
    output.object(
        spec.commandLine().getOut(),
        hub.post("/api/tickets/%s/join".formatted(OperationsClient.encode(child)), query));
  }

  @Command(
      name = "leave",
      mixinStandardHelpOptions = true,
      description = "Takes a ticket out of its parent: it is worked on by itself again.")
  void leave(
      @Parameters(paramLabel = "CHILD", description = "what any system calls it") String child,
      @Mixin Reason reason,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("reason", reason.text());
    output.object(
        spec.commandLine().getOut(),
        hub.post("/api/tickets/%s/leave".formatted(OperationsClient.encode(child)), query));
  }

  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description =
          "Finds tickets by any system's number, or the newest of which all that is given is true.")
  void find(
      @Parameters(paramLabel = "NUMBER", arity = "0..1", description = "what any system calls it")
          String number,
      @Option(names = "--state", description = "such as processing, suspended, archived")
          String state,
      @Option(names = "--product-class", description = "such as digital-hospital")
          String productClass,
      @Option(names = "--system", description = "which opened them or works on them") String system,
      @Option(names = "--customer", description = "the customer's number") String customer,
      @Option(names = "--phone", description = "the customer's telephone number") String phone,
      @Option(
              names = "--since",
              description = "something happened to them since: 2h, 7d, 09:14, 2026-03-01T08:00")
          String since,
      @Option(names = "--until", description = "something happened to them before") String until,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("number", number);
    query.put("state", state);
    query.put("productClass", productClass);
    query.put("system", system);
    query.put("customer", customer);
    query.put("phone", phone);
    query.put("since", since);
    query.put("until", until);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/tickets", query),
        "number",
        "stateTitle",
        "state",
        "kind",
        "productClass",
        "owner",
        "openedAt",
        "title");
  }

  @Command(
      name = "explain",
      mixinStandardHelpOptions = true,
      description =
          "Says, event by event, which rule told which system what, and which did not and why.")
  void explain(
      @Parameters(paramLabel = "NUMBER", description = "what any system calls it") String number,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/tickets/%s/explanation".formatted(OperationsClient.encode(number)), Map.of()),
        "sequence",
        "event",
        "system",
        "outcome",
        "rule");
  }

  @Command(
      name = "clock",
      mixinStandardHelpOptions = true,
      description =
          "Explains every minute of a ticket's time limits: what counted, what did not and why, what is to come.")
  void clock(
      @Parameters(paramLabel = "NUMBER", description = "what any system calls it") String number,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    PrintWriter out = spec.commandLine().getOut();
    JsonNode explained =
        hub.get("/api/tickets/%s/clock".formatted(OperationsClient.encode(number)), Map.of());
    if (output.isJson()) {
      output.json(out, explained);
      return;
    }
    for (JsonNode clock : explained.get("clocks")) {
      ((ObjectNode) clock).remove("titles");
      JsonNode steps = ((ObjectNode) clock).remove("steps");
      JsonNode segments = ((ObjectNode) clock).remove("segments");
      output.object(out, clock);
      out.println();
      output.table(out, segments, "from", "until", "kind", "minutes", "standing", "owner", "why");
      out.println();
      output.table(out, steps, "step", "at", "recordedAt", "cause");
      out.println();
    }
    output.table(out, explained.get("others"), "limit", "why");
  }
}
