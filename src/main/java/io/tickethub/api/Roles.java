package io.tickethub.api;

import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** What a caller may do. */
final class Roles {

  private Roles() {}

  /** Throws {@link AccessDeniedException} unless the caller may see personal data. */
  static void requirePrivacy(Principal who, String what) {
    if (!mayReveal(who)) {
      throw new AccessDeniedException(what + " takes the privacy token");
    }
  }

  /** The caller may see personal data. */
  static boolean mayReveal(Principal who) {
    return who instanceof Authentication authentication
        && authentication.getAuthorities().stream()
            .anyMatch(authority -> authority.getAuthority().equals(TokenFilter.PRIVACY));
  }
}
