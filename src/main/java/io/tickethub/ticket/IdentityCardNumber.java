package io.tickethub.ticket;

/** The numbers of identity cards (GB 11643): 17 digits and a check character. */
public final class IdentityCardNumber {

  private static final int[] WEIGHTS = {7, 9, 10, 5, 8, 4, 2, 1, 6, 3, 7, 9, 10, 5, 8, 4, 2};
  private static final String CHECKS = "10X98765432";

  private IdentityCardNumber() {}

  /** The check character of a number that begins with {@code digits}, 17 of them. */
  public static char checkCharacter(String digits) {
    int sum = 0;
    for (int i = 0; i < WEIGHTS.length; i++) {
      sum += WEIGHTS[i] * (digits.charAt(i) - '0');
    }
    return CHECKS.charAt(sum % CHECKS.length());
  }
}
