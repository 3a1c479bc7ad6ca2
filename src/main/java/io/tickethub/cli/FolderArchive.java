package io.tickethub.cli;

import io.tickethub.definition.DefinitionException;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.LinkOption;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipOutputStream;

/** A connector's folder as a ZIP, to be sent to the hub: its plain files, without {@code lib}. */
final class FolderArchive {

  private FolderArchive() {}

  static byte[] of(Path folder, int mostBytes) throws IOException {
    if (!Files.isRegularFile(folder.resolve("connector.yaml"))) {
      throw new DefinitionException("%s: there is no connector.yaml in it".formatted(folder));
    }
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
      for (Path file : files(folder)) {
        zip.putNextEntry(new ZipEntry(name(folder, file)));
        zip.write(Files.readAllBytes(file));
        zip.closeEntry();
        if (bytes.size() > mostBytes) {
          throw new DefinitionException(
              "%s: packed it is larger than %d bytes".formatted(folder, mostBytes));
        }
      }
    }
    return bytes.toByteArray();
  }

  private static List<Path> files(Path folder) throws IOException {
    try (Stream<Path> files = Files.walk(folder)) {
      return files
          .filter(file -> Files.isRegularFile(file, LinkOption.NOFOLLOW_LINKS))
          .filter(file -> !folder.relativize(file).startsWith("lib"))
          .filter(file -> !file.getFileName().toString().startsWith("."))
          .sorted()
          .toList();
    }
  }

  private static String name(Path folder, Path file) {
    return folder.relativize(file).toString().replace('\\', '/');
  }
}
