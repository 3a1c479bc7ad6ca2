package io.tickethub.privacy;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.Set;

/** A secret in a file that only the hub's user may read; made up when it is first asked for. */
public final class SecretFile {

  private SecretFile() {}

  /**
   * The secret as text: {@code bytes} random bytes in hexadecimal, unless somebody wrote another.
   */
  public static String read(Path file, int bytes) {
    try {
      if (!Files.exists(file)) {
        create(file, bytes);
      }
      return Files.readString(file).strip();
    } catch (IOException e) {
      throw new UncheckedIOException("the secret file %s cannot be used".formatted(file), e);
    }
  }

  private static void create(Path file, int bytes) throws IOException {
    byte[] random = new byte[bytes];
    new SecureRandom().nextBytes(random);
    Files.createDirectories(file.toAbsolutePath().getParent());
    try (var channel =
        Files.newByteChannel(
            file,
            Set.of(StandardOpenOption.CREATE_NEW, StandardOpenOption.WRITE),
            PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rw-------")))) {
      channel.write(
          ByteBuffer.wrap(
              (HexFormat.of().formatHex(random) + "\n").getBytes(StandardCharsets.US_ASCII)));
    }
  }
}
