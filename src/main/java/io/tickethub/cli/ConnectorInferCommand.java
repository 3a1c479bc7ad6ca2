package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.kit.scaffold.SchemaRenewal;
import io.tickethub.kit.scaffold.SchemaRenewal.Renewed;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "infer",
    mixinStandardHelpOptions = true,
    description = {
      "Writes a channel's schema anew: of what comes in from its examples and more samples, of what goes out from what its"
          + " mapping makes of its examples, of a ticket with everything and of one with next to nothing.",
      "Of columns it keeps what is said already where the samples agree: names without a header, widths, what is required, the key.",
      "What it replaces is gone: look at the difference."
    })
final class ConnectorInferCommand implements Callable<Integer> {

  @Spec private CommandSpec spec;

  @Mixin private NamedConnector connector;

  @Parameters(index = "1", paramLabel = "CHANNEL", description = "one of its channels")
  private String channel;

  @Parameters(
      index = "2..*",
      paramLabel = "FILE",
      description = "samples of what comes in, beside the examples")
  private List<Path> samples = List.of();

  @Mixin private Output output;

  @Override
  public Integer call() {
    Path folder = connector.folder();
    Renewed renewed = new SchemaRenewal(folder).renew(channel, samples);
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(
          out,
          new JsonMapper()
              .valueToTree(
                  Map.of(
                      "file", renewed.file().toString(),
                      "changed", renewed.changed(),
                      "named", renewed.named())));
    } else {
      out.println((renewed.changed() ? "written: " : "as it was: ") + renewed.file());
      if (!renewed.named()) {
        out.println(
            "now write 'schema: %s' under channel '%s' in connector.yaml"
                .formatted(folder.relativize(renewed.file()), channel));
      }
    }
    out.flush();
    return 0;
  }
}
