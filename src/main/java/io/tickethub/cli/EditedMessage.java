package io.tickethub.cli;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Option;

/** A mended message that is sent in, in the place of another. */
final class EditedMessage {

  @Option(
      names = "--body",
      paramLabel = "FILE",
      required = true,
      description = "the new message, byte for byte")
  private Path body;

  @Option(names = "--reason", paramLabel = "TEXT", required = true, description = "why; audited")
  private String reason;

  @Mixin private OperationsClient hub;
  @Mixin private Output output;

  /** {@code path} is the operation that takes it. */
  void send(String path, PrintWriter out) throws IOException {
    output.object(out, hub.postRevealing(path, Map.of("reason", reason), Files.readAllBytes(body)));
  }
}
