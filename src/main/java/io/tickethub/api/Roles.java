package io.tickethub.api;

import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;

/** What a caller may do. */
public final class Roles {

  private Roles() {}

  /** Throws {@link AccessDeniedException} unless the caller may see personal data. */
  public static void requirePrivacy(Principal who, String what) {
    if (!mayReveal(who)) {
      throw new AccessDeniedException(what + " takes the privacy token");
    }
  }

  /** The caller may see personal data of all connectors. */
  public static boolean mayReveal(Principal who) {
    return Right.REVEAL.isHeldBy(who);
  }
}
