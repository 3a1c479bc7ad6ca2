package io.tickethub.cli;

import java.io.PrintStream;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "message",
    mixinStandardHelpOptions = true,
    description = "Shows, finds, replays and edits messages as they were received.",
    subcommands = MessageEditCommand.class,
    synopsisSubcommandLabel = "(show | find | replay | edit)")
final class MessageCommand {

  @Spec private CommandSpec spec;

  @Command(
      name = "show",
      mixinStandardHelpOptions = true,
      description = "Shows a message: where it came from, what became of it and why.")
  void show(
      @Parameters(paramLabel = "ID", description = "see 'hub message find'") String id,
      @Option(
              names = "--reveal",
              description =
                  "writes the body, byte for byte, to standard output; takes the privacy token and is audited")
          boolean reveal,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    if (reveal) {
      PrintStream bytes = System.out;
      bytes.writeBytes(hub.reveal("/api/messages/%s/body".formatted(OperationsClient.encode(id))));
      bytes.flush();
    } else {
      output.object(
          spec.commandLine().getOut(),
          hub.get("/api/messages/" + OperationsClient.encode(id), Map.of()));
    }
  }

  @Command(
      name = "find",
      mixinStandardHelpOptions = true,
      description = "Finds messages, the newest first.")
  void find(
      @Option(names = "--connector", description = "only from this one") String connector,
      @Option(names = "--status", description = "applied, rejected, waiting, dead or conflict")
          String status,
      @Option(names = "--external-id", description = "the sender's id of it") String externalId,
      @Option(names = "--ticket", description = "only about this ticket, by the hub's number")
          String ticket,
      @Option(
              names = "--limit",
              defaultValue = "20",
              description = "at most (default: ${DEFAULT-VALUE})")
          int limit,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("connector", connector);
    query.put("status", status);
    query.put("externalId", externalId);
    query.put("ticket", ticket);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get("/api/messages", query),
        "id",
        "receivedAt",
        "connector",
        "channel",
        "status",
        "externalId",
        "ticket",
        "problem.detail");
  }

  @Command(
      name = "replay",
      mixinStandardHelpOptions = true,
      description =
          "Lets rejected messages come in again, by their connector's mapping of today. What took"
              + " effect meanwhile changes nothing.")
  void replay(
      @Parameters(
              paramLabel = "ID",
              arity = "1..*",
              description = "see 'hub message find --status rejected'")
          List<String> ids,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    for (String id : ids) {
      output.object(
          spec.commandLine().getOut(),
          hub.post("/api/messages/%s/replay".formatted(OperationsClient.encode(id)), Map.of()));
    }
  }
}
