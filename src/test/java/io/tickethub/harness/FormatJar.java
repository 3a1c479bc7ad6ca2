package io.tickethub.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.mapping.MessageFormat;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import javax.tools.ToolProvider;
import org.example.lines.TicketLinesFormat;

/** Jars with formats, packed as their authors would. */
public final class FormatJar {

  private static final String SERVICE = "META-INF/services/" + MessageFormat.class.getName();

  private FormatJar() {}

  /** The worked example, in the {@code lib} of a connector's folder. */
  public static void example(Path folder) throws IOException {
    String name = TicketLinesFormat.class.getName().replace('.', '/') + ".class";
    try (JarOutputStream jar = jar(folder.resolve("lib/ticket-lines.jar"));
        InputStream service = resource("/message-format/" + SERVICE);
        InputStream content = resource("/" + name)) {
      add(jar, SERVICE, service.readAllBytes());
      add(jar, name, content.readAllBytes());
    }
  }

  private static InputStream resource(String name) {
    return FormatJar.class.getResourceAsStream(name);
  }

  /**
   * A format {@code vendor.Lines}, compiled, in a jar of the {@code lib} of a connector's folder.
   *
   * @param name the Java expression of its name
   * @param parse the Java statements of its reading, of {@code byte[] message}
   */
  public static void compiled(Path folder, String jarName, String name, String parse)
      throws IOException {
    Path directory = Files.createTempDirectory("format-jar");
    Path source = directory.resolve("Lines.java");
    Files.writeString(
        source,
        """
        package vendor;
        import java.nio.charset.Charset;
        public class Lines implements io.tickethub.mapping.MessageFormat {
          public String name() { return %s; }
          public Object parse(byte[] message, Charset charset) throws Exception { %s }
          public byte[] write(Object tree, Charset charset) { return tree.toString().getBytes(charset); }
        }
        """
            .formatted(name, parse));
    int failures =
        ToolProvider.getSystemJavaCompiler()
            .run(
                null,
                null,
                null,
                "-proc:none",
                "-classpath",
                hub().toString(),
                "-d",
                directory.toString(),
                source.toString());
    if (failures != 0) {
      throw new IOException("the format does not compile");
    }
    try (JarOutputStream jar = jar(folder.resolve("lib").resolve(jarName))) {
      add(jar, SERVICE, "vendor.Lines\n".getBytes(UTF_8));
      add(
          jar,
          "vendor/Lines.class",
          Files.readAllBytes(directory.resolve("vendor").resolve("Lines.class")));
    }
  }

  /** A jar that names a class it does not have. */
  public static void empty(Path folder) throws IOException {
    try (JarOutputStream jar = jar(folder.resolve("lib/empty.jar"))) {
      add(jar, SERVICE, "vendor.Nowhere\n".getBytes(UTF_8));
    }
  }

  private static Path hub() throws IOException {
    try {
      return Path.of(
          MessageFormat.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
  }

  private static JarOutputStream jar(Path file) throws IOException {
    Files.createDirectories(file.getParent());
    return new JarOutputStream(Files.newOutputStream(file));
  }

  private static void add(JarOutputStream jar, String name, byte[] content) throws IOException {
    jar.putNextEntry(new JarEntry(name));
    jar.write(content);
    jar.closeEntry();
  }
}
