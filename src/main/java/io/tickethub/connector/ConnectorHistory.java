package io.tickethub.connector;

import io.tickethub.connector.version.ConnectorVersions;
import io.tickethub.connector.version.ConnectorVersions.Version;
import io.tickethub.connector.version.ContentDiff;
import io.tickethub.connector.version.ContentDiff.FileDiff;
import io.tickethub.connector.version.FolderContent;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.NoSuchElementException;

/** What ran of a connector, what runs, and how these differ. */
public final class ConnectorHistory {

  private static final String FOLDER = "folder";

  private final Path directory;
  private final ConnectorVersions versions;
  private final ConnectorRollback rollback;

  ConnectorHistory(Path directory, ConnectorVersions versions, ConnectorRollback rollback) {
    this.directory = directory;
    this.versions = versions;
    this.rollback = rollback;
  }

  /**
   * What differs.
   *
   * @param from a version's number
   * @param to a version's number, or {@code folder}
   */
  public record Difference(String connector, String from, String to, List<FileDiff> files) {}

  /** The newest first; empty if the hub never ran it. */
  public List<Version> versions(String connector, int limit) {
    return versions.list(connector, limit);
  }

  /** Between two versions. */
  public Difference between(String connector, int from, int to) {
    return difference(connector, from, Integer.toString(to), content(connector, to));
  }

  /** Between a version and the folder. */
  public Difference toFolder(String connector, int from) {
    return difference(connector, from, FOLDER, folder(connector));
  }

  /** Between what was deployed last and the folder, or, if these are the same, what was before. */
  public Difference latest(String connector) {
    List<Version> last = versions.list(connector, 2);
    if (last.isEmpty()) {
      throw new NoSuchElementException("connector '%s' has no versions".formatted(connector));
    }
    int newest = last.get(0).number();
    Difference open = toFolder(connector, newest);
    return open.files().isEmpty() && last.size() > 1
        ? between(connector, last.get(1).number(), newest)
        : open;
  }

  private Difference difference(String connector, int from, String to, FolderContent content) {
    return new Difference(
        connector,
        Integer.toString(from),
        to,
        ContentDiff.between(content(connector, from), content));
  }

  private FolderContent content(String connector, int number) {
    return versions
        .content(connector, number)
        .orElseThrow(
            () ->
                new NoSuchElementException(
                    "connector '%s' has no version %d; see its history"
                        .formatted(connector, number)));
  }

  /** Only of a connector the hub knows: the name comes from outside. */
  private FolderContent folder(String connector) {
    Path folder = directory.resolve(connector);
    return versions.list(connector, 1).isEmpty() || !Files.isDirectory(folder)
        ? FolderContent.NONE
        : DeployedContent.read(folder);
  }

  /**
   * Writes a version's files back into the folder and runs them. Throws {@link
   * NoSuchElementException} if there is no such version, {@link IllegalStateException} if it is not
   * sound any more.
   */
  public void rollback(String connector, int number, String who, String note) {
    rollback.rollback(connector, number, who, note);
  }
}
