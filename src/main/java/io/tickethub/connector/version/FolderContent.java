package io.tickethub.connector.version;

import io.tickethub.definition.DefinitionException;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.Map;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/**
 * All files of a connector's folder at one moment.
 *
 * @param files relative name, with slashes → bytes
 */
public record FolderContent(SortedMap<String, byte[]> files) {

  /** Nothing a connector needs comes near these. */
  static final int MOST_FILES = 5_000;

  static final long MOST_BYTES = 64L << 20;

  /** Nothing at all. */
  public static final FolderContent NONE = new FolderContent(new TreeMap<>());

  /** Throws {@link DefinitionException} if the folder holds too much or cannot be read. */
  public static FolderContent read(Path folder) {
    try {
      Map<String, Path> found = FolderFiles.list(folder);
      if (found.size() > MOST_FILES) {
        throw new DefinitionException(
            "%s: holds %d files; a connector has at most %d: move what does not belong to it away"
                .formatted(folder, found.size(), MOST_FILES));
      }
      SortedMap<String, byte[]> files = new TreeMap<>();
      long size = 0;
      for (Map.Entry<String, Path> file : found.entrySet()) {
        size += Files.size(file.getValue());
        if (size > MOST_BYTES) {
          throw new DefinitionException(
              "%s: with %s the folder holds more than %d MB, the most of a connector: move what does not belong to it away"
                  .formatted(folder, file.getKey(), MOST_BYTES >> 20));
        }
        files.put(file.getKey(), Files.readAllBytes(file.getValue()));
      }
      return new FolderContent(files);
    } catch (NoSuchFileException e) {
      throw new DefinitionException(
          "%s: %s vanished while the folder was read".formatted(folder, e.getFile()), e);
    } catch (IOException e) {
      throw new DefinitionException("%s: cannot be read: %s".formatted(folder, e), e);
    }
  }

  /** The bytes of all files. */
  public long size() {
    return files.values().stream().mapToLong(bytes -> bytes.length).sum();
  }

  /** Of names and bytes: the same for the same content, SHA-256 in hexadecimal. */
  public String digest() {
    MessageDigest digest = sha256();
    files.forEach(
        (name, bytes) -> {
          digest.update("%s\0%d\0".formatted(name, bytes.length).getBytes(StandardCharsets.UTF_8));
          digest.update(bytes);
        });
    return HexFormat.of().formatHex(digest.digest());
  }

  static String digest(byte[] bytes) {
    return HexFormat.of().formatHex(sha256().digest(bytes));
  }

  private static MessageDigest sha256() {
    try {
      return MessageDigest.getInstance("SHA-256");
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** Writes the files below a folder. */
  public void writeTo(Path folder) throws IOException {
    for (Map.Entry<String, byte[]> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey()).normalize();
      if (!path.startsWith(folder)) {
        throw new IOException(file.getKey() + " leads out of the folder");
      }
      Files.createDirectories(path.getParent());
      Files.write(path, file.getValue());
    }
  }

  byte[] zip() {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ZipOutputStream zip = new ZipOutputStream(bytes, StandardCharsets.UTF_8)) {
      for (Map.Entry<String, byte[]> file : files.entrySet()) {
        ZipEntry entry = new ZipEntry(file.getKey());
        entry.setTime(0);
        zip.putNextEntry(entry);
        zip.write(file.getValue());
        zip.closeEntry();
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return bytes.toByteArray();
  }

  static FolderContent unzip(byte[] zipped) {
    SortedMap<String, byte[]> files = new TreeMap<>();
    try (ZipInputStream zip =
        new ZipInputStream(new ByteArrayInputStream(zipped), StandardCharsets.UTF_8)) {
      for (ZipEntry entry = zip.getNextEntry(); entry != null; entry = zip.getNextEntry()) {
        files.put(entry.getName(), zip.readAllBytes());
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return new FolderContent(files);
  }
}
