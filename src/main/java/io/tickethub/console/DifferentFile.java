package io.tickethub.console;

import io.tickethub.connector.version.ContentDiff.FileDiff;
import java.util.Comparator;
import java.util.List;

/**
 * A file that differs between two versions of a connector.
 *
 * @param example it says nothing of what the connector does: it is shown folded
 */
public record DifferentFile(FileDiff file, boolean example) {

  private static final List<String> FIRST =
      List.of("connector.yaml", "mapping/", "routes/", "codes", "schema");

  /** What decides what a connector does first, examples last. */
  static List<DifferentFile> inOrder(List<FileDiff> files) {
    return files.stream()
        .map(file -> new DifferentFile(file, file.file().startsWith("examples/")))
        .sorted(
            Comparator.comparingInt(DifferentFile::rank).thenComparing(one -> one.file().file()))
        .toList();
  }

  private int rank() {
    if (example) {
      return FIRST.size() + 1;
    }
    int at = 0;
    while (at < FIRST.size() && !file.file().startsWith(FIRST.get(at))) {
      at++;
    }
    return at;
  }
}
