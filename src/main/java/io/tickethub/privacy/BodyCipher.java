package io.tickethub.privacy;

import static java.nio.charset.StandardCharsets.UTF_8;

import java.nio.ByteBuffer;
import java.security.GeneralSecurityException;
import java.security.SecureRandom;
import java.util.HexFormat;
import javax.crypto.Cipher;
import javax.crypto.Mac;
import javax.crypto.SecretKey;
import javax.crypto.spec.GCMParameterSpec;
import javax.crypto.spec.SecretKeySpec;

/**
 * Encrypts what is stored: AES-256-GCM, a random 96-bit nonce each. Layout: one byte 1 (version),
 * nonce, ciphertext with its 128-bit tag. Thread-safe.
 */
public final class BodyCipher {

  private static final byte VERSION = 1;
  private static final String FINGERPRINT = "HmacSHA256";
  private static final int NONCE_BYTES = 12;
  private static final int TAG_BITS = 128;

  private static final class Worker {
    private final SecureRandom random = new SecureRandom();
    private final Cipher cipher;

    private Worker() {
      try {
        cipher = Cipher.getInstance("AES/GCM/NoPadding");
      } catch (GeneralSecurityException e) {
        throw new IllegalStateException("this Java lacks AES-GCM", e);
      }
    }
  }

  private final SecretKey key;
  private final SecretKey fingerprintKey;
  private final ThreadLocal<Worker> workers = ThreadLocal.withInitial(Worker::new);

  /** {@code key} has 32 bytes. */
  public BodyCipher(byte[] key) {
    if (key.length != 32) {
      throw new IllegalArgumentException(
          "the encryption key has %d bytes instead of 32".formatted(key.length));
    }
    this.key = new SecretKeySpec(key, "AES");
    this.fingerprintKey = fingerprintKey(key);
  }

  /**
   * A text of 32 letters and digits that stands for {@code plain} where equal values must be found
   * without being readable: HMAC-SHA-256 by a key of its own.
   */
  public String fingerprint(byte[] plain) {
    try {
      Mac mac = Mac.getInstance(FINGERPRINT);
      mac.init(fingerprintKey);
      return HexFormat.of().formatHex(mac.doFinal(plain), 0, 16);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + FINGERPRINT, e);
    }
  }

  private static SecretKey fingerprintKey(byte[] key) {
    try {
      Mac mac = Mac.getInstance(FINGERPRINT);
      mac.init(new SecretKeySpec(key, FINGERPRINT));
      return new SecretKeySpec(mac.doFinal("fingerprint".getBytes(UTF_8)), FINGERPRINT);
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("this Java lacks " + FINGERPRINT, e);
    }
  }

  public byte[] encrypt(byte[] plain) {
    Worker worker = workers.get();
    byte[] nonce = new byte[NONCE_BYTES];
    worker.random.nextBytes(nonce);
    try {
      worker.cipher.init(Cipher.ENCRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, nonce));
      ByteBuffer out =
          ByteBuffer.allocate(1 + NONCE_BYTES + worker.cipher.getOutputSize(plain.length));
      out.put(VERSION).put(nonce);
      worker.cipher.doFinal(ByteBuffer.wrap(plain), out);
      return out.array();
    } catch (GeneralSecurityException e) {
      throw new IllegalStateException("encryption failed", e);
    }
  }

  public byte[] decrypt(byte[] encrypted) {
    if (encrypted.length < 1 + NONCE_BYTES + TAG_BITS / 8 || encrypted[0] != VERSION) {
      throw new IllegalArgumentException("not something this hub encrypted");
    }
    Worker worker = workers.get();
    try {
      worker.cipher.init(
          Cipher.DECRYPT_MODE, key, new GCMParameterSpec(TAG_BITS, encrypted, 1, NONCE_BYTES));
      return worker.cipher.doFinal(encrypted, 1 + NONCE_BYTES, encrypted.length - 1 - NONCE_BYTES);
    } catch (GeneralSecurityException e) {
      throw new IllegalArgumentException(
          "stored with another key, or changed since: see hub.encryption-key in the configuration",
          e);
    }
  }
}
