package io.tickethub.privacy;

import java.nio.file.Path;
import java.util.HexFormat;
import java.util.function.UnaryOperator;

/** Finds the key of the body cipher: 64 hexadecimal digits in an environment variable or a file. */
public final class EncryptionKey {

  private static final int BYTES = 32;

  private EncryptionKey() {}

  /**
   * The key that {@code reference} names.
   *
   * @param reference {@code env:NAME} or {@code file:PATH}; a missing file is made
   * @param environment gives the value of an environment variable, or null
   */
  public static byte[] find(String reference, UnaryOperator<String> environment) {
    String text;
    if (reference.startsWith("env:")) {
      text = environment.apply(reference.substring("env:".length()));
    } else if (reference.startsWith("file:")) {
      text = SecretFile.read(Path.of(reference.substring("file:".length())), BYTES);
    } else {
      throw new IllegalArgumentException(
          "hub.encryption-key: write env:NAME or file:PATH, never the key itself");
    }
    if (text == null || !text.matches("[0-9a-fA-F]{64}")) {
      throw new IllegalArgumentException(
          "hub.encryption-key: %s does not hold 64 hexadecimal digits".formatted(reference));
    }
    return HexFormat.of().parseHex(text);
  }
}
