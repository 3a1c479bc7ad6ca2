package io.tickethub.torture;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/**
 * One fault reported by two systems at the same moment: the second names the first one's number
 * beside its own. One ticket must come of it, known by both numbers.
 */
final class TwoReporters {

  static final String OTHER = "counter";

  private static final int PATIENCE_SECONDS = 30;

  private TwoReporters() {}

  static void play(Stage stage, World world, ExecutorService threads, int faults)
      throws IOException, InterruptedException, ExecutionException {
    List<Callable<Integer>> reports = new ArrayList<>();
    for (int fault = 0; fault < faults; fault++) {
      String first = "T-" + fault;
      Map<String, Object> second = SendingSystem.report("C-" + fault);
      second.put("ticket", Map.of("id", "C-" + fault, "aliases", Map.of(World.DESK, first)));
      reports.add(() -> world.desk().opens(first));
      reports.add(() -> world.reporter(OTHER).sends("newest", SendingSystem.fresh(), second));
    }
    for (Future<Integer> report : threads.invokeAll(reports)) {
      if (report.get() != 202) {
        stage.verdict().violation("policy", "a report was answered with %d", report.get());
      }
    }
    for (int fault = 0; fault < faults; fault++) {
      judge(stage, world, "T-" + fault, "C-" + fault);
    }
    stage.verdict().count("faults reported by two systems", faults);
  }

  private static void judge(Stage stage, World world, String first, String second)
      throws IOException, InterruptedException {
    String one = number(world, first);
    String other = number(world, second);
    if (!one.equals(other)) {
      stage.verdict().violation(Audit.DUPLICATED, "%s is %s and %s %s", first, one, second, other);
    }
    for (Target target : world.targets()) {
      long introductions =
          target.ledger().of(one).stream().filter(effect -> effect.note() == null).count();
      if (introductions > 1) {
        stage
            .verdict()
            .violation(
                Audit.DUPLICATED, "%s was told of %s %d times", target.name(), one, introductions);
      }
    }
  }

  private static String number(World world, String called)
      throws IOException, InterruptedException {
    for (int second = 0; second < PATIENCE_SECONDS; second++) {
      try {
        JsonNode ticket = world.hub().get("/api/tickets/" + called);
        return ticket.at("/ticket/number").asText();
      } catch (IOException e) {
        TimeUnit.SECONDS.sleep(1);
      }
    }
    return "unknown";
  }
}
