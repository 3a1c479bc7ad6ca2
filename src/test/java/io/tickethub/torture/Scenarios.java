package io.tickethub.torture;

import java.util.List;
import java.util.stream.Collectors;

/** All there are. */
final class Scenarios {

  static final List<Scenario> ALL =
      List.of(
          new KillScenario(),
          new PowerCutScenario(),
          new TargetDownScenario(),
          new ReplyLostScenario(),
          new RestartBackendsScenario(),
          new DiskFullScenario(),
          new BacklogScenario(),
          new PoisonScenario(),
          new DuplicatesScenario(),
          new MalformedScenario(),
          new HostileScenario(),
          new NetworkScenario(),
          new DisorderScenario(),
          new ClockScenario());

  private Scenarios() {}

  /**
   * The one of this name.
   *
   * @throws IllegalArgumentException if there is none; says which there are
   */
  static Scenario named(String name) {
    return ALL.stream()
        .filter(scenario -> scenario.name().equals(name))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no scenario '%s'; there are: %s".formatted(name, names())));
  }

  static String names() {
    return ALL.stream().map(Scenario::name).collect(Collectors.joining(", "));
  }
}
