package io.tickethub.kit.scaffold;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.dataformat.yaml.YAMLMapper;
import io.tickethub.connector.ConnectorCheck;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.scaffold.sample.SampleFile;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * Small whole connectors to begin with: those of this jar, and the folders {@code
 * templates/TEMPLATE/scaffold} beside the connectors, whose files are copied with {@code __NAME__},
 * {@code __TITLE_EN__}, {@code __TITLE_ZH__}, {@code __OWNER_TEAM__} and {@code __OWNER_CONTACT__}
 * filled in.
 */
public final class Skeletons {

  private static final String RESOURCES = "/io/tickethub/kit/scaffold/";

  private record Skeleton(String transport, String sample, String title) {}

  private final Map<String, Skeleton> shipped;
  private final Path templates;

  /** {@code directory} is where connectors are. */
  public Skeletons(Path directory) {
    this.templates = directory.resolve("templates");
    try (InputStream file = Skeletons.class.getResourceAsStream(RESOURCES + "skeletons.yaml")) {
      this.shipped =
          new YAMLMapper().readValue(file, new TypeReference<TreeMap<String, Skeleton>>() {});
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** What there is, by name, with what it is. */
  public Map<String, String> titles() {
    Map<String, String> titles = new TreeMap<>();
    shipped.forEach((name, skeleton) -> titles.put(name, skeleton.title()));
    folders().forEach((name, folder) -> titles.put(name, "a folder of its own, " + folder));
    return titles;
  }

  /** Writes a connector's folder from the skeleton of this name, and checks it. */
  public ScaffoldReport create(NewConnector connector, String name) {
    Path folder = folders().get(name);
    if (folder != null) {
      return copy(connector, folder);
    }
    Skeleton skeleton = shipped.get(name);
    if (skeleton == null) {
      throw new DefinitionException(
          "there is no template '%s' to begin with; there are %s"
              .formatted(name, titles().keySet()));
    }
    try (InputStream sample =
        Skeletons.class.getResourceAsStream(RESOURCES + "samples/" + skeleton.sample())) {
      return new SampleScaffold()
          .create(
              connector,
              new SampleFile(skeleton.sample(), sample.readAllBytes()),
              skeleton.transport());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private Map<String, Path> folders() {
    if (!Files.isDirectory(templates)) {
      return Map.of();
    }
    try (Stream<Path> entries = Files.list(templates)) {
      Map<String, Path> folders = new TreeMap<>();
      entries
          .filter(entry -> Files.isRegularFile(entry.resolve("scaffold/connector.yaml")))
          .forEach(entry -> folders.put(entry.getFileName().toString(), entry.resolve("scaffold")));
      return folders;
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be read: %s".formatted(templates, e.getMessage()), e);
    }
  }

  private static ScaffoldReport copy(NewConnector connector, Path skeleton) {
    try (NewFolder folder = NewFolder.of(connector);
        Stream<Path> files = Files.walk(skeleton)) {
      for (Path file : files.filter(Files::isRegularFile).sorted().toList()) {
        // Examples may be in any charset: bytes stay bytes.
        String text = new String(Files.readAllBytes(file), StandardCharsets.ISO_8859_1);
        folder.write(
            skeleton.relativize(file).toString(),
            filled(text, connector, file.toString().endsWith(".yaml"))
                .getBytes(StandardCharsets.ISO_8859_1));
      }
      ConnectorCheck.Report check = ConnectorCheck.check(folder.path());
      return new ScaffoldReport(
          connector.name(),
          folder.take(),
          List.of(),
          List.of(),
          Map.of(),
          Map.of(),
          List.of(),
          List.of(),
          0,
          0,
          check);
    } catch (IOException e) {
      throw new DefinitionException(
          "%s: cannot be copied: %s".formatted(skeleton, e.getMessage()), e);
    }
  }

  /** In YAML the blanks stand between double quotes. */
  private static String filled(String text, NewConnector connector, boolean quoted) {
    return text.replace("__NAME__", connector.name())
        .replace("__TITLE_EN__", bytes(connector.titleEnglish(), quoted))
        .replace("__TITLE_ZH__", bytes(connector.titleChinese(), quoted))
        .replace("__OWNER_TEAM__", bytes(connector.ownerTeam(), quoted))
        .replace("__OWNER_CONTACT__", bytes(connector.ownerContact(), quoted));
  }

  /** UTF-8 in the guise of single bytes. */
  private static String bytes(String text, boolean quoted) {
    String written = quoted ? text.replace("\\", "\\\\").replace("\"", "\\\"") : text;
    return new String(written.getBytes(StandardCharsets.UTF_8), StandardCharsets.ISO_8859_1);
  }
}
