package io.tickethub.console;

import java.util.Collection;
import org.springframework.security.core.GrantedAuthority;
import org.springframework.security.oauth2.core.oidc.OidcIdToken;
import org.springframework.security.oauth2.core.oidc.user.DefaultOidcUser;

/** Somebody whom the identity provider knows. */
final class ProviderUser extends DefaultOidcUser {

  private static final long serialVersionUID = 1L;

  /** Before their names: an account of the hub may be called the same. */
  private static final String PREFIX = "oidc:";

  private final String name;
  private final AccountLogin.Entry entry;

  ProviderUser(
      String name,
      Collection<GrantedAuthority> authorities,
      OidcIdToken token,
      AccountLogin.Entry entry) {
    super(authorities, token);
    this.name = PREFIX + name;
    this.entry = entry;
  }

  @Override
  public String getName() {
    return name;
  }

  AccountLogin.Entry entry() {
    return entry;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof ProviderUser user && name.equals(user.name) && super.equals(other);
  }

  @Override
  public int hashCode() {
    return name.hashCode();
  }
}
