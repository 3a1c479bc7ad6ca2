package io.tickethub.journal;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.privacy.BodyCipher;
import io.tickethub.ticket.TicketJson;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/**
 * Values as encrypted JSON, the form in which the database keeps whatever may hold personal data.
 */
public final class Sealer {

  private final BodyCipher cipher;
  private final JsonMapper json = TicketJson.mapper();

  public Sealer(BodyCipher cipher) {
    this.cipher = cipher;
  }

  /** Null for null. */
  public byte[] seal(Object value) {
    try {
      return value == null ? null : cipher.encrypt(json.writeValueAsBytes(value));
    } catch (JsonProcessingException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Null for null. */
  public <T> T open(byte[] sealed, Class<T> type) {
    try {
      return sealed == null ? null : json.readValue(cipher.decrypt(sealed), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Null for null. */
  public <T> T open(byte[] sealed, TypeReference<T> type) {
    try {
      return sealed == null ? null : json.readValue(cipher.decrypt(sealed), type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** Stands for {@code text} where equal values must be found without being readable. */
  public String fingerprint(String text) {
    return cipher.fingerprint(text.getBytes(StandardCharsets.UTF_8));
  }

  /** Null for null. */
  public byte[] sealBytes(byte[] plain) {
    return plain == null ? null : cipher.encrypt(plain);
  }

  /** Null for null. */
  public byte[] openBytes(byte[] sealed) {
    return sealed == null ? null : cipher.decrypt(sealed);
  }
}
