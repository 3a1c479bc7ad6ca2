package io.tickethub.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "plan",
    mixinStandardHelpOptions = true,
    description = "Periodic inspections and visits (巡检、走访) by routes/plans.yaml.",
    synopsisSubcommandLabel = "(list | next | run)")
final class PlanCommand {

  private static final String PATH = "/api/plans";

  @Spec private CommandSpec spec;

  @Command(name = "list", mixinStandardHelpOptions = true, description = "Lists the plans.")
  void list(@Mixin OperationsClient hub, @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get(PATH, Map.of()),
        "plan",
        "type",
        "title",
        "productClass",
        "owner",
        "subjects",
        "last",
        "next",
        "missed");
  }

  @Command(
      name = "next",
      mixinStandardHelpOptions = true,
      description = "Lists the tickets that plans will make, the soonest first.")
  void next(
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.get(PATH + "/next", Map.of("limit", Integer.toString(limit))),
        "due",
        "plan",
        "subject",
        "reference");
  }

  @Command(
      name = "run",
      mixinStandardHelpOptions = true,
      description =
          "Makes the tickets that are due now, as the hub does by itself every ten seconds.")
  void run(
      @Option(names = "--dry-run", description = "only says what is due") boolean dryRun,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.table(
        spec.commandLine().getOut(),
        hub.post(PATH + "/run", Map.of("dryRun", Boolean.toString(dryRun))),
        "due",
        "plan",
        "subject",
        "reference",
        "tooLate");
  }
}
