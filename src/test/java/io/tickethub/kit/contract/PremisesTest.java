package io.tickethub.kit.contract;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class PremisesTest {

  @TempDir private Path directory;

  private JsonNode copied(String broker) throws IOException {
    Path folder = directory.resolve("partner");
    Files.createDirectories(folder);
    Files.writeString(folder.resolve("connector.yaml"), "name: partner\njms-broker: " + broker);
    Path copy = new Premises(directory.resolve("premises")).copyConnector(folder);
    return new YAMLMapper().readTree(copy.resolve("connector.yaml").toFile());
  }

  @Test
  void artemisPlaysTheBrokerOfAnotherVendor() throws IOException {
    JsonNode manifest =
        copied("{connection-factory: com.vendor.Factory, properties: {host: x}, user: hub}");

    JsonNode broker = manifest.get("jms-broker");
    assertThat(broker.get("connection-factory").asText())
        .isEqualTo("org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory");
    assertThat(broker.get("properties")).hasToString("{\"brokerURL\":\"{{contract-broker}}\"}");
    assertThat(broker.get("user").asText()).isEqualTo("hub");
    assertThat(manifest.at("/settings/contract-broker/type").asText()).isEqualTo("text");
  }

  @Test
  void anArtemisClientStaysAsItIs() throws IOException {
    String given =
        "{connection-factory: org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory,"
            + " properties: {brokerURL: \"{{address}}\"}}";

    assertThat(copied(given).get("jms-broker")).isEqualTo(new YAMLMapper().readTree(given));
  }
}
