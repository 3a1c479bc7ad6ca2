package io.tickethub.api;

import java.net.InetAddress;
import java.net.UnknownHostException;
import java.util.function.Supplier;
import org.springframework.security.authorization.AuthorizationDecision;
import org.springframework.security.authorization.AuthorizationManager;
import org.springframework.security.core.Authentication;
import org.springframework.security.web.access.intercept.RequestAuthorizationContext;

/**
 * The status page shows counts only: whoever sits at the machine may see it, from elsewhere it
 * takes a token.
 */
final class LoopbackOrToken implements AuthorizationManager<RequestAuthorizationContext> {

  @Override
  public AuthorizationDecision check(
      Supplier<Authentication> authentication, RequestAuthorizationContext context) {
    boolean operator =
        authentication.get() != null
            && authentication.get().getAuthorities().stream()
                .anyMatch(authority -> authority.getAuthority().equals(TokenFilter.OPERATOR));
    return new AuthorizationDecision(operator || isLoopback(context.getRequest().getRemoteAddr()));
  }

  private static boolean isLoopback(String address) {
    try {
      return InetAddress.getByName(address).isLoopbackAddress();
    } catch (UnknownHostException e) {
      return false;
    }
  }
}
