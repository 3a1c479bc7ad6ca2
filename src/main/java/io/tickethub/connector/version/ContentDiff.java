package io.tickethub.connector.version;

import com.github.difflib.DiffUtils;
import com.github.difflib.UnifiedDiffUtils;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/** What differs between two contents of a folder. */
public final class ContentDiff {

  private static final int CONTEXT = 3;
  private static final List<Charset> CHARSETS =
      List.of(StandardCharsets.UTF_8, Charset.forName("GB18030"));

  private ContentDiff() {}

  /**
   * One file that differs.
   *
   * @param change added, removed or changed
   * @param text a unified diff, or for what is no text the digests
   */
  public record FileDiff(String file, String change, boolean binary, String text) {}

  /** The files that differ, by name. */
  public static List<FileDiff> between(FolderContent from, FolderContent to) {
    SortedSet<String> names = new TreeSet<>(from.files().keySet());
    names.addAll(to.files().keySet());
    List<FileDiff> diffs = new ArrayList<>();
    for (String name : names) {
      byte[] before = from.files().get(name);
      byte[] after = to.files().get(name);
      if (!Arrays.equals(before, after)) {
        diffs.add(diff(name, before, after));
      }
    }
    return diffs;
  }

  private static FileDiff diff(String name, byte[] before, byte[] after) {
    String change = before == null ? "added" : after == null ? "removed" : "changed";
    Optional<List<String>> old = lines(name, before);
    Optional<List<String>> fresh = lines(name, after);
    if (old.isEmpty() || fresh.isEmpty()) {
      return new FileDiff(
          name,
          change,
          true,
          "binary file %s: %s -> %s".formatted(name, described(before), described(after)));
    }
    List<String> unified =
        UnifiedDiffUtils.generateUnifiedDiff(
            before == null ? "/dev/null" : "a/" + name,
            after == null ? "/dev/null" : "b/" + name,
            old.get(),
            DiffUtils.diff(old.get(), fresh.get()),
            CONTEXT);
    return new FileDiff(
        name,
        change,
        false,
        unified.isEmpty() ? name + ": only line ends differ" : String.join("\n", unified));
  }

  private static String described(byte[] bytes) {
    return bytes == null
        ? "nothing"
        : "%d bytes sha256:%s".formatted(bytes.length, FolderContent.digest(bytes));
  }

  /** Empty if it is no text; a file that is not there has no lines. */
  private static Optional<List<String>> lines(String name, byte[] bytes) {
    if (bytes == null) {
      return Optional.of(List.of());
    }
    if (name.startsWith("lib/") || name.endsWith(".jar")) {
      return Optional.empty();
    }
    return text(bytes).map(text -> text.lines().toList());
  }

  private static Optional<String> text(byte[] bytes) {
    for (Charset charset : CHARSETS) {
      try {
        String text = charset.newDecoder().decode(ByteBuffer.wrap(bytes)).toString();
        return text.indexOf('\0') < 0 ? Optional.of(text) : Optional.empty();
      } catch (CharacterCodingException e) {
        continue;
      }
    }
    return Optional.empty();
  }
}
