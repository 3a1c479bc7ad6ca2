package io.tickethub.cli;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.kit.capture.NewExample;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "capture",
    mixinStandardHelpOptions = true,
    description = "Makes an example of a message that the running hub has stored.")
final class ConnectorCaptureCommand implements Callable<Integer> {

  private static final TypeReference<Map<String, String>> TEXTS = new TypeReference<>() {};

  @Spec private CommandSpec spec;

  @Parameters(paramLabel = "MESSAGE-ID", description = "see 'hub message find'")
  private String id;

  @Mixin private ConnectorDirectory directory;

  @Option(
      names = "--case",
      paramLabel = "CASE",
      description = "the example's name; default: captured-MESSAGE-ID")
  private String name;

  @Option(
      names = "--unmask",
      description = "leaves personal data in it; takes the privacy token and is audited")
  private boolean unmask;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;

  @Override
  public Integer call() throws IOException {
    String path = "/api/messages/%s/capture".formatted(OperationsClient.encode(id));
    JsonNode captured =
        unmask
            ? new JsonMapper().readTree(hub.reveal(path + "?unmask=true"))
            : hub.get(path, Map.of());
    NewExample example =
        new NewExample(
            directory.path().resolve(captured.get("connector").asText()),
            captured.get("channel").asText(),
            name == null ? "captured-" + id.toLowerCase(Locale.ROOT) : name);
    List<Path> files =
        example.writeRecord(
            captured.get("body").binaryValue(),
            new JsonMapper().convertValue(captured.get("headers"), TEXTS));
    report(files, captured.get("masked").asBoolean());
    return 0;
  }

  private void report(List<Path> files, boolean masked) {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson()) {
      output.json(
          out,
          new JsonMapper()
              .valueToTree(
                  Map.of("files", files.stream().map(Path::toString).toList(), "masked", masked)));
      return;
    }
    files.forEach(file -> out.println("written: " + file));
    out.println(
        masked
            ? "personal data is masked as far as it was recognised: look it over"
            : "personal data is in it: keep it to yourself");
    out.flush();
  }
}
