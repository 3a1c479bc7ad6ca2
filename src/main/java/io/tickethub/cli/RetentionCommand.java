package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "retention",
    mixinStandardHelpOptions = true,
    description = "Shows what expires and lets go of what has.",
    synopsisSubcommandLabel = "(show | run)")
final class RetentionCommand {

  private static final String PATH = "/api/retention";

  @Spec private CommandSpec spec;

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description =
          "Shows for each kind of rows how long it is kept, how many have expired and wait to go, and how many went when.")
  void show(@Mixin OperationsClient hub, @Mixin Output output) {
    print(hub.get(PATH, Map.of()), output);
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description = "Lets what has expired go now, in small steps, instead of at the next turn.")
  void run(
      @Option(names = "--dry-run", description = "only says what would go") boolean dryRun,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    if (dryRun) {
      show(hub, output);
      return;
    }
    JsonNode begun = hub.post(PATH + "/run", Map.of());
    if (output.isJson()) {
      output.json(spec.commandLine().getOut(), begun);
      return;
    }
    print(begun.get("kinds"), output);
    PrintWriter out = spec.commandLine().getOut();
    out.println(begun.get("explanation").asText());
    out.flush();
  }

  private void print(JsonNode kinds, Output output) {
    output.table(
        spec.commandLine().getOut(),
        kinds,
        "what",
        "keptDays",
        "due",
        "removed",
        "removedLastDay",
        "removedAt");
  }
}
