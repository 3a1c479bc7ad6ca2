package io.tickethub.kit.contract;

import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.journal.JournalEntry;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.time.Instant;
import java.util.Map;
import java.util.TreeMap;

/** The inbound mappings of a running connector, which can be broken and mended; and its reload. */
final class BrokenMappings {

  private static final String REFUSES = "$error(\"the contract suite broke the mapping\")";

  private final Stage stage;
  private final HubHolder hub;
  private final Path examples;
  private final Path examplesAside;
  private final Map<Path, byte[]> whole = new TreeMap<>();

  BrokenMappings(Stage stage, HubHolder hub) {
    this.stage = stage;
    this.hub = hub;
    this.examples = stage.folder().resolve("examples");
    this.examplesAside = stage.aside().resolve(stage.name() + "-examples");
  }

  /** From now on every message from the system is refused. */
  void breakAll() {
    if (!whole.isEmpty()) {
      return;
    }
    reload(
        () -> {
          // The hub takes no change that the examples contradict.
          if (Files.exists(examples)) {
            Files.move(examples, examplesAside);
          }
          for (InboundChannel channel : stage.definition().inbound().values()) {
            Path file = stage.folder().resolve(channel.form().mapping());
            if (!whole.containsKey(file)) {
              whole.put(file, Files.readAllBytes(file));
              Files.writeString(file, REFUSES);
            }
          }
        });
  }

  /** As it was, if it was broken. */
  void mend() {
    if (!whole.isEmpty()) {
      reload(this::restore);
    }
  }

  /** A changed folder is taken; mends what was broken. */
  void change() {
    reload(
        () -> {
          restore();
          Files.writeString(
              stage.folder().resolve("connector.yaml"), "\n# changed\n", StandardOpenOption.APPEND);
        });
  }

  private void restore() throws IOException {
    for (Map.Entry<Path, byte[]> file : whole.entrySet()) {
      Files.write(file.getKey(), file.getValue());
    }
    if (Files.exists(examplesAside)) {
      Files.move(examplesAside, examples);
    }
    whole.clear();
  }

  private interface Change {
    void run() throws IOException;
  }

  private void reload(Change change) {
    Connectors connectors = hub.part(Connectors.class);
    Instant before = connectors.status(stage.name()).orElseThrow().since();
    try {
      change.run();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    Await.until(
        () -> {
          ConnectorStatus now = connectors.status(stage.name()).orElseThrow();
          return "the changed folder runs; it is %s %s".formatted(now.state(), now.cause());
        },
        () -> isKept(connectors.status(stage.name()).orElseThrow(), before));
    ConnectorStatus after = connectors.status(stage.name()).orElseThrow();
    BrokenContractException.unless(
        after.state() == ConnectorStatus.State.RUNNING,
        "it does not run after a reload: %s",
        after.cause());
  }

  /** A new version runs before it has its number, and for a moment is shown without. */
  private static boolean isKept(ConnectorStatus now, Instant before) {
    return now.since().isAfter(before) && now.version() != null;
  }

  /** As an operator lets a refused message come in again. */
  void admitAgain(JournalEntry refused, byte[] body) {
    hub.part(Connectors.class).admitAgain(refused, body);
  }
}
