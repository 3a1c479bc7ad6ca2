package io.tickethub.connector.version;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.Map;
import java.util.TreeMap;

/**
 * Names, sizes and times of a folder's files: cheap to take, and different whenever somebody wrote.
 */
public record FolderPrint(Map<String, Trace> files) {

  /** What a write leaves on a file; {@code changed} is also set where a program resets the rest. */
  public record Trace(long size, FileTime modified, Object changed) {}

  /** With the files of a folder beside this one. */
  public FolderPrint with(String beside, FolderPrint other) {
    Map<String, Trace> all = new TreeMap<>(files);
    other.files.forEach((name, trace) -> all.put("../%s/%s".formatted(beside, name), trace));
    return new FolderPrint(all);
  }

  public static FolderPrint of(Path folder) throws IOException {
    boolean unix = folder.getFileSystem().supportedFileAttributeViews().contains("unix");
    String wanted = unix ? "unix:size,lastModifiedTime,ctime" : "size,lastModifiedTime";
    Map<String, Trace> files = new TreeMap<>();
    for (Map.Entry<String, Path> file : FolderFiles.list(folder).entrySet()) {
      try {
        Map<String, Object> attributes = Files.readAttributes(file.getValue(), wanted);
        files.put(
            file.getKey(),
            new Trace(
                (Long) attributes.get("size"),
                (FileTime) attributes.get("lastModifiedTime"),
                attributes.get("ctime")));
      } catch (NoSuchFileException e) {
        continue;
      }
    }
    return new FolderPrint(files);
  }
}
