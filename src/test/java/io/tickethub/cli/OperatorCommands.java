package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;

/** What operators type for reconciliation, retention, accounts, plans, assessments and clocks. */
final class OperatorCommands {

  /** What a command printed, and its exit code. */
  record Answer(int code, String out, String err) {}

  /** Types a command at a running hub. */
  interface Terminal {
    Answer type(String... words);
  }

  private final Terminal terminal;
  private final Path directory;
  private final List<DynamicTest> tests = new ArrayList<>();

  /** {@code directory} is empty. */
  OperatorCommands(Terminal terminal, Path directory) {
    this.terminal = terminal;
    this.directory = directory;
  }

  /** Against a hub that knows a ticket, and of whose systems none answers. */
  Stream<DynamicTest> tests(String ticket) {
    reconciliation();
    retention();
    accounts();
    plans();
    assessments();
    clocks(ticket);
    return tests.stream();
  }

  private void reconciliation() {
    done("reconcile list", "connector", "state", "drifts");
    json("reconcile list --json");
    refused(4, "reconcile nowhere", "cannot be asked for its list now; those of [");
    refused(4, "reconcile show 0WZX4H9Y0C001", "0WZX4H9Y0C001");
    refused(4, "reconcile explain 0WZX4H9Y0C001", "0WZX4H9Y0C001");
    refused(1, "reconcile list --limit 0", "limit has to be at least 1");
    refused(1, "reconcile approve 0WZX4H9Y0C001 --take hub", "say why");
    refused(2, "reconcile approve 0WZX4H9Y0C001 --reason t", "--take");
    refused(2, "reconcile show", "RUN");
    refused(2, "reconcile list --limit many", "--limit");
    refused(1, "reconcile --csv " + directory.resolve("nowhere/drifts.csv"), "there is no");
  }

  private void retention() {
    done("retention show", "what", "keptDays", "removed");
    json("retention show --json");
    done("retention run --dry-run", "keptDays");
    json("retention run --json");
    refused(2, "retention", "Usage: hub retention");
    refused(2, "retention run --all", "--all");
  }

  private void accounts() {
    Path password = directory.resolve("password");
    write(password, "a password long enough\n");
    Path weak = directory.resolve("weak");
    write(weak, "short");
    String add = "account add li.wei --role viewer --password-file ";
    done(add + password, "li.wei", "viewer");
    done("account list", "li.wei", "viewer");
    json("account list --json");
    refused(1, add + weak, "password");
    refused(1, add + directory.resolve("nowhere"), "cannot be read");
    refused(
        1,
        "account add li.wei --role emperor --password-file " + password,
        "viewer, operator, engineer, privacy-officer");
    refused(1, "account add Li_Wei! --role viewer --password-file " + password, "Li_Wei!");
    refused(2, "account add li.wei", "--role");
    done("account remove li.wei", "name");
    refused(4, "account remove li.wei", "li.wei");
  }

  private void plans() {
    done("plan list", "plan", "(none)");
    done("plan next --limit 5", "due", "(none)");
    done("plan run --dry-run", "due", "(none)");
    json("plan next --json");
    refused(1, "plan next --limit 0", "limit has to be at least 1");
    refused(2, "plan run now", "now");
  }

  private void assessments() {
    done("assessment list", "month", "(none)");
    json("assessment run 2026-10 --dry-run --json");
    done("assessment run 2026-10 --dry-run", "partner", "indicator");
    refused(4, "assessment show 2026-10", "2026-10 has not been published");
    refused(1, "assessment show october", "'october' is no month: write 2026-10");
    refused(
        4,
        "assessment export 2026-10 --format csv --out " + directory.resolve("october.csv"),
        "2026-10 has not been published");
    refused(2, "assessment export 2026-10 --format pdf --out x", "pdf");
    refused(2, "assessment show", "MONTH");
  }

  private void clocks(String ticket) {
    done(
        "ticket clock " + ticket,
        "limit",
        "statutory-repair-city",
        "call-backs ",
        "every other customer is called three times");
    json("ticket clock --json " + ticket);
    refused(4, "ticket clock TH-nobody", "TH-nobody");
    refused(2, "ticket clock", "NUMBER");
  }

  private void done(String command, String... parts) {
    test(
        command,
        answer -> {
          assertThat(answer.code()).as(answer.err()).isZero();
          assertThat(answer.out()).contains(parts);
        });
  }

  private void json(String command) {
    test(
        command,
        answer -> {
          assertThat(answer.code()).as(answer.err()).isZero();
          assertThat(new JsonMapper().readTree(answer.out()).isContainerNode()).isTrue();
        });
  }

  /** A user's mistake has no stack trace. */
  private void refused(int code, String command, String part) {
    test(
        command,
        answer -> {
          assertThat(answer.code()).as(answer.out() + answer.err()).isEqualTo(code);
          assertThat(answer.err()).contains(part).doesNotContain("Exception", "\tat ");
        });
  }

  private interface Check {
    void holds(Answer answer) throws IOException;
  }

  private void test(String command, Check check) {
    String name = command.replace(directory.toString(), "…");
    tests.add(
        DynamicTest.dynamicTest(
            name,
            () ->
                check.holds(
                    terminal.type(Arrays.stream(command.split(" ")).toArray(String[]::new)))));
  }

  private static void write(Path file, String text) {
    try {
      Files.writeString(file, text);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
