package io.tickethub.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.FileAttribute;
import java.nio.file.attribute.PosixFilePermission;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A secret in a file that only the hub's user may read; made up when it is first asked for. */
public final class SecretFile {

  private static final FileAttribute<Set<PosixFilePermission>> OWNER_ONLY =
      PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------"));

  private SecretFile() {}

  /**
   * The secret as text: {@code bytes} random bytes in hexadecimal, unless somebody wrote another.
   */
  public static String read(Path file, int bytes) {
    try {
      if (!Files.exists(file)) {
        create(file.toAbsolutePath(), bytes);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the secret file %s cannot be used".formatted(file), e);
    }
  }

  /**
   * Written aside, made durable, then given its name: whoever finds the file finds the whole
   * secret, also after a power cut, and of several that start at once the first wins.
   */
  private static void create(Path file, int bytes) throws IOException {
    Path directory = Files.createDirectories(file.getParent());
    Path draft = Files.createTempFile(directory, file.getFileName().toString(), ".new", OWNER_ONLY);
    try {
      try (FileChannel channel = FileChannel.open(draft, StandardOpenOption.WRITE)) {
        channel.write(ByteBuffer.wrap(madeUp(bytes)));
        channel.force(true);
      }
      Files.createLink(file, draft);
    } catch (FileAlreadyExistsException e) {
      return; // Another start of the hub was first: its secret counts.
    } finally {
      Files.delete(draft);
    }
    try (FileChannel channel = FileChannel.open(directory, StandardOpenOption.READ)) {
      channel.force(true);
    }
  }

  private static byte[] madeUp(int bytes) {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    return (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII);
  }
}
