package io.tickethub.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;
import org.springframework.util.unit.DataSize;

/**
 * A directory with everything a hub needs to try connectors: their folders, for each a probe that
 * opens tickets, and rules by which each connector works on its probe's tickets and hears
 * everything of them.
 */
final class Premises {

  private static final DataSize MOST = DataSize.ofKilobytes(256);

  /** Long enough for a busy machine, short enough to wait for it in vain. */
  private static final String ANSWER_WITHIN = "3s";

  private static final String HEARS =
      "[pre-diagnosing, dispatched, accepted, processing, escalated, suspended, replied,"
          + " calling-back, archived, rejected, cancelled, resumed, returned, reopened,"
          + " transferred, updated, urged, feedback, repeated, noted, requested, conflict, late]";

  private final Path directory;

  /** {@code directory} is empty. */
  Premises(Path directory) throws IOException {
    this.directory = directory;
    Files.createDirectories(connectors());
    Files.createDirectories(secrets());
    Files.createDirectories(directory.resolve("routes"));
  }

  Path connectors() {
    return directory.resolve("connectors");
  }

  Path secrets() {
    return directory.resolve("secrets");
  }

  /** Copies product adapters and route templates. */
  void copyShared(Path from) throws IOException {
    for (String shared : List.of("products", "templates")) {
      if (Files.isDirectory(from.resolve(shared))) {
        copy(from.resolve(shared), connectors().resolve(shared));
      }
    }
  }

  /** Copies a connector's folder, and makes the copy more impatient. */
  Path copyConnector(Path folder) throws IOException {
    Path copy = connectors().resolve(folder.getFileName().toString());
    copy(folder, copy);
    Path manifest = copy.resolve("connector.yaml");
    YAMLMapper yaml = new YAMLMapper();
    if (yaml.readTree(manifest.toFile()) instanceof ObjectNode root) {
      ObjectNode delivery =
          root.get("delivery") instanceof ObjectNode given ? given : root.putObject("delivery");
      delivery.put("first-retry", "200ms");
      delivery.put("longest-retry", "400ms");
      delivery.put("breaker-open", "500ms");
      delivery.put("attempts", 1_000);
      delivery.put("answer-within", ANSWER_WITHIN);
      delivery.remove("quiet-hours");
      root.path("exports").forEach(Premises::putOff);
      if (root.get("reconcile") instanceof ObjectNode reconcile) {
        compareSoon(reconcile);
      }
      if (root.get("jms-broker") instanceof ObjectNode broker) {
        speakToArtemis(root, broker);
      }
      if (root.get("inbound") instanceof ObjectNode inbound) {
        inbound.forEach(Premises::limitSize);
        inbound.forEach(channel -> askForKeys(root, channel));
      }
      yaml.writeValue(manifest.toFile(), root);
    }
    return copy;
  }

  /** No file of events falls due while the suite runs. */
  private static void putOff(JsonNode export) {
    if (export instanceof ObjectNode given) {
      given.put("schedule", "0 0 0 1 1 *").remove("settle");
    }
  }

  /** A list is asked for when a case wants it, and compared at once. */
  private static void compareSoon(ObjectNode reconcile) {
    reconcile.remove("schedule");
    reconcile.put("settle", "200ms");
    if (reconcile.get("repair") instanceof ObjectNode repair) {
      repair.remove("automatic");
    }
    limitSize(reconcile.get("list"));
  }

  /** Nobody but the vendor has the broker of another vendor's client: Artemis plays it. */
  private static void speakToArtemis(ObjectNode root, ObjectNode broker) {
    if (broker.path("connection-factory").asText().startsWith("org.apache.activemq.artemis.")) {
      return;
    }
    broker.put(
        "connection-factory", "org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory");
    broker.putObject("properties").put("brokerURL", "{{contract-broker}}");
    setting(root, "contract-broker", "text", "the broker of the contract suite");
  }

  /** Nobody but the token server has the keys of its tokens: the suite has its own. */
  private static void askForKeys(ObjectNode root, JsonNode channel) {
    if (channel.get("bearer-token") instanceof ObjectNode token) {
      token.put("keys", "{{contract-token-keys}}");
      setting(root, "contract-token-keys", "url", "the token server of the contract suite");
    }
  }

  private static void setting(ObjectNode root, String name, String type, String description) {
    ObjectNode settings =
        root.get("settings") instanceof ObjectNode given ? given : root.putObject("settings");
    settings.putObject(name).put("type", type).put("description", description);
  }

