package io.tickethub.harness;

import java.io.IOException;
import java.nio.file.Path;
import org.springframework.util.FileSystemUtils;

/** Copies of shipped connectors for tests to change. */
public final class ShippedConnectors {

  private ShippedConnectors() {}

  /** Copies folders of {@code connectors} and the templates that their routes are made from. */
  public static void copy(Path directory, String... names) throws IOException {
    Path connectors = EmbeddedHub.home().resolve("connectors");
    FileSystemUtils.copyRecursively(
        connectors.resolve("templates"), directory.resolve("templates"));
    for (String name : names) {
      FileSystemUtils.copyRecursively(connectors.resolve(name), directory.resolve(name));
    }
  }
}
