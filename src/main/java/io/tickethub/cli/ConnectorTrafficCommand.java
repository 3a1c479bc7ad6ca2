package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "traffic",
    mixinStandardHelpOptions = true,
    description = {
      "Lists what came from a system and what it was told, the latest first.",
      "'hub ticket show' and 'hub message show' show each more closely."
    })
final class ConnectorTrafficCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "NAME", description = "of the connector")
  private String name;

  @Option(
      names = "--since",
      defaultValue = "1h",
      description = "2h, 7d, 09:14, 2026-03-01T08:00 (default: ${DEFAULT-VALUE})")
  private String since;

  @Option(names = "--until", description = "likewise (default: now)")
  private String until;

  @Option(
      names = "--limit",
      paramLabel = "COUNT",
      defaultValue = "100",
      description = "how many (default: ${DEFAULT-VALUE})")
  private int limit;

  @Option(names = "--channels", description = "when its channels were last heard, instead")
  private boolean channels;

  @Override
  public void run() {
    String connector = "/api/connectors/" + OperationsClient.encode(name);
    if (channels) {
      JsonNode heard = hub.get(connector + "/channels", Map.of());
      output.table(spec.commandLine().getOut(), heard, "channel", "last", "expectedEvery");
      return;
    }
    Map<String, String> query = new LinkedHashMap<>();
    query.put("since", since);
    query.put("until", until);
    query.put("limit", Integer.toString(limit));
    output.table(
        spec.commandLine().getOut(),
        hub.get(connector + "/traffic", query),
        "at",
        "direction",
        "what",
        "outcome",
        "attempts",
        "ticket",
        "id");
  }
}
