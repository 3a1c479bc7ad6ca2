package io.tickethub.cli;

import ch.qos.logback.classic.Level;
import ch.qos.logback.classic.Logger;
import io.tickethub.cli.OperationsClient.OperationsException;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.AccessDeniedException;
import java.nio.file.NoSuchFileException;
import org.slf4j.LoggerFactory;
import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.IVersionProvider;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

/** The command line's beginning. */
@Command(
    name = "hub",
    mixinStandardHelpOptions = true,
    versionProvider = HubCommand.Version.class,
    description = "Ticket Hub: the integration hub for a telecom's customer-support systems.",
    subcommands = {
      RunCommand.class,
      StatusCommand.class,
      TopCommand.class,
      ConnectorCommand.class,
      RouteCommand.class,
      ControlCommand.Pause.class,
      ControlCommand.Resume.class,
      TicketCommand.class,
      ClockCommand.class,
      MessageCommand.class,
      DeadLetterCommand.class,
      ReconcileCommand.class,
      AssessmentCommand.class,
      PlanCommand.class,
      AlertCommand.class,
      AuditCommand.class,
      AccountCommand.class,
      RetentionCommand.class,
      ConfigurationCommand.class,
      CommandLine.HelpCommand.class
    },
    footer = {
      "",
      "From a source tree, './hub demo', './hub bench' and './hub torture' run the hub among"
          + " stand-ins of the systems around it; see their --help.",
      "",
      "Exit codes: 0 done, 1 it could not be done, 2 the command was not understood, 3 the hub does"
          + " not answer, 4 not found, 5 there are differences (reconcile)."
    })
public final class HubCommand implements Runnable {

  static final int FAILED = 1;
  static final int NOT_ANSWERING = 3;
  static final int NOT_FOUND = 4;

  @Spec private CommandSpec spec;

  @Override
  public void run() {
    throw new ParameterException(spec.commandLine(), "say what to do");
  }

  public static void main(String[] arguments) {
    // Spring sets the levels anew for 'run'; every other command is to say nothing but its answer.
    ((Logger) LoggerFactory.getLogger(Logger.ROOT_LOGGER_NAME)).setLevel(Level.WARN);
    ((Logger) LoggerFactory.getLogger("org.springframework.boot.diagnostics")).setLevel(Level.OFF);
    int code = commandLine().execute(arguments);
    if (code != RunCommand.RUNNING) {
      System.exit(code);
    }
  }

  public static CommandLine commandLine() {
    return new CommandLine(new HubCommand())
        .setExecutionExceptionHandler((exception, command, result) -> explain(exception, command));
  }

  private static int explain(Exception exception, CommandLine command) throws Exception {
    if (exception instanceof OperationsException operations) {
      command.getErr().println("hub: " + operations.getMessage());
      return operations.exitCode();
    }
    if (exception instanceof DefinitionException || exception instanceof IllegalStateException) {
      command.getErr().println("hub: " + exception.getMessage());
      return FAILED;
    }
    if (exception instanceof NoSuchFileException missing) {
      command.getErr().println("hub: there is no file or directory " + missing.getFile());
      return FAILED;
    }
    if (exception instanceof AccessDeniedException denied) {
      command.getErr().println("hub: this user may not read or write " + denied.getFile());
      return FAILED;
    }
    if (exception instanceof IOException) {
      command
          .getErr()
          .println(
              "hub: %s: %s"
                  .formatted(exception.getClass().getSimpleName(), exception.getMessage()));
      return FAILED;
    }
    throw exception;
  }

  /** The version of the jar. */
  static final class Version implements IVersionProvider {
    @Override
    public String[] getVersion() {
      String version = HubCommand.class.getPackage().getImplementationVersion();
      return new String[] {"Ticket Hub " + (version == null ? "(from a source tree)" : version)};
    }
  }
}
