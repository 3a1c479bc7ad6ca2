package io.tickethub.api;

import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/** What a caller may do. */
public final class Roles {

  /** The authority to see personal data. */
  public static final String PRIVACY = TokenFilter.PRIVACY;

  private Roles() {}

  /** Throws {@link AccessDeniedException} unless the caller may see personal data. */
  public static void requirePrivacy(Principal who, String what) {
    if (!mayReveal(who)) {
      throw new AccessDeniedException(what + " takes the privacy token");
    }
  }

  /** The caller may see personal data. */
  public static boolean mayReveal(Principal who) {
    return who instanceof Authentication authentication
        && authentication.getAuthorities().stream()
            .anyMatch(authority -> authority.getAuthority().equals(TokenFilter.PRIVACY));
  }
}
