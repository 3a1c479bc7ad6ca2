package io.tickethub.cli;

import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.kit.reference.GeneratedFiles;
import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import picocli.CommandLine.ArgGroup;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** Checks or writes generated files, and says which were stale. */
final class GeneratedOutput {

  @Spec(Spec.Target.MIXEE)
  private CommandSpec spec;

  @Mixin private ConnectorDirectory directory;

  @ArgGroup private Mode mode = new Mode();

  @Mixin private Output output;

  /** One of the two. */
  private static final class Mode {

    @Option(names = "--check", description = "says which are stale, and fails if any is (default)")
    private boolean check;

    @Option(names = "--write", description = "writes those that are stale")
    private boolean write;
  }

  int run(Function<Path, GeneratedFiles> ofDirectory) {
    PrintWriter out = spec.commandLine().getOut();
    GeneratedFiles files = ofDirectory.apply(directory.path());
    List<Path> stale = mode.write ? files.write() : files.stale();
    if (output.isJson()) {
      output.json(
          out,
          new JsonMapper()
              .valueToTree(
                  Map.of(
                      mode.write ? "written" : "stale",
                      stale.stream().map(Path::toString).toList())));
    } else {
      stale.forEach(file -> out.println((mode.write ? "written: " : "stale: ") + file));
      if (stale.isEmpty()) {
        out.println("nothing is stale");
      } else if (!mode.write) {
        out.println("Write them with --write.");
      }
    }
    out.flush();
    return stale.isEmpty() || mode.write ? 0 : HubCommand.FAILED;
  }
}
