package io.tickethub.cli;

import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "history",
    mixinStandardHelpOptions = true,
    description = "Lists what ran of a connector: every version of its folder, the newest first.")
final class ConnectorHistoryCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "of the connector; also of one that is gone")
  private String name;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "50",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int limit;

  @Override
  public void run() {
    output.table(
        spec.commandLine().getOut(),
        hub.get(
            "/api/connectors/%s/versions".formatted(OperationsClient.encode(name)),
            Map.of("limit", Integer.toString(limit))),
        "number",
        "at",
        "who",
        "reason",
        "node",
        "files",
        "size",
        "note");
  }
}
