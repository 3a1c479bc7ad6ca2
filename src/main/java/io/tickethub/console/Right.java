package io.tickethub.console;

import io.tickethub.api.Roles;

/** What somebody may do in the console. */
enum Right {
  /** See everything but personal data. */
  VIEW("RIGHT_VIEW"),
  /** Pause, resume, replay, discard, reconcile. */
  OPERATE("RIGHT_OPERATE"),
  /** Roll a connector back, reload it, switch it off, try messages on it. */
  CONFIGURE("RIGHT_CONFIGURE"),
  /** See who did what. */
  AUDIT("RIGHT_AUDIT"),
  /** Add and remove accounts. */
  ADMINISTER("RIGHT_ADMINISTER"),
  /** See personal data; each look is audited. */
  REVEAL(Roles.PRIVACY);

  private final String authority;

  Right(String authority) {
    this.authority = authority;
  }

  String authority() {
    return authority;
  }
}
