package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
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
    name = "route",
    mixinStandardHelpOptions = true,
    description = "Watches, starts and stops single routes of connectors.",
    subcommands = {
      RouteCommand.Start.class,
      RouteCommand.Stop.class,
      RouteCommand.Pause.class,
      RouteCommand.Drain.class
    },
    synopsisSubcommandLabel = "COMMAND")
final class RouteCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description =
          "Lists routes: which run, who stopped the others and why, and what goes through them.")
  void list(
      @Option(names = "--connector", paramLabel = "NAME", description = "only of this connector")
          String connector,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get(
            connector == null
                ? "/api/routes"
                : "/api/connectors/%s/routes".formatted(OperationsClient.encode(connector)),
            Map.of()),
        "connector",
        "route",
        "state",
        "total",
        "failed",
        "inFlight",
        "p50",
        "p95",
        "p99",
        "last",
        "by",
        "reason");
  }

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a route: its numbers and its steps.")
  void show(
      @Parameters(index = "0", paramLabel = "CONNECTOR", description = "its name") String connector,
      @Parameters(index = "1", paramLabel = "ROUTE", description = "see 'hub route list'")
          String route,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    JsonNode shown = hub.get(path(connector, route), Map.of());
    PrintWriter out = spec.commandLine().getOut();
    output.object(out, shown);
    if (!output.isJson()) {
      steps(out, shown.get("steps"), 0);
      out.flush();
    }
  }

  private static void steps(PrintWriter out, JsonNode step, int depth) {
    out.println(
        ("  ".repeat(depth) + step.path("kind").asText() + " " + step.path("text").asText())
            .stripTrailing());
    step.path("steps").forEach(inner -> steps(out, inner, depth + 1));
  }

  private static String path(String connector, String route) {
    return "/api/connectors/%s/routes/%s"
        .formatted(OperationsClient.encode(connector), OperationsClient.encode(route));
  }

  /** Has one route be otherwise. */
  abstract static class Order implements Runnable {

    private final String action;

    @Mixin private OperationsClient hub;
    @Mixin private Output output;
    @Spec private CommandSpec spec;

    @Parameters(index = "0", paramLabel = "CONNECTOR", description = "its name")
    private String connector;

    @Parameters(index = "1", paramLabel = "ROUTE", description = "see 'hub route list'")
    private String route;

    @Mixin private Reason reason;

    private Order(String action) {
      this.action = action;
    }

    @Override
    public void run() {
      Map<String, String> query = new LinkedHashMap<>();
      query.put("reason", reason.text());
      output.object(
          spec.commandLine().getOut(), hub.post(path(connector, route) + "/" + action, query));
    }
  }

  @Command(
      name = "start",
      mixinStandardHelpOptions = true,
      description = "Starts a route that was stopped, paused or drained.")
  static final class Start extends Order {
    Start() {
      super("start");
    }
  }

  @Command(
      name = "stop",
      mixinStandardHelpOptions = true,
      description = {
        "Stops a route, once what is in flight in it has ended. It stays stopped over restarts and"
            + " reloads until somebody starts it.",
        "Web senders are answered 503; messages and files of others stay where they are; what the"
            + " system would be told waits."
      })
  static final class Stop extends Order {
    Stop() {
      super("stop");
    }
  }

  @Command(
      name = "pause",
      mixinStandardHelpOptions = true,
      description = "As stop, but the route stays connected to its system.")
  static final class Pause extends Order {
    Pause() {
      super("pause");
    }
  }

  @Command(
      name = "drain",
      mixinStandardHelpOptions = true,
      description = {
        "Has a route tell what waits and end what is in flight, however long that takes, and stops"
            + " it then.",
        "A route from a system takes nothing from the beginning."
      })
  static final class Drain extends Order {
    Drain() {
      super("drain");
    }
  }
}
