package io.tickethub.kit.reference;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Files, and parts of files, that are generated; how they should be and whether they are. */
public final class GeneratedFiles {

  private final Map<Path, String> contents;

  private GeneratedFiles(Map<Path, String> contents) {
    this.contents = contents;
  }

  /** The JSON Schemas and the reference of keys. */
  public static GeneratedFiles schemas(Path connectors) {
    ManifestSchemas schemas = new ManifestSchemas(ManifestKeys.shipped());
    Map<Path, String> contents = new LinkedHashMap<>();
    for (ManifestFile file : ManifestFile.values()) {
      contents.put(
          connectors.resolve("schema").resolve(file.schemaName()), pretty(schemas.schema(file)));
    }
    contents.put(connectors.resolve("REFERENCE.md"), KeyReference.text(schemas));
    return new GeneratedFiles(contents);
  }

  /** The READMEs with their tables. */
  public static GeneratedFiles readmes(Path connectors) {
    ReadmeTables tables = new ReadmeTables(connectors);
    Map<Path, String> contents = new LinkedHashMap<>();
    Path main = connectors.resolve("README.md");
    String text = between(main, text(main), "connectors", tables.connectors());
    text = between(main, text, "products", tables.products("products/"));
    contents.put(main, between(main, text, "templates", tables.templates("templates/")));
    Path products = connectors.resolve("products").resolve("README.md");
    contents.put(products, between(products, text(products), "products", tables.products("")));
    return new GeneratedFiles(contents);
  }

  /** Those that are not as they should be. */
  public List<Path> stale() {
    return contents.entrySet().stream()
        .filter(entry -> !entry.getValue().equals(text(entry.getKey())))
        .map(Map.Entry::getKey)
        .toList();
  }

  /** Writes those that are stale, and says which. */
  public List<Path> write() {
    List<Path> stale = stale();
    for (Path file : stale) {
      try {
        Files.createDirectories(file.getParent());
        Files.writeString(file, contents.get(file));
      } catch (IOException e) {
        throw new DefinitionException(
            "%s: cannot be written: %s".formatted(file, e.getMessage()), e);
      }
    }
    return stale;
  }

  /** Everything between the markers of a name, replaced. */
  private static String between(Path file, String text, String name, String content) {
    Matcher markers =
        Pattern.compile("(?s)(<!-- generated: %s -->\\n).*?(<!-- end -->)".formatted(name))
            .matcher(text);
    if (!markers.find()) {
      throw new DefinitionException(
          "%s: has no '<!-- generated: %s -->' and '<!-- end -->' around its table"
              .formatted(file, name));
    }
    return text.substring(0, markers.end(1)) + content + text.substring(markers.start(2));
  }

  private static String text(Path file) {
    try {
      return Files.exists(file) ? Files.readString(file) : "";
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e.getMessage()), e);
    }
  }

  private static String pretty(ObjectNode schema) {
    DefaultPrettyPrinter printer = new DefaultPrettyPrinter();
    printer.indentArraysWith(DefaultPrettyPrinter.FixedSpaceIndenter.instance);
    printer.indentObjectsWith(new DefaultIndenter("  ", "\n"));
    try {
      return new JsonMapper().writer(printer).writeValueAsString(schema) + "\n";
    } catch (JsonProcessingException e) {
      throw new IllegalStateException(e);
    }
  }
}
