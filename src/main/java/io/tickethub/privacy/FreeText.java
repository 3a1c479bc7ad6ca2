package io.tickethub.privacy;

import io.tickethub.privacy.Masking.Kind;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * A text while personal data in it is being masked. Patterns see it with full-width letters, digits
 * and dashes made plain; what they do not touch stays as it was written.
 */
final class FreeText {

  private static final int FULL_WIDTH = 0xFF00;
  private static final int LAST_FULL_WIDTH = 0xFF5E;
  private static final int PLAIN = 0x20;

  private String written;
  private String plain;

  FreeText(String text) {
    this.written = text;
    this.plain = plain(text);
  }

  /** Character by character, so that places in both texts are the same. */
  static String plain(String text) {
    StringBuilder plain = new StringBuilder(text.length());
    text.chars().forEach(character -> plain.append((char) plain(character)));
    return plain.toString();
  }

  private static int plain(int character) {
    if (character > FULL_WIDTH && character <= LAST_FULL_WIDTH) {
      return character - FULL_WIDTH + PLAIN;
    }
    if (Character.isDigit(character)) {
      return '0' + Character.digit(character, 10);
    }
    return switch (Character.getType(character)) {
      case Character.DASH_PUNCTUATION -> '-';
      case Character.SPACE_SEPARATOR -> ' ';
      default -> character;
    };
  }

  void mask(Pattern pattern, Kind kind) {
    StringBuilder newWritten = new StringBuilder();
    StringBuilder newPlain = new StringBuilder();
    int end = 0;
    for (Matcher found = pattern.matcher(plain); found.find(); end = found.end()) {
      String mask = Masking.mask(kind, found.group());
      newWritten.append(written, end, found.start()).append(mask);
      newPlain.append(plain, end, found.start()).append(mask);
    }
    written = newWritten.append(written, end, written.length()).toString();
    plain = newPlain.append(plain, end, plain.length()).toString();
  }

  @Override
  public String toString() {
    return written;
  }
}
