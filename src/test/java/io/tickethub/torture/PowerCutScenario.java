package io.tickethub.torture;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.concurrent.TimeUnit;

/** The power fails: what was not on the disk by then is gone. */
final class PowerCutScenario implements Scenario {

  private static final int CLERKS = 4;
  private static final int NOTES_OF_A_TICKET = 12;
  private static final double MESSAGES_A_SECOND = 50;
  private static final int MEGABYTES = 3_000;

  @Override
  public String name() {
    return "power-cut";
  }

  @Override
  public String promise() {
    return "N power cuts under load: the data's file system is copied while the hub is stopped in its tracks, and the hub starts"
        + " from the copy: nothing that got a receipt is lost, nothing takes effect twice";
  }

  @Override
  public int cycles() {
    return 50;
  }

  @Override
  public void play(Stage stage) throws Exception {
    Random random = stage.random();
    try (Volume volume = Volume.create(stage.directory(), MEGABYTES)) {
      Path data = volume.root().resolve("data");
      try (World world = new World(stage, World.threeTargets().data(data))) {
        world.start();
        try (Clerks clerks =
            new Clerks(world, stage.verdict(), NOTES_OF_A_TICKET)
                .atMost(MESSAGES_A_SECOND)
                .begin(CLERKS, stage.seed(), ledger -> false)) {
          for (int cycle = 1; cycle <= stage.cycles(); cycle++) {
            TimeUnit.MILLISECONDS.sleep(500 + random.nextInt(3_000));
            cut(world, volume, data);
            world.start();
            stage.verdict().count("power cuts", 1);
            stage.say(
                "cut %d of %d, %d receipts", cycle, stage.cycles(), world.ledger().receipts());
          }
        }
        world.settle();
        new Audit(world, stage.verdict()).all();
      }
    }
  }

  private static void cut(World world, Volume volume, Path data)
      throws IOException, InterruptedException {
    List<ProcessHandle> processes = processes(world, data);
    for (ProcessHandle process : processes) {
      signal(process, "STOP");
    }
    volume.copy();
    for (ProcessHandle process : processes) {
      signal(process, "KILL");
    }
    world.hub().kill();
    for (ProcessHandle process : processes) {
      process.onExit().join();
    }
    volume.becomeCopy();
  }

  /** The hub first: nobody gets a receipt for what the database did not have time for. */
  private static List<ProcessHandle> processes(World world, Path data) throws IOException {
    List<ProcessHandle> processes = new ArrayList<>();
    processes.add(world.hub().process());
    Path file = data.resolve("postgresql/data/postmaster.pid");
    if (Files.exists(file)) {
      ProcessHandle.of(Long.parseLong(Files.readAllLines(file).get(0).strip()))
          .ifPresent(
              postmaster -> {
                processes.add(postmaster);
                postmaster.descendants().forEach(processes::add);
              });
    }
    return processes;
  }

  private static void signal(ProcessHandle process, String name)
      throws IOException, InterruptedException {
    new ProcessBuilder("kill", "-" + name, Long.toString(process.pid())).start().waitFor();
  }
}
