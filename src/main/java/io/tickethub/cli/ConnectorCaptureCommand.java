package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.GoldenFiles;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.InboundChannel;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
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
    Path folder = directory.path().resolve(captured.get("connector").asText());
    String channel = captured.get("channel").asText();
    ConnectorDefinition definition = ConnectorCheck.compile(folder);
    InboundChannel inbound = definition.inbound().get(channel);
    if (inbound == null) {
      throw new IllegalStateException(
          "%s has no channel %s from its system: only received messages can be captured"
              .formatted(folder, channel));
    }
    Path example =
        folder
            .resolve("examples")
            .resolve(channel)
            .resolve(name == null ? "captured-" + id.toLowerCase(Locale.ROOT) : name);
    if (Files.exists(example)) {
      throw new IllegalStateException(example + " is there already: give --case");
    }
    List<Path> files = write(folder, inbound, captured, example);
    files.addAll(new GoldenFiles(definition).rewrite(channel, example));
    report(files, captured.get("masked").asBoolean());
    return 0;
  }

  private static List<Path> write(
      Path folder, InboundChannel channel, JsonNode captured, Path example) throws IOException {
    Files.createDirectories(example);
    List<Path> files = new ArrayList<>();
    Path received = example.resolve("received." + extension(channel, example.getParent()));
    Files.write(received, CapturedFile.of(folder, channel, captured.get("body").binaryValue()));
    files.add(received);
    if (!captured.path("headers").isEmpty()) {
      Path headers = example.resolve("headers.json");
      Files.writeString(headers, captured.get("headers").toPrettyString() + "\n");
      files.add(headers);
    }
    return files;
  }

  /** As the other examples of the channel have it. */
  private static String extension(InboundChannel channel, Path examples) throws IOException {
    try (var files = Files.walk(examples)) {
      return files
          .map(file -> file.getFileName().toString())
          .filter(file -> file.startsWith("received."))
          .map(file -> file.substring("received.".length()))
          .findFirst()
          .orElseGet(
              () ->
                  switch (channel.form().format()) {
                    case JSON, JSON_RECORDS -> "json";
                    case XML, SOAP, SOAP12, XML_RECORDS -> "xml";
                    case JSON_LINES -> "jsonl";
                    case DELIMITED, FIXED_WIDTH, LIBRARY -> "txt";
                  });
    }
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
