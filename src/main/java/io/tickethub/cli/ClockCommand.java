package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "clock",
    mixinStandardHelpOptions = true,
    description = "Lists the time limits that run on open tickets.",
    synopsisSubcommandLabel = "(list)")
final class ClockCommand {

  @Spec private CommandSpec spec;

  /** How far a limit has come. */
  static final class Level {
    @Option(
        names = "--due",
        description = "those by which something is to come, the next first (default)")
    private boolean due;

    @Option(names = "--warned", description = "only those of which a warned part is used")
    private boolean warned;

    @Option(names = "--breached", description = "only those whose time is used up")
    private boolean breached;

    String text() {
      return warned ? "warned" : breached ? "breached" : null;
    }
  }

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists time limits in the order in which they come due.")
  void list(
      @ArgGroup Level level,
      @Option(
              names = {"--owner", "--team"},
              paramLabel = "SYSTEM",
              description = "only of tickets this system works on")
          String owner,
      @Option(
              names = "--limit",
              defaultValue = "50",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("level", level == null ? null : level.text());
    query.put("owner", owner);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/clocks", query),
        "target",
        "ticket",
        "limit",
        "level",
        "state",
        "owner",
        "due",
        "step",
        "provisional");
  }
}
