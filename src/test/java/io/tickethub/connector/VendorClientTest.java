package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.harness.ManifestConnector;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Clients of brokers in a connector's lib that cannot be used. */
class VendorClientTest {

  @TempDir Path directory;

  private Path sources;

  @BeforeEach
  void writeSources() throws IOException {
    sources = directory.resolve("sources");
    source(
        "javax/jms/ConnectionFactory", "package javax.jms; public interface ConnectionFactory {}");
    source(
        "vendor/Former",
        "package vendor; public class Former implements javax.jms.ConnectionFactory {}");
    source("vendor/Core", "package vendor; public class Core {}");
    source("vendor/Needy", "package vendor; public class Needy extends Core {}");
  }

  private void source(String type, String text) throws IOException {
    Path file = sources.resolve(type + ".java");
    Files.createDirectories(file.getParent());
    Files.writeString(file, text);
  }

  @Test
  void aJakartaClientIsSound() throws IOException {
    assertThat(problems("org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory"))
        .isEmpty();
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "vendor.Former | vendor/Former | speaks javax.jms, the hub speaks jakarta.jms",
        "vendor.Former | vendor/Former javax/jms/ConnectionFactory | speaks javax.jms, the hub speaks jakarta.jms",
        "vendor.Needy | vendor/Needy | lacks what it needs, put that into lib too: java.lang.NoClassDefFoundError: vendor/Core",
        "vendor.Core | vendor/Core | is no jakarta.jms.ConnectionFactory",
        "vendor.Nowhere | vendor/Core | is not there: put the broker's client into lib"
      })
  void oneThatCannotBeUsedIsRefusedWithItsLine(String type, String packed, String cause)
      throws IOException {
    jar(List.of(packed.split(" ")));

    assertThat(problems(type))
        .singleElement()
        .asString()
        .contains("connector.yaml, line 5: jms-broker: the class %s %s".formatted(type, cause));
  }

  private List<String> problems(String type) throws IOException {
    return ConnectorCheck.check(
            ManifestConnector.named(
                    "vendor",
                    """
                    jms-broker:
                      connection-factory: %s
                    inbound:
                      news:
                        route: {template: jms-in, queue: news}
                        format: json
                        mapping: mapping/news.jsonata
                    """
                        .formatted(type))
                .with("mapping/news.jsonata", "change")
                .writeTo(directory.resolve("connectors")))
        .problems();
  }

  private void jar(List<String> types) throws IOException {
    Path classes = Files.createDirectories(directory.resolve("classes"));
    String[] files;
    try (Stream<Path> found = Files.walk(sources)) {
      files = found.filter(Files::isRegularFile).map(Path::toString).toArray(String[]::new);
    }
    String[] arguments =
        Stream.concat(Stream.of("-d", classes.toString()), Stream.of(files)).toArray(String[]::new);
    assertThat(ToolProvider.getSystemJavaCompiler().run(null, null, null, arguments)).isZero();
    Path lib = Files.createDirectories(directory.resolve("connectors/vendor/lib"));
    try (OutputStream file = Files.newOutputStream(lib.resolve("client.jar"));
        JarOutputStream archive = new JarOutputStream(file)) {
      for (String type : types) {
        archive.putNextEntry(new JarEntry(type + ".class"));
        Files.copy(classes.resolve(type + ".class"), archive);
        archive.closeEntry();
      }
    }
  }
}
