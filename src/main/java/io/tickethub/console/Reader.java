package io.tickethub.console;

import java.util.Arrays;
import java.util.EnumSet;
import java.util.Set;
import java.util.stream.Collectors;
import org.springframework.security.authentication.AnonymousAuthenticationToken;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.GrantedAuthority;

/** Who looks at a page, and what they may do. */
public final class Reader {

  private final String name;
  private final String role;
  private final Set<Right> rights;

  private Reader(String name, String role, Set<Right> rights) {
    this.name = name;
    this.role = role;
    this.rights = rights;
  }

  static Reader of(Authentication who) {
    if (who == null || who instanceof AnonymousAuthenticationToken) {
      return new Reader(null, null, Set.of());
    }
    Set<String> authorities =
        who.getAuthorities().stream()
            .map(GrantedAuthority::getAuthority)
            .collect(Collectors.toSet());
    Set<Right> rights = EnumSet.noneOf(Right.class);
    Arrays.stream(Right.values())
        .filter(right -> authorities.contains(right.authority()))
        .forEach(rights::add);
    return new Reader(
        who.getName(),
        who.getDetails() instanceof AccountLogin.Entry entry ? entry.role() : "",
        rights);
  }

  /** Null if nobody knows. */
  public String name() {
    return name;
  }

  public String role() {
    return role;
  }

  public boolean known() {
    return name != null;
  }

  public boolean operates() {
    return rights.contains(Right.OPERATE);
  }

  public boolean configures() {
    return rights.contains(Right.CONFIGURE);
  }

  public boolean audits() {
    return rights.contains(Right.AUDIT);
  }

  public boolean administers() {
    return rights.contains(Right.ADMINISTER);
  }

  public boolean reveals() {
    return rights.contains(Right.REVEAL);
  }
}
