package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.PrintWriter;
import java.util.LinkedHashMap;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "diff",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what differs between versions of a connector's folder.",
      "Without numbers: between the last version and the folder, or if these are the same, what the last one changed. "
          + "With one: between that version and the folder."
    })
final class ConnectorDiffCommand implements Runnable {

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Parameters(index = "0", paramLabel = "NAME", description = "of the connector")
  private String name;

  @Parameters(
      index = "1",
      arity = "0..1",
      paramLabel = "FROM",
      description = "a version, see 'hub connector history'")
  private Integer from;

  @Parameters(index = "2", arity = "0..1", paramLabel = "TO", description = "another version")
  private Integer to;

  @Override
  public void run() {
    Map<String, String> query = new LinkedHashMap<>();
    query.put("from", from == null ? null : from.toString());
    query.put("to", to == null ? null : to.toString());
    JsonNode diff =
        hub.get("/api/connectors/%s/diff".formatted(OperationsClient.encode(name)), query);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(out, diff);
      return;
    }
    String to = diff.get("to").asText();
    out.println(
        "%s: version %s -> %s"
            .formatted(
                name, diff.get("from").asText(), to.equals("folder") ? to : "version " + to));
    diff.get("files").forEach(file -> out.println(file.get("text").asText()));
    if (diff.get("files").isEmpty()) {
      out.println("(no difference)");
    }
    out.flush();
  }
}
