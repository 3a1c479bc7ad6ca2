package io.tickethub.cli;

import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "cursor",
    mixinStandardHelpOptions = true,
    description = {
      "Shows how far polled systems were read, or has a channel read from another place.",
      "What is read a second time changes nothing; the answer names the cursor it had."
    })
final class ConnectorCursorCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "of the connector")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "CHANNEL",
      description = "that is to be read from another place")
  private String channel;

  @ArgGroup private Place place;

  static final class Place {
    @Option(names = "--set", paramLabel = "VALUE", description = "its next page's cursor")
    private String value;

    @Option(names = "--from-start", description = "read it from its start again")
    private boolean fromStart;
  }

  @Mixin private Reason reason;

  @Override
  public void run() {
    String path = "/api/connectors/%s/cursors".formatted(OperationsClient.encode(name));
    if ((channel == null) != (place == null)) {
      throw new ParameterException(
          spec.commandLine(), "CHANNEL goes with --set VALUE or --from-start");
    }
    if (channel == null) {
      output.table(
          spec.commandLine().getOut(), hub.get(path, Map.of()), "channel", "value", "movedAt");
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("value", place.value);
    query.put("reason", reason.text());
    output.object(
        spec.commandLine().getOut(),
        hub.post(path + "/" + OperationsClient.encode(channel), query));
  }
}
