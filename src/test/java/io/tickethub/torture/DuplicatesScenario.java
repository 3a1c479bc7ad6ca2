package io.tickethub.torture;

import static java.util.concurrent.TimeUnit.SECONDS;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/** The same thing again, from many connections at once. */
final class DuplicatesScenario implements Scenario {

  private static final int CONNECTIONS = 8;
  private static final int TICKETS = 5;
  private static final int USES = 20;

  @Override
  public String name() {
    return "duplicates";
  }

  @Override
  public String promise() {
    return "the same id and bytes N times from 8 connections at once have one effect; the same id with other bytes is what the"
        + " channel declares; a file of the same name with other content is read line by line; one fault reported by two"
        + " systems is one ticket";
  }

  @Override
  public int cycles() {
    return 1_000;
  }

  @Override
  public void play(Stage stage) throws Exception {
    stage.verdict().looksFor("policy");
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    Path connectors = stage.directory().resolve("connectors");
    try (RepeatedFile file = new RepeatedFile(stage.directory().resolve("files"));
        World world =
            new World(
                stage, file.in(World.threeTargets().reporter(TwoReporters.OTHER), connectors))) {
      world.start();
      file.play(stage, world);
      stage.say("one file name, each time with more in it");
      for (int number = 0; number < TICKETS; number++) {
        sameBytes(stage, world, threads, "D-" + number);
        stage.say("ticket %d of %d: everything sent %d times", number + 1, TICKETS, stage.cycles());
      }
      world.settle();
      new Audit(world, stage.verdict()).all();
      TwoReporters.play(stage, world, threads, Math.max(10, stage.cycles() / 10));
      otherBytes(stage, world, "conflict", "conflict");
      otherBytes(stage, world, "reject", "rejected");
    } finally {
      threads.shutdown();
    }
  }

  /** A report and two notes, each a thousand times; the second note after the first had its say. */
  private static void sameBytes(Stage stage, World world, ExecutorService threads, String ticket)
      throws Exception {
    many(stage, world, threads, SendingSystem.report(ticket));
    world.ledger().opened(ticket);
    for (String note : List.of(ticket + " first", ticket + " second")) {
      many(stage, world, threads, SendingSystem.note(ticket, note));
      world.ledger().said(ticket, note);
    }
  }

  private static void many(
      Stage stage, World world, ExecutorService threads, Map<String, Object> change)
      throws InterruptedException, ExecutionException {
    String id = SendingSystem.fresh();
    List<Future<?>> sending = new ArrayList<>();
    for (int connection = 0; connection < CONNECTIONS; connection++) {
      int share =
          stage.cycles() / CONNECTIONS + (connection < stage.cycles() % CONNECTIONS ? 1 : 0);
      sending.add(
          threads.submit(
              () -> {
                SendingSystem desk = world.desk();
                for (int copy = 0; copy < share; copy++) {
                  int status = desk.sends("newest", id, change);
                  if (status != 202) {
                    stage.verdict().violation("policy", "a copy was answered with %d", status);
                  }
                }
                return null;
              }));
    }
    for (Future<?> one : sending) {
      one.get();
    }
    stage.verdict().count("copies sent", stage.cycles());
  }

  private static void otherBytes(Stage stage, World world, String channel, String expected)
      throws IOException, InterruptedException {
    SendingSystem desk = world.desk();
    String ticket = "P-" + channel;
    String id = SendingSystem.fresh();
    desk.sends(channel, SendingSystem.fresh(), SendingSystem.report(ticket));
    for (int use = 0; use < USES; use++) {
      desk.sends(channel, id, SendingSystem.note(ticket, "%s use %d".formatted(ticket, use)));
    }
    JsonNode messages = world.hub().get("/api/messages?limit=100&externalId=" + id);
    for (int second = 0; messages.size() < USES && second < 30; second++) {
      SECONDS.sleep(1);
      messages = world.hub().get("/api/messages?limit=100&externalId=" + id);
    }
    int applied = 0;
    for (JsonNode message : messages) {
      String status = message.path("status").asText();
      applied += status.equals("applied") ? 1 : 0;
      if (!status.equals("applied") && !status.equals(expected)) {
        stage.verdict().violation("policy", "%s: a later use is %s", channel, status);
      }
    }
    if (applied != 1 || messages.size() != USES) {
      stage
          .verdict()
          .violation("policy", "%s: %d of %d applied", channel, applied, messages.size());
    }
    JsonNode kept = world.hub().get("/api/tickets/" + ticket);
    String number = kept.at("/ticket/number").asText();
    SECONDS.sleep(2);
    for (Target target : world.targets()) {
      long notes =
          target.ledger().of(number).stream().filter(effect -> effect.note() != null).count();
      if (notes != 1) {
        stage.verdict().violation("policy", "%s: %d notes at %s", channel, notes, target.name());
      }
    }
  }
}
