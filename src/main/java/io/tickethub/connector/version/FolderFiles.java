package io.tickethub.connector.version;

import java.io.IOException;
import java.nio.file.FileVisitOption;
import java.nio.file.FileVisitResult;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.nio.file.SimpleFileVisitor;
import java.nio.file.attribute.BasicFileAttributes;
import java.util.EnumSet;
import java.util.Map;
import java.util.TreeMap;
import java.util.regex.Pattern;

/** The files that belong to a connector: all in its folder but those an editor puts beside them. */
public final class FolderFiles {

  private static final Pattern TEMPORARY =
      Pattern.compile("\\..*|.*~|#.*#|.*\\.(tmp|part|swp|swx|crdownload)|4913|___jb_.*___");
  private static final int DEPTH = 16;

  private FolderFiles() {}

  /** Whether it is hidden, or of the kind that editors and copying programs leave for a moment. */
  public static boolean isTemporary(Path file) {
    return TEMPORARY.matcher(file.getFileName().toString()).matches();
  }

  /**
   * The files below a folder by their relative name. Links that lead out of it are left out, and so
   * is what vanishes meanwhile.
   */
  public static Map<String, Path> list(Path folder) throws IOException {
    Path root = folder.toRealPath();
    Map<String, Path> files = new TreeMap<>();
    Files.walkFileTree(
        root,
        EnumSet.of(FileVisitOption.FOLLOW_LINKS),
        DEPTH,
        new SimpleFileVisitor<>() {
          @Override
          public FileVisitResult preVisitDirectory(Path directory, BasicFileAttributes any) {
            return directory.equals(root) || !isTemporary(directory)
                ? FileVisitResult.CONTINUE
                : FileVisitResult.SKIP_SUBTREE;
          }

          @Override
          public FileVisitResult visitFile(Path file, BasicFileAttributes attributes)
              throws IOException {
            if (attributes.isRegularFile() && !isTemporary(file) && isWithin(file, root)) {
              files.put(name(root, file), file);
            }
            return FileVisitResult.CONTINUE;
          }

          @Override
          public FileVisitResult visitFileFailed(Path file, IOException e) throws IOException {
            if (file.equals(root)) {
              throw e;
            }
            return FileVisitResult.CONTINUE;
          }
        });
    return files;
  }

  private static boolean isWithin(Path file, Path root) throws IOException {
    return Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS)
        || file.toRealPath().startsWith(root);
  }

  private static String name(Path root, Path file) {
    return root.relativize(file).toString().replace('\\', '/');
  }
}
