package io.tickethub.kit.reference;

import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.RouteTemplate;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.connector.folder.SyntaxName;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.quality.GradedFolders;
import io.tickethub.kit.quality.Quality;
import io.tickethub.product.ProductAdapter;
import io.tickethub.product.ProductFolder;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/** The tables of connectors, product adapters and route templates in READMEs, from the folders. */
public final class ReadmeTables {

  private final Path connectors;

  public ReadmeTables(Path connectors) {
    this.connectors = connectors;
  }

  /** Every connector: what it is, what flows, who looks after it, its grade. */
  public String connectors() {
    StringBuilder text =
        new StringBuilder(
            "| connector | system | in | out | owner | grade |\n|---|---|---|---|---|---|\n");
    for (Path folder : GradedFolders.connectors(connectors)) {
      ConnectorManifest manifest = ConnectorFolder.manifest(folder);
      Map<String, SyntaxName> inbound = new TreeMap<>();
      manifest.inbound().forEach((name, form) -> inbound.put(name, form.formatName()));
      Map<String, SyntaxName> outbound = new TreeMap<>();
      manifest.outbound().forEach((name, form) -> outbound.put(name, form.formatName()));
      manifest.exports().forEach((name, form) -> outbound.put(name, form.formatName()));
      text.append(
          "| [`%s`](%s/README.md) | %s | %s | %s | %s | %s |%n"
              .formatted(
                  manifest.name(),
                  manifest.name(),
                  titles(manifest.titles()),
                  flows(folder, inbound),
                  flows(folder, outbound),
                  manifest.owner().team(),
                  grade(folder)));
    }
    return text.toString();
  }

  /**
   * Every product adapter: its class, who repairs, its grade.
   *
   * @param prefix what leads from the README to the folders, such as {@code products/}
   */
  public String products(String prefix) {
    StringBuilder text =
        new StringBuilder("| folder | class | repaired by | grade |\n|---|---|---|---|\n");
    for (Path folder : GradedFolders.products(connectors)) {
      ProductAdapter product = ProductFolder.read(folder);
      text.append(
          "| [`%s`](%s%s/README.md) | %s | %s | %s |%n"
              .formatted(
                  product.code(),
                  prefix,
                  product.code(),
                  titles(product.titles()),
                  product.responsible().map(name -> "`" + name + "`").orElse("the fault system"),
                  grade(folder)));
    }
    return text.toString();
  }

  /**
   * Every route template: what it is for, and what it has to be given.
   *
   * @param prefix what leads from the README to the folders, such as {@code templates/}
   */
  public String templates(String prefix) {
    RouteTemplates templates = new RouteTemplates(connectors.resolve("templates"));
    StringBuilder text = new StringBuilder("| template | what | needs |\n|---|---|---|\n");
    for (String name : templates.names()) {
      RouteTemplate template = templates.read(name);
      String needs =
          template.parameters().entrySet().stream()
              .filter(parameter -> parameter.getValue().required())
              .map(parameter -> "`" + parameter.getKey() + "`")
              .sorted()
              .collect(Collectors.joining(", "));
      text.append(
          "| [`%s`](%s%s/template.yaml) | %s | %s |%n"
              .formatted(name, prefix, name, template.descriptions().get("en"), needs));
    }
    return text.toString();
  }

  private static String titles(Map<String, String> titles) {
    return titles.get("en") + " " + titles.get("zh");
  }

  private static String grade(Path folder) {
    return Quality.grade(folder, Optional.empty()).gradeText();
  }

  /** Channels by protocol and format, such as {@code JMS XML: `request`}. */
  private static String flows(Path folder, Map<String, SyntaxName> channels) {
    String readme = text(folder.resolve("README.md"));
    Map<String, List<String>> byKind = new LinkedHashMap<>();
    channels.forEach(
        (name, syntax) ->
            byKind
                .computeIfAbsent(
                    (protocol(readme, name) + " " + syntaxName(syntax)).strip(),
                    kind -> new ArrayList<>())
                .add("`" + name + "`"));
    return byKind.entrySet().stream()
        .map(entry -> entry.getKey() + ": " + String.join(", ", entry.getValue()))
        .collect(Collectors.joining("; "));
  }

  private static String syntaxName(SyntaxName name) {
    return switch (name.syntax()) {
      case DELIMITED, LIBRARY -> name.text();
      default -> name.syntax().name().replace('_', ' ');
    };
  }

  /** As the folder's README has it in its table of channels, the first word. */
  private static String protocol(String readme, String channel) {
    Matcher row =
        Pattern.compile("(?m)^\\| `%s` \\| (?:in|out) \\| (\\w+)".formatted(Pattern.quote(channel)))
            .matcher(readme);
    return row.find() ? row.group(1).toUpperCase(Locale.ROOT) : "";
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }
}
