package io.tickethub.connector;

import io.tickethub.connector.camel.RouteCheck;
import io.tickethub.connector.example.ConnectorExamples;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.LibraryLoader;
import io.tickethub.connector.folder.MadeUpSettings;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.definition.DefinitionException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * Checks a connector's folder without running it: manifest, schemas, mappings, routes, examples.
 */
public final class ConnectorCheck {

  private ConnectorCheck() {}

  /**
   * What was found.
   *
   * @param problems file, line and cause each; empty if the folder is sound
   * @param examples what came of each example
   */
  public record Report(String connector, List<String> problems, List<ExampleOutcome> examples) {

    public boolean isSound() {
      return problems.isEmpty() && examples.stream().allMatch(ExampleOutcome::passed);
    }
  }

  public static Report check(Path folder) {
    return check(folder, RouteTemplates.beside(folder));
  }

  /** The same for a folder that does not stand where its templates are. */
  public static Report check(Path folder, RouteTemplates templates) {
    String name = folder.getFileName().toString();
    List<String> problems = new ArrayList<>();
    List<ExampleOutcome> examples = new ArrayList<>();
    try {
      ConnectorManifest manifest = ConnectorFolder.manifest(folder);
      ConnectorDefinition definition =
          ConnectorFolder.read(folder, MadeUpSettings.of(manifest), templates);
      try (LibraryLoader libraries = definition.libraries()) {
        examples.addAll(new ConnectorExamples(definition).run());
        problems.addAll(RouteCheck.check(definition));
      }
    } catch (DefinitionException e) {
      problems.add(e.getMessage());
    }
    return new Report(name, problems, examples);
  }

  /**
   * The folder compiled without its settings, for whoever only wants to translate with it; throws
   * {@link DefinitionException} naming file, line and cause.
   */
  public static ConnectorDefinition compile(Path folder) {
    return compile(folder, RouteTemplates.beside(folder));
  }

  /** The same for a folder that does not stand where its templates are. */
  public static ConnectorDefinition compile(Path folder, RouteTemplates templates) {
    return compile(folder, templates, folder);
  }

  /** The same with the {@code lib} of another folder. */
  public static ConnectorDefinition compile(Path folder, RouteTemplates templates, Path libraries) {
    return ConnectorFolder.read(
        folder, MadeUpSettings.of(ConnectorFolder.manifest(folder)), templates, libraries);
  }
}
