package io.tickethub.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * The map shows counts only: whoever sits at the machine may see it, from elsewhere one has to be
 * known.
 */
public final class LoopbackOrToken implements AuthorizationManager<RequestAuthorizationContext> {

  private final String authority;

  /** {@code authority}: what whoever asks from elsewhere has to have. */
  public LoopbackOrToken(String authority) {
    this.authority = authority;
  }

  @Override
  public AuthorizationDecision check(
      Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    boolean allowed =
        authentication.get() != null
            && authentication.get().getAuthorities().stream()
                .anyMatch(granted -> granted.getAuthority().equals(authority));
    return new AuthorizationDecision(allowed || isLoopback(context.getRequest().getRemoteAddr()));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
