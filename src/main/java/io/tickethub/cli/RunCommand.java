package io.tickethub.cli;

import io.tickethub.TicketHub;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import org.springframework.boot.Banner;
import org.springframework.boot.SpringApplication;
import org.springframework.boot.builder.SpringApplicationBuilder;
import org.springframework.context.ConfigurableApplicationContext;
import picocli.CommandLine.Command;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

@Command(
    name = "run",
    mixinStandardHelpOptions = true,
    description = "Starts the hub and stays until it is stopped (Ctrl-C, or a TERM signal).")
final class RunCommand implements Callable<Integer> {

  /** The hub has started and lives on in its own threads. */
  static final int RUNNING = -1;

  @Option(
      names = "--config",
      paramLabel = "FILE",
      description = "the configuration; default: hub.yaml here, if there is one")
  private Path configuration;

  @Option(
      names = "--stop-when-ready",
      description = "starts everything, says so, and stops: a check of the configuration")
  private boolean stopWhenReady;

  @Parameters(
      paramLabel = "--KEY=VALUE",
      arity = "0..*",
      description = "a single configuration value, after --: -- --hub.data=/var/lib/hub")
  private List<String> values = new ArrayList<>();

  @Override
  public Integer call() {
    if (configuration != null && !Files.isReadable(configuration)) {
      throw new IllegalStateException(
          "the configuration %s cannot be read".formatted(configuration));
    }
    List<String> arguments = new ArrayList<>(values);
    arguments.add("--spring.config.name=hub");
    if (configuration != null) {
      arguments.add(
          "--spring.config.additional-location=" + configuration.toAbsolutePath().toUri());
    }
    SpringApplication application =
        new SpringApplicationBuilder(TicketHub.class)
            .bannerMode(Banner.Mode.OFF)
            .logStartupInfo(false)
            .build();
    try {
      ConfigurableApplicationContext hub = application.run(arguments.toArray(String[]::new));
      if (stopWhenReady) {
        hub.close();
        return 0;
      }
      return RUNNING;
    } catch (RuntimeException e) {
      // Spring has said by now, in the log, why it cannot start.
      return HubCommand.FAILED;
    }
  }
}
