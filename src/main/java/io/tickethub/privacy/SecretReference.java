package io.tickethub.privacy;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.function.UnaryOperator;

/** A secret that a configuration names and does not hold. */
public final class SecretReference {

  private SecretReference() {}

  /**
   * The secret that {@code reference} names.
   *
   * @param key the configuration's key, for the message of the error
   * @param reference {@code env:NAME} or {@code file:PATH}
   * @param environment gives the value of an environment variable, or null
   * @throws IllegalArgumentException if there is none
   */
  public static String read(String key, String reference, UnaryOperator<String> environment) {
    String secret;
    if (reference != null && reference.startsWith("env:")) {
      secret = environment.apply(reference.substring("env:".length()));
    } else if (reference != null && reference.startsWith("file:")) {
      secret = content(key, Path.of(reference.substring("file:".length())));
    } else {
      throw new IllegalArgumentException(
          "%s is a secret: write env:NAME or file:PATH, never the secret itself".formatted(key));
    }
    if (secret == null || secret.isBlank()) {
      throw new IllegalArgumentException("%s: there is none at %s".formatted(key, reference));
    }
    return secret.strip();
  }

  private static String content(String key, Path file) {
    try {
      return Files.readString(file);
    } catch (IOException e) {
      throw new IllegalArgumentException(
          "%s: its file cannot be read: %s".formatted(key, e.getMessage()), e);
    }
  }
}
