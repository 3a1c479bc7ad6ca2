package io.tickethub.connector;

import io.tickethub.connector.folder.ConnectorFolder;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.RouteTemplates;
import io.tickethub.connector.version.FolderContent;
import io.tickethub.definition.DefinitionException;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * What a connector runs from: the files of its folder, and those of the route templates its
 * channels name, as {@code .templates/NAME/FILE}.
 */
final class DeployedContent {

  /** Nothing in a folder that belongs to its connector begins with a dot. */
  private static final String TEMPLATES = ".templates/";

  private DeployedContent() {}

  /** A folder whose manifest cannot be read has no templates; whoever uses it will say why. */
  static FolderContent read(Path folder) {
    FolderContent own = FolderContent.read(folder);
    ConnectorManifest manifest;
    try {
      manifest = ConnectorFolder.manifest(folder);
    } catch (DefinitionException e) {
      return own;
    }
    RouteTemplates templates = RouteTemplates.beside(folder);
    SortedMap<String, byte[]> files = new TreeMap<>(own.files());
    for (String name : RouteTemplates.named(manifest)) {
      for (Map.Entry<String, Path> file : templates.files(name).entrySet()) {
        files.put(TEMPLATES + name + "/" + file.getKey(), bytes(file.getValue()));
      }
    }
    return new FolderContent(files);
  }

  private static byte[] bytes(Path file) {
    try {
      return Files.readAllBytes(file);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(file, e), e);
    }
  }

  /** The folder's own files. */
  static FolderContent ofFolder(FolderContent deployed) {
    SortedMap<String, byte[]> files = new TreeMap<>(deployed.files());
    files.keySet().removeIf(name -> name.startsWith(TEMPLATES));
    return new FolderContent(files);
  }
}
