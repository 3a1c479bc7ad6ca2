package io.tickethub.torture;

import java.io.IOException;
import java.io.RandomAccessFile;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * A file system of its own in a file, mounted: it can be full, and what was not written to it yet
 * can be lost as in a power cut. Needs root on Linux.
 */
final class Volume implements AutoCloseable {

  private final Path image;
  private final Path mount;
  private boolean mounted;

  /** Makes it and mounts it. */
  static Volume create(Path directory, int megabytes) throws IOException, InterruptedException {
    Volume volume = new Volume(directory.resolve("volume.img"), directory.resolve("volume"));
    Files.createDirectories(volume.mount);
    try (RandomAccessFile file = new RandomAccessFile(volume.image.toFile(), "rw")) {
      file.setLength((long) megabytes << 20);
    }
    run("mkfs.ext4", "-q", "-m", "0", volume.image.toString());
    volume.mount();
    return volume;
  }

  private Volume(Path image, Path mount) {
    this.image = image;
    this.mount = mount;
  }

  /** Where it is mounted. */
  Path root() {
    return mount;
  }

  /** What has reached the file by now is kept beside it: as a disk is when its power fails. */
  void copy() throws IOException, InterruptedException {
    run("cp", "--sparse=always", image.toString(), copyFile().toString());
  }

  /** Nobody uses it any more: from now on it is as it was when it was copied. */
  void becomeCopy() throws IOException, InterruptedException {
    unmount();
    Files.move(copyFile(), image, java.nio.file.StandardCopyOption.REPLACE_EXISTING);
    mount();
  }

  private Path copyFile() {
    return image.resolveSibling("volume.copy");
  }

  private void mount() throws IOException, InterruptedException {
    run("mount", "-o", "loop", image.toString(), mount.toString());
    mounted = true;
  }

  private void unmount() throws IOException, InterruptedException {
    for (int attempt = 0; mounted; attempt++) {
      try {
        run("umount", mount.toString());
        mounted = false;
      } catch (IOException e) {
        if (attempt == 50) {
          throw e;
        }
        TimeUnit.MILLISECONDS.sleep(100);
      }
    }
  }

  private static void run(String... command) throws IOException, InterruptedException {
    Process process =
        new ProcessBuilder(new ArrayList<>(List.of(command))).redirectErrorStream(true).start();
    String said = new String(process.getInputStream().readAllBytes());
    if (process.waitFor() != 0) {
      throw new IOException(
          "'%s' failed (this needs root and Linux): %s"
              .formatted(String.join(" ", command), said.strip()));
    }
  }

  @Override
  public void close() throws IOException {
    try {
      unmount();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }
}