  /** What is too large must not take long to send. */
  private static void limitSize(JsonNode channel) {
    if (!(channel instanceof ObjectNode form)) {
      return;
    }
    ObjectNode limits =
        form.get("limits") instanceof ObjectNode given ? given : form.putObject("limits");
    String size = limits.path("size").asText("1MB");
    if (DataSize.parse(size).compareTo(MOST) > 0) {
      limits.put("size", MOST.toKilobytes() + "KB");
    }
  }

  private static void copy(Path from, Path to) throws IOException {
    try (Stream<Path> files = Files.walk(from, java.nio.file.FileVisitOption.FOLLOW_LINKS)) {
      for (Path file : files.toList()) {
        Path target = to.resolve(from.relativize(file).toString());
        if (Files.isDirectory(file)) {
          Files.createDirectories(target);
        } else {
          Files.copy(file, target);
        }
      }
    }
  }

  /** Writes a probe for each connector, and the rules. */
  void writeRules(List<Stage> stages) throws IOException {
    StringBuilder owners = new StringBuilder("owners:\n");
    StringBuilder participants = new StringBuilder("participants:\n");
    List<String> enrichment = new ArrayList<>();
    for (Stage stage : stages) {
      String probe = Probe.name(stage.name());
      writeProbe(probe);
      owners.append(
          "  - {rule: works on what its probe opens, when: {opened-by: [%s]}, owner: %s}\n"
              .formatted(probe, stage.name()));
      String from =
          stage.examples().introducedAt().map(state -> "from: [%s], ".formatted(state)).orElse("");
      participants.append(
          "  - {rule: hears all of its probe, system: %s, when: {opened-by: [%s]}, %shears: %s}\n"
              .formatted(stage.name(), probe, from, HEARS));
      if (stage.definition().channelFor("enrich").isPresent()) {
        enrichment.add(
            "  - {rule: is asked about its probe's tickets, system: %s, when: {opened-by: [%s]}, others-wait: 0s}\n"
                .formatted(stage.name(), probe));
      }
    }
    Path routes = directory.resolve("routes");
    if (!enrichment.isEmpty()) {
      participants.append("enrichment:\n").append(String.join("", enrichment));
    }
    Files.writeString(routes.resolve("participants.yaml"), participants);
    Files.writeString(
        routes.resolve("ownership.yaml"), owners + "states: []\nchanges: []\nfields: []\n");
  }

  private void writeProbe(String name) throws IOException {
    Path folder = connectors().resolve(name);
    Files.createDirectories(folder.resolve("routes"));
    Files.createDirectories(folder.resolve("mapping"));
    Files.writeString(
        folder.resolve("connector.yaml"),
        """
        name: %s
        titles: {en: probe, zh: 探针}
        owner: {team: contract suite, contact: none}
        inbound:
          change: {format: json, mapping: mapping/change.jsonata, message-id: id}
        """
            .formatted(name));
    Files.writeString(folder.resolve("mapping/change.jsonata"), "change");
    Files.writeString(
        folder.resolve("routes/probe.camel.yaml"),
        """
        - route: {id: %1$s-change, from: {uri: "servlet:/%1$s/change", steps: [{to: {uri: "hub:in/change"}}]}}
        """
            .formatted(name));
  }

  /** The values of the hub's configuration. */
  List<String> configuration(List<Stage> stages) {
    Path data = directory.resolve("data");
    List<String> arguments = new ArrayList<>();
    // Said here, so that nothing in the environment leads to a hub in earnest.
    arguments.add("--hub.data=" + data);
    arguments.add("--hub.node=contract");
    arguments.add("--hub.encryption-key=file:" + data.resolve("keys/encryption"));
    arguments.add("--hub.operations.token=" + data.resolve("keys/operator-token"));
    arguments.add("--hub.operations.privacy-token=" + data.resolve("keys/privacy-token"));
    arguments.add("--hub.listen.address=127.0.0.1");
    arguments.add("--hub.listen.port=0");
    arguments.add("--hub.database.url=");
    arguments.add("--hub.database.embedded.directory=" + data.resolve("postgresql/data"));
    arguments.add("--hub.database.embedded.port=0");
    arguments.add("--hub.broker.url=");
    arguments.add("--hub.broker.embedded.directory=" + data.resolve("artemis"));
    arguments.add("--hub.broker.embedded.port=0");
    arguments.add("--hub.connectors.directory=" + connectors());
    arguments.add("--hub.connectors.routes=" + directory.resolve("routes"));
    arguments.add("--logging.file.name=" + directory.resolve("hub.log"));
    stages.forEach(stage -> arguments.addAll(stage.configuration()));
    return arguments;
  }

  /** Removes everything. */
  void remove() {
    try (Stream<Path> files = Files.walk(directory)) {
      for (Path file : files.sorted(java.util.Comparator.reverseOrder()).toList()) {
        Files.deleteIfExists(file);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
