package io.tickethub.api;

import java.security.Principal;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.security.core.Authentication;

/**
 * What somebody may do. A right is had for all connectors or, as {@code AUTHORITY@CONNECTOR}, for
 * one. Only what is done to a connector can be limited to some: whoever may see or audit, sees all.
 */
public enum Right {
  /** See everything but personal data. */
  VIEW("RIGHT_VIEW", false),
  /** Pause, resume, replay, discard, reconcile, silence. */
  OPERATE("RIGHT_OPERATE", true),
  /** Roll a connector back, rehearse it, set how far it was read. */
  CONFIGURE("RIGHT_CONFIGURE", true),
  /** See who did what. */
  AUDIT("RIGHT_AUDIT", false),
  /** Add and remove accounts. */
  ADMINISTER("RIGHT_ADMINISTER", false),
  /** See personal data; each look is audited. */
  REVEAL("ROLE_PRIVACY", true);

  private final String authority;
  private final boolean canBeLimited;

  Right(String authority, boolean canBeLimited) {
    this.authority = authority;
    this.canBeLimited = canBeLimited;
  }

  /** For all connectors. */
  public String authority() {
    return authority;
  }

  /** For one connector. */
  public String authority(String connector) {
    return canBeLimited ? authority + "@" + connector : authority;
  }

  /** Whether somebody may do this to all connectors, and to what belongs to none. */
  public boolean isHeldBy(Principal who) {
    return has(who, authority);
  }

  /** Whether somebody may do this to a connector. */
  public boolean isHeldBy(Principal who, String connector) {
    return has(who, authority) || has(who, authority(connector));
  }

  /** Whether somebody may do this to any connector at all. */
  public boolean isHeldForAny(Principal who) {
    return who instanceof Authentication authentication
        && authentication.getAuthorities().stream()
            .anyMatch(
                granted ->
                    granted.getAuthority().equals(authority)
                        || granted.getAuthority().startsWith(authority + "@"));
  }

  /** Throws {@link AccessDeniedException} unless somebody may do this to a connector. */
  public void require(Principal who, String connector) {
    if (!isHeldBy(who, connector)) {
      throw new AccessDeniedException(
          "%s may not %s connector %s".formatted(who.getName(), what(), connector));
    }
  }

  /** Throws {@link AccessDeniedException} unless somebody may do this to all connectors. */
  public void requireForAll(Principal who, String what) {
    if (!isHeldBy(who)) {
      throw new AccessDeniedException(
          "%s may not do this: %s takes the right to %s all connectors"
              .formatted(who.getName(), what, what()));
    }
  }

  private String what() {
    return this == REVEAL ? "see personal data of" : name().toLowerCase(java.util.Locale.ROOT);
  }

  private static boolean has(Principal who, String authority) {
    return who instanceof Authentication authentication
        && authentication.getAuthorities().stream()
            .anyMatch(granted -> granted.getAuthority().equals(authority));
  }
}
