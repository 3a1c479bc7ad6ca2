package io.tickethub.console;

import io.tickethub.api.Right;
import java.util.Arrays;
import java.util.Locale;
import java.util.Set;

/** What an account is for. */
public enum Role {
  VIEWER(Right.VIEW),
  OPERATOR(Right.VIEW, Right.OPERATE, Right.AUDIT),
  ENGINEER(Right.VIEW, Right.OPERATE, Right.CONFIGURE, Right.AUDIT),
  PRIVACY_OFFICER(Right.VIEW, Right.REVEAL, Right.AUDIT),
  ADMINISTRATOR(Right.VIEW, Right.OPERATE, Right.CONFIGURE, Right.AUDIT, Right.ADMINISTER),
  /** Who holds the privacy token: there is nothing this one may not do. */
  OWNER(Right.values());

  private final Set<Right> rights;

  Role(Right... rights) {
    this.rights = Set.of(rights);
  }

  Set<Right> rights() {
    return rights;
  }

  /** As it is written in the database, in addresses and on pages. */
  public String text() {
    return name().toLowerCase(Locale.ROOT).replace('_', '-');
  }

  /** Of an account; throws {@link IllegalArgumentException} if there is none like that. */
  static Role of(String text) {
    return Arrays.stream(values())
        .filter(role -> role != OWNER && role.text().equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "there is no role '%s'; there are viewer, operator, engineer, privacy-officer, administrator"
                        .formatted(text)));
  }
}
