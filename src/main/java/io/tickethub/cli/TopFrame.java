package io.tickethub.cli;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/** What {@code hub top} shows, of two answers of {@code /api/status} one after the other. */
final class TopFrame {

  private static final String FORM = "%-26s %9s %9s %9s %9s %8s %9s  %s";
  private static final int MOST_TROUBLE = 70;

  private final JsonNode now;
  private final double seconds;
  private final List<Shown> systems = new ArrayList<>();

  TopFrame(JsonNode before, JsonNode now) {
    this.now = now;
    Duration between = Duration.between(at(before), at(now));
    this.seconds = Math.max(0.001, between.toMillis() / 1000.0);
    Map<String, JsonNode> earlier = new HashMap<>();
    before.path("connectors").forEach(line -> earlier.put(name(line), line));
    now.path("connectors")
        .forEach(line -> systems.add(shown(line, earlier.getOrDefault(name(line), line))));
    systems.sort(
        Comparator.comparingInt((Shown system) -> system.health().ordinal())
            .thenComparing(Comparator.comparingLong(Shown::waiting).reversed())
            .thenComparing(Shown::name));
  }

  /** How a system is, the worst first. */
  private enum Health {
    FAILED(31),
    DOWN(31),
    STOPPED(31),
    PAUSED(33),
    OFF(90),
    GOOD(32);

    private final int colour;

    Health(int colour) {
      this.colour = colour;
    }

    String text() {
      return name().toLowerCase(Locale.ROOT);
    }
  }

  private record Shown(
      String name,
      Health health,
      double in,
      double out,
      double errors,
      long waiting,
      Instant oldest,
      String trouble) {}

  private static String name(JsonNode line) {
    return line.path("name").asText();
  }

  private static Instant at(JsonNode status) {
    return instant(status.path("at"));
  }

  /** Whatever way JSON has it. */
  private static Instant instant(JsonNode node) {
    return node.isNumber()
        ? Instant.ofEpochMilli((long) (node.asDouble() * 1000))
        : Instant.parse(node.asText());
  }

  private Shown shown(JsonNode line, JsonNode before) {
    Health health = health(line);
    return new Shown(
        name(line),
        health,
        rate(line, before, "received"),
        rate(line, before, "delivered"),
        rate(line, before, "failures"),
        line.path("waiting").asLong(),
        line.path("oldest").isNull() || line.path("oldest").isMissingNode()
            ? null
            : instant(line.path("oldest")),
        trouble(line, health));
  }

  /** Counts begin anew with the hub. */
  private double rate(JsonNode line, JsonNode before, String count) {
    return Math.max(0, line.path(count).asLong() - before.path(count).asLong()) / seconds;
  }

  private static Health health(JsonNode line) {
    String state = line.path("state").asText();
    if (!state.equals("running")) {
      return state.equals("failed") ? Health.FAILED : Health.OFF;
    }
    if (line.path("breaker").isTextual() && !line.path("breaker").asText().equals("closed")) {
      return Health.DOWN;
    }
    boolean paused = line.path("paused").isTextual();
    for (JsonNode route : line.path("stopped")) {
      if (!route.path("state").asText().equals("paused")) {
        return Health.STOPPED;
      }
      paused = true;
    }
    return paused ? Health.PAUSED : Health.GOOD;
  }

  private static String trouble(JsonNode line, Health health) {
    List<String> said = new ArrayList<>();
    for (JsonNode route : line.path("stopped")) {
      said.add(
          "%s %s by %s: %s"
              .formatted(
                  route.path("route").asText(),
                  route.path("state").asText(),
                  route.path("by").asText(),
                  route.path("reason").asText()));
    }
    if (line.path("paused").isTextual()) {
      said.add("paused: " + line.path("paused").asText());
    }
    if (health == Health.DOWN) {
      said.add(
          "breaker %s: %s"
              .formatted(line.path("breaker").asText(), line.path("lastFailure").asText("")));
    }
    if (line.path("cause").isTextual()) {
      said.add(line.path("cause").asText());
    }
    return String.join("; ", said);
  }

  ObjectNode tree() {
    ObjectNode tree = new JsonMapper().createObjectNode();
    tree.set("node", now.path("node"));
    tree.set("at", now.path("at"));
    tree.put("seconds", seconds);
    tree.set("waitingMessages", now.path("waitingMessages"));
    tree.set("openDeadLetters", now.path("openDeadLetters"));
    tree.set("openAlerts", now.path("openAlerts"));
    ArrayNode list = tree.putArray("systems");
    for (Shown system : systems) {
      list.addObject()
          .put("name", system.name())
          .put("health", system.health().text())
          .put("inPerSecond", system.in())
          .put("outPerSecond", system.out())
          .put("errorsPerSecond", system.errors())
          .put("waiting", system.waiting())
          .put("oldest", system.oldest() == null ? null : system.oldest().toString())
          .put("trouble", system.trouble());
    }
    return tree;
  }

  List<String> plain() {
    return lines(false);
  }

  List<String> coloured() {
    return lines(true);
  }

  private List<String> lines(boolean colours) {
    List<String> lines = new ArrayList<>();
    lines.add(
        "%s  %s  in %s/s, out %s/s, waiting %d, dead letters %d, alerts %d"
            .formatted(
                now.path("node").asText(),
                at(now).toString().replaceFirst("\\..*", "Z"),
                rate(systems.stream().mapToDouble(Shown::in).sum()),
                rate(systems.stream().mapToDouble(Shown::out).sum()),
                systems.stream().mapToLong(Shown::waiting).sum(),
                now.path("openDeadLetters").asLong(),
                now.path("openAlerts").asLong()));
    String head =
        FORM.formatted(
            "SYSTEM", "STATE", "IN/S", "OUT/S", "ERRORS/S", "WAITING", "OLDEST", "TROUBLE");
    lines.add(colours ? "\u001b[7m" + head + "\u001b[0m" : head);
    for (Shown system : systems) {
      String line = line(system).stripTrailing();
      lines.add(colours ? "\u001b[%dm%s\u001b[0m".formatted(system.health().colour, line) : line);
    }
    return lines;
  }

  private String line(Shown system) {
    return FORM.formatted(
        system.name(),
        system.health().text(),
        rate(system.in()),
        rate(system.out()),
        rate(system.errors()),
        system.waiting(),
        system.oldest() == null ? "-" : age(Duration.between(system.oldest(), at(now))),
        harmless(system.trouble()));
  }

  /** What systems say must not steer the terminal. */
  private static String harmless(String text) {
    String line = text.replaceAll("\\p{Cntrl}+", " ");
    return line.length() <= MOST_TROUBLE ? line : line.substring(0, MOST_TROUBLE) + "…";
  }

  private static String rate(double perSecond) {
    return String.format(Locale.ROOT, perSecond < 100 ? "%.1f" : "%.0f", perSecond);
  }

  private static String age(Duration age) {
    long seconds = Math.max(0, age.toSeconds());
    return seconds < 90
        ? seconds + "s"
        : seconds < 5_400
            ? seconds / 60 + "min"
            : seconds < 172_800 ? seconds / 3_600 + "h" : seconds / 86_400 + "d";
  }
}
