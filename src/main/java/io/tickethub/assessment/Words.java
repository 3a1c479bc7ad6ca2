package io.tickethub.assessment;

import java.util.Locale;

/** Figures as people read them. */
final class Words {

  private Words() {}

  /** A count, a percentage, or minutes; a dash where it cannot be told. */
  static String of(Measured measured, Aggregate aggregate) {
    if (measured.value() == null) {
      return "—";
    }
    return switch (aggregate) {
      case SUM -> String.format(Locale.ROOT, "%.0f", measured.value());
      case SHARE -> String.format(Locale.ROOT, "%.1f%%", measured.value() * 100);
      default -> String.format(Locale.ROOT, "%.1f", measured.value() / 60);
    };
  }

  static String unit(Aggregate aggregate) {
    return switch (aggregate) {
      case SUM -> "";
      case SHARE -> "%";
      default -> "min";
    };
  }
}
