package io.tickethub.demo;

import io.tickethub.standin.Mischief;
import java.io.IOException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/**
 * Every system misbehaves in turn, in each way its protocol knows, and the hub is killed twice in
 * between.
 */
final class Chaos {

  private static final Duration SPELL = Duration.ofSeconds(4);

  private static final Map<String, List<Mischief>> REPERTOIRE =
      Map.ofEntries(
          entry(
              "call-center",
              Mischief.DUPLICATE,
              Mischief.OUT_OF_ORDER,
              Mischief.DOWN,
              Mischief.REPLY_LOST),
          entry(
              "fault-112",
              Mischief.REPLY_LOST,
              Mischief.DOWN,
              Mischief.OUT_OF_ORDER,
              Mischief.HALF_FILE,
              Mischief.FAILING,
              Mischief.DUPLICATE),
          entry("crm-bss", Mischief.DOWN, Mischief.SLOW, Mischief.FAILING, Mischief.REPLY_LOST),
          entry(
              "partner-hospital",
              Mischief.FAILING,
              Mischief.REPLY_LOST,
              Mischief.HANG,
              Mischief.DUPLICATE),
          entry(
              "partner-campus-card",
              Mischief.DOWN,
              Mischief.HALF_FILE,
              Mischief.DUPLICATE,
              Mischief.OUT_OF_ORDER),
          entry(
              "partner-transport",
              Mischief.REPLY_LOST,
              Mischief.DOWN,
              Mischief.OUT_OF_ORDER,
              Mischief.SLOW),
          entry("noc", Mischief.DUPLICATE, Mischief.DOWN),
          entry("support-centre", Mischief.REPLY_LOST, Mischief.FAILING),
          entry("field-service", Mischief.HALF_FILE, Mischief.DOWN),
          entry("customer-response", Mischief.DOWN, Mischief.DUPLICATE),
          entry("messaging-ecp", Mischief.REPLY_LOST, Mischief.FAILING),
          entry("partner-government", Mischief.REPLY_LOST),
          entry("partner-general", Mischief.DOWN));

  private static Map.Entry<String, List<Mischief>> entry(String system, Mischief... ways) {
    return Map.entry(system, List.of(ways));
  }

  private final DemoWorld world;
  private final Consumer<String> tell;
  private final Deque<Step> steps = new ArrayDeque<>();
  private int second;

  private record Step(int second, Act act) {}

  private interface Act {
    void play() throws IOException, InterruptedException;
  }

  Chaos(DemoWorld world, Consumer<String> tell) {
    this.world = world;
    this.tell = tell;
    int at = 5;
    int turn = 0;
    boolean more = true;
    while (more) {
      more = false;
      for (String system : REPERTOIRE.keySet().stream().sorted().toList()) {
        List<Mischief> ways = REPERTOIRE.get(system);
        if (turn < ways.size()) {
          Mischief how = ways.get(turn);
          steps.add(new Step(at, () -> misbehave(system, how)));
          at += 2;
          more = true;
        }
      }
      if (turn < 2) {
        steps.add(new Step(at, this::killTheHub));
        at += 3;
      }
      turn++;
    }
  }

  private void misbehave(String system, Mischief how) throws IOException, InterruptedException {
    tell.accept("%s misbehaves: %s".formatted(system, how.name().toLowerCase().replace('_', ' ')));
    world.misbehave(system, how, SPELL);
  }

  private void killTheHub() throws IOException, InterruptedException {
    tell.accept("the hub is killed (kill -9)");
    world.hub().kill();
    Duration ready = world.hub().start();
    tell.accept("the hub is ready again after %.1f s".formatted(ready.toMillis() / 1000.0));
  }

  /** Plays what is due after another second; false when everything was played. */
  boolean tick() throws IOException, InterruptedException {
    second++;
    while (!steps.isEmpty() && steps.element().second() <= second) {
      steps.remove().act().play();
    }
    return !steps.isEmpty();
  }
}
