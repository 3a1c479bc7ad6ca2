package io.tickethub.routing;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/**
 * What the shipped rules tell an owner of its time limits, every shipped owner has a channel for.
 */
class OwnersHearLimitsTest {

  private static final Path CONNECTORS = Path.of("connectors");
  private static final YAMLMapper YAML = new YAMLMapper();

  static Set<String> owners() throws IOException {
    Set<String> owners = new TreeSet<>();
    for (JsonNode rule : read(Path.of("routes", "ownership.yaml")).get("owners")) {
      owners.add(rule.get("owner").asText());
    }
    try (Stream<Path> products = Files.list(CONNECTORS.resolve("products"))) {
      for (Path product : products.map(folder -> folder.resolve("product.yaml")).toList()) {
        if (Files.exists(product) && read(product).hasNonNull("responsible")) {
          owners.add(read(product).get("responsible").asText());
        }
      }
    }
    owners.removeIf(owner -> owner.startsWith("@"));
    owners.removeIf(owner -> !Files.isDirectory(CONNECTORS.resolve(owner)));
    return owners;
  }

  private static JsonNode read(Path file) throws IOException {
    return YAML.readTree(file.toFile());
  }

  private static Set<String> limitsToldToOwners() throws IOException {
    Set<String> codes = new TreeSet<>();
    for (JsonNode rule : read(Path.of("routes", "participants.yaml")).get("participants")) {
      if (rule.get("system").asText().equals("@owner")) {
        rule.get("hears").forEach(code -> codes.add(code.asText()));
      }
    }
    codes.removeIf(code -> !code.startsWith("limit-") && !code.startsWith("breach-"));
    return codes;
  }

  @ParameterizedTest
  @MethodSource("owners")
  void anOwnerHearsOfItsTimeLimits(String owner) throws IOException {
    Set<String> told = new TreeSet<>();
    for (JsonNode channel :
        read(CONNECTORS.resolve(owner).resolve("connector.yaml")).path("outbound")) {
      channel.get("tells").forEach(code -> told.add(code.asText()));
    }

    assertThat(limitsToldToOwners())
        .containsExactlyInAnyOrder("limit-warned", "limit-breached", "breach-withdrawn");
    assertThat(told).containsAll(limitsToldToOwners());
  }
}
