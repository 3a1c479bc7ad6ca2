package io.tickethub.torture;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;

/** What a run found, as it is written to a file and shown to programs. */
record Report(
    Scenario scenario, long seed, int cycles, Instant at, Duration took, Verdict verdict) {

  /** One object: scenario, seed, cycles, whether it holds, violations, facts, complaints. */
  String json() throws IOException {
    Map<String, Object> report = new LinkedHashMap<>();
    report.put("scenario", scenario.name());
    report.put("promise", scenario.promise());
    report.put("seed", seed);
    report.put("cycles", cycles);
    report.put("at", at.toString());
    report.put("seconds", Math.round(took.toMillis() / 100.0) / 10.0);
    report.put("machine", machine());
    report.put("holds", verdict.holds());
    report.putAll(verdict.violations());
    report.put("facts", verdict.facts());
    report.put("complaints", verdict.complaints());
    return new JsonMapper().writeValueAsString(report);
  }

  void write(Path file) throws IOException {
    Files.createDirectories(file.toAbsolutePath().getParent());
    Files.writeString(
        file,
        new JsonMapper()
                .writerWithDefaultPrettyPrinter()
                .writeValueAsString(new JsonMapper().readTree(json()))
            + "\n");
  }

  private static String machine() {
    return "%d processors, %s %s, Java %s"
        .formatted(
            Runtime.getRuntime().availableProcessors(),
            System.getProperty("os.name"),
            System.getProperty("os.arch"),
            System.getProperty("java.version"));
  }
}
