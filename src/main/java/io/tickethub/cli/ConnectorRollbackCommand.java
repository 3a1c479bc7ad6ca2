package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "rollback",
    mixinStandardHelpOptions = true,
    description =
        "Writes an earlier version back into the connector's folder, on the node that answers, and runs it.")
final class ConnectorRollbackCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "of the connector")
  private String name;

  @Parameters(
      index = "1",
      paramLabel = "VERSION",
      description = "its number, see 'hub connector history'")
  private int version;

  @Mixin private Reason reason;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("version", Integer.toString(version));
    query.put("reason", reason.text());
    output.object(
        spec.commandLine().getOut(),
        hub.post("/api/connectors/%s/rollback".formatted(OperationsClient.encode(name)), query));
  }
}
