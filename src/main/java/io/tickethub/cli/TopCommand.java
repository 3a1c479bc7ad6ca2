package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.cli.OperationsClient.OperationsException;
import java.io.PrintWriter;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

@Command(
    name = "top",
    mixinStandardHelpOptions = true,
    description = {
      "Shows what flows, system by system, anew each second until Ctrl-C: the worst first.",
      "Where there is no terminal, or with --once or --json, it prints once and ends; --once takes"
          + " a second, to know the rates."
    })
final class TopCommand implements Callable<Integer> {

  private static final long STEP_NANOSECONDS = TimeUnit.SECONDS.toNanos(1);
  private static final String OTHER_SCREEN = "\u001b[?1049h\u001b[?25l";
  private static final String FIRST_SCREEN = "\u001b[?25h\u001b[?1049l";
  private static final String HOME = "\u001b[H";
  private static final String REST_OF_SCREEN = "\u001b[J";

  @Mixin private OperationsClient hub;
  @Mixin private Output output;
  @Spec private CommandSpec spec;

  @Option(names = "--once", description = "prints once and ends")
  private boolean once;

  @Override
  public Integer call() {
    PrintWriter out = spec.commandLine().getOut();
    if (output.isJson() || once || System.console() == null) {
      TopFrame frame = new TopFrame(status(), second());
      if (output.isJson()) {
        output.json(out, frame.tree());
      } else {
        frame.plain().forEach(out::println);
      }
      out.flush();
      return 0;
    }
    return watch(out);
  }

  private JsonNode second() {
    LockSupport.parkNanos(STEP_NANOSECONDS);
    return status();
  }

  private JsonNode status() {
    return hub.get("/api/status", Map.of());
  }

  /** The screen is given back however this ends. */
  private int watch(PrintWriter out) {
    Thread giveBack =
        new Thread(
            () -> {
              out.print(FIRST_SCREEN);
              out.flush();
            },
            "screen");
    Runtime.getRuntime().addShutdownHook(giveBack);
    out.print(OTHER_SCREEN);
    JsonNode before = null;
    while (!Thread.currentThread().isInterrupted()) {
      try {
        JsonNode now = status();
        show(out, new TopFrame(before == null ? now : before, now));
        before = now;
      } catch (OperationsException e) {
        out.print(HOME + REST_OF_SCREEN + "hub: " + e.getMessage());
        before = null;
      }
      out.flush();
      LockSupport.parkNanos(STEP_NANOSECONDS);
    }
    return 0;
  }

  private static void show(PrintWriter out, TopFrame frame) {
    StringBuilder screen = new StringBuilder(HOME);
    frame.coloured().forEach(line -> screen.append(line).append("\u001b[K\r\n"));
    out.print(screen.append(REST_OF_SCREEN));
  }
}
