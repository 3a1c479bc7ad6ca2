package io.tickethub.ticket;

import java.text.Normalizer;
import java.util.regex.Pattern;

/** Telephone numbers as systems write them. */
public final class PhoneNumber {

  /** China's country code, written {@code +86} or {@code 0086}. */
  private static final Pattern COUNTRY = Pattern.compile("^(?:\\+|00)86");

  private PhoneNumber() {}

  /**
   * The digits alone, without China's country code, whether written with spaces, hyphens, brackets
   * or full-width digits; null if there is none.
   */
  public static String normal(String number) {
    if (number == null) {
      return null;
    }
    String written = Normalizer.normalize(number, Normalizer.Form.NFKC).replaceAll("[^+0-9]", "");
    String digits = COUNTRY.matcher(written).replaceFirst("").replace("+", "");
    return digits.isEmpty() ? null : digits;
  }
}
