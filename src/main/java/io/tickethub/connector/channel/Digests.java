package io.tickethub.connector.channel;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;

/** SHA-256. */
public final class Digests {

  private Digests() {}

  public static byte[] sha256(byte[] bytes) {
    try {
      return MessageDigest.getInstance("SHA-256").digest(bytes);
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }

  /** An id for bytes that carry none: half of their digest. */
  static String idOf(byte[] bytes) {
    return "sha256-" + HexFormat.of().formatHex(sha256(bytes), 0, 16);
  }
}
