package io.tickethub.console;

import io.tickethub.api.Right;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Who looks at a page, and what they may do. */
public final class Reader {

  private final Authentication who;

  private Reader(Authentication who) {
    this.who = who;
  }

  static Reader of(Authentication who) {
    return new Reader(who instanceof AnonymousAuthenticationToken ? null : who);
  }

  /** Null if nobody knows. */
  public String name() {
    return who == null ? null : who.getName();
  }

  public String role() {
    AccountLogin.Entry entry = AccountLogin.Entry.of(who);
    return entry == null ? "" : entry.role();
  }

  public boolean known() {
    return who != null;
  }

  public boolean operates() {
    return Right.OPERATE.isHeldBy(who);
  }

  public boolean operates(String connector) {
    return Right.OPERATE.isHeldBy(who, connector);
  }

  public boolean operatesAny() {
    return Right.OPERATE.isHeldForAny(who);
  }

  public boolean configures(String connector) {
    return Right.CONFIGURE.isHeldBy(who, connector);
  }

  public boolean configuresAll() {
    return Right.CONFIGURE.isHeldBy(who);
  }

  public boolean audits() {
    return Right.AUDIT.isHeldBy(who);
  }

  public boolean administers() {
    return Right.ADMINISTER.isHeldBy(who);
  }

  public boolean reveals(String connector) {
    return Right.REVEAL.isHeldBy(who, connector);
  }
}
