package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import java.io.Console;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

@Command(
    name = "account",
    mixinStandardHelpOptions = true,
    description = "Who may log in to the console, and as what.",
    synopsisSubcommandLabel = "(list | add | token | remove)")
final class AccountCommand {

  private static final String PATH = "/api/accounts";

  @Spec private CommandSpec spec;

  @Command(
      name = "list",
      mixinStandardHelpOptions = true,
      description = "Lists the accounts with their roles.")
  void list(@Mixin OperationsClient hub, @Mixin Output output) {
    print(hub.get(PATH, Map.of()), output);
  }

  @Command(
      name = "add",
      mixinStandardHelpOptions = true,
      description = {
        "Adds an account, or gives one another role and password: whoever is logged in by it has to log in again.",
        "viewer sees, operator also pauses, replays and reconciles, engineer also rolls connectors back,"
            + " privacy-officer sees personal data (takes the privacy token), administrator also adds accounts."
      })
  void add(
      @Parameters(paramLabel = "NAME", description = "small letters, digits, dots and hyphens")
          String name,
      @Option(
              names = "--role",
              required = true,
              paramLabel = "ROLE",
              description = "viewer, operator, engineer, privacy-officer or administrator")
          String role,
      @Option(
              names = "--connector",
              paramLabel = "CONNECTOR",
              split = ",",
              description =
                  "limits what it operates, configures and sees unmasked to these; it still sees all else")
          List<String> connectors,
      @Option(
              names = "--password-file",
              paramLabel = "FILE",
              description = "a file with the password; without it the password is asked for")
          Path file,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    String path = PATH + "/" + OperationsClient.encode(name);
    Map<String, String> query =
        connectors == null
            ? Map.of("role", role)
            : Map.of("role", role, "connectors", String.join(",", connectors));
    byte[] password = password(file).getBytes(StandardCharsets.UTF_8);
    output.object(
        spec.commandLine().getOut(),
        role.equals("privacy-officer")
            ? hub.postRevealing(path, query, password)
            : hub.post(path, query, password));
  }

  @Command(
      name = "token",
      mixinStandardHelpOptions = true,
      description = {
        "Makes a token with which the command line and programs act as an account: HUB_TOKEN=TOKEN ./hub …",
        "It is shown once; another one, or another password, ends it. That of a privacy officer takes HUB_TOKEN with the privacy token."
      })
  void token(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    output.object(
        spec.commandLine().getOut(),
        hub.post(PATH + "/" + OperationsClient.encode(name) + "/token", Map.of()));
  }

  private static String password(Path file) {
    if (file != null) {
      try {
        return Files.readString(file).strip();
      } catch (IOException e) {
        throw new IllegalStateException("the password file %s cannot be read".formatted(file), e);
      }
    }
    Console console = System.console();
    char[] typed = console == null ? null : console.readPassword("Password: ");
    if (typed == null) {
      throw new IllegalStateException(
          "there is nobody to ask for the password: give it with --password-file");
    }
    return new String(typed);
  }

  @Command(
      name = "remove",
      mixinStandardHelpOptions = true,
      description = "Removes an account, and ends its sessions.")
  void remove(
      @Parameters(paramLabel = "NAME") String name,
      @Mixin OperationsClient hub,
      @Mixin Output output) {
    print(hub.delete(PATH + "/" + OperationsClient.encode(name)), output);
  }

  private void print(JsonNode accounts, Output output) {
    output.table(
        spec.commandLine().getOut(),
        accounts,
        "name",
        "role",
        "connectors",
        "token",
        "lockedUntil",
        "changedAt",
        "changedBy");
  }
}
