package io.tickethub.harness;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;

/**
 * The folder of a connector that has no routes of its own: a manifest and mappings, with the
 * shipped templates and products beside it.
 */
public final class ManifestConnector {

  private final String name;
  private final Map<String, String> files = new TreeMap<>();

  private ManifestConnector(String name) {
    this.name = name;
  }

  /** {@code manifest} is everything after name, titles and owner. */
  public static ManifestConnector named(String name, String manifest) {
    ManifestConnector connector = new ManifestConnector(name);
    connector.files.put(
        "connector.yaml",
        """
        name: %s
        titles: {en: %s, zh: 系统}
        owner: {team: tests, contact: tests@example.test}
        """
                .formatted(name, name)
            + manifest);
    return connector;
  }

  public String name() {
    return name;
  }

  /** One more file of the folder. */
  public ManifestConnector with(String file, String content) {
    files.put(file, content);
    return this;
  }

  /** Writes the folder into {@code connectors}. */
  public Path writeTo(Path connectors) throws IOException {
    Files.createDirectories(connectors);
    for (String shared : new String[] {"products", "templates"}) {
      if (Files.notExists(connectors.resolve(shared))) {
        Files.createSymbolicLink(
            connectors.resolve(shared), EmbeddedHub.home().resolve("connectors").resolve(shared));
      }
    }
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = connectors.resolve(name).resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
    return connectors.resolve(name);
  }
}
