package io.tickethub.kit.quality;

import java.util.Locale;

/** How far a folder has come; each grade includes those before it. */
public enum Grade {
  BRONZE,
  SILVER,
  GOLD,
  PLATINUM;

  /** As files and commands write it. */
  public String code() {
    return name().toLowerCase(Locale.ROOT);
  }
}
