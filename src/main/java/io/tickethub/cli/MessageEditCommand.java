package io.tickethub.cli;

import java.io.IOException;
import java.util.concurrent.Callable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "edit",
    mixinStandardHelpOptions = true,
    description = {
      "Sends a mended message in, in the place of one that was rejected: a new message with an id of its own, linked with the old"
          + " one, which is kept byte for byte. 'hub message show ID --reveal > FILE' gives the bytes to mend.",
      "Takes the privacy token."
    })
final class MessageEditCommand implements Callable<Integer> {

  @Parameters(paramLabel = "ID", description = "see 'hub message find --status rejected'")
  private String id;

  @Mixin private EditedMessage edited;
  @Spec private CommandSpec spec;

  @Override
  public Integer call() throws IOException {
    edited.send(
        "/api/messages/%s/edit".formatted(OperationsClient.encode(id)),
        spec.commandLine().getOut());
    return 0;
  }
}
