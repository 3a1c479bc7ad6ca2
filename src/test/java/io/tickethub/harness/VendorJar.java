package io.tickethub.harness;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;

/**
 * A vendor's library: {@code vendor.Stamp} puts the library's version in the place of each
 * {@code @} of a message.
 */
public final class VendorJar {

  private VendorJar() {}

  /** Compiles the library in a version and writes its jar. */
  public static void write(Path jar, String version, Path directory) throws IOException {
    Path source = directory.resolve("vendor/Stamp.java");
    Files.createDirectories(source.getParent());
    Files.writeString(
        source,
        """
        package vendor;
        import java.nio.charset.StandardCharsets;
        public class Stamp {
          private static final byte[] WEIGHT = new byte[1 << 20];
          public byte[] stamp(byte[] body) {
            return new String(body, StandardCharsets.UTF_8).replace("@", "%s").getBytes(StandardCharsets.UTF_8);
          }
        }
        """
            .formatted(version));
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(null, null, null, "-d", directory.toString(), source.toString());
    if (failures != 0) {
      throw new IOException("the vendor's library does not compile");
    }
    Files.createDirectories(jar.getParent());
    try (OutputStream file = Files.newOutputStream(jar);
        JarOutputStream archive = new JarOutputStream(file)) {
      archive.putNextEntry(new JarEntry("vendor/Stamp.class"));
      Files.copy(directory.resolve("vendor/Stamp.class"), archive);
      archive.closeEntry();
    }
  }

  /** Has a connector's messages to its system stamped. */
  public static void use(Path connector, String version, Path directory) throws IOException {
    write(connector.resolve("lib/vendor.jar"), version, directory);
    Path routes = connector.resolve("routes").resolve(connector.getFileName() + ".camel.yaml");
    String text = Files.readString(routes);
    Files.writeString(
        routes,
        text.replace(
            "told\", steps: [",
            "told\", steps: [{bean: {beanType: vendor.Stamp, method: stamp}}, "));
  }
}
