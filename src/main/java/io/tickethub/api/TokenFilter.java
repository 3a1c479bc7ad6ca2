package io.tickethub.api;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.util.List;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.authority.SimpleGrantedAuthority;
import org.springframework.security.core.context.SecurityContext;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/** Knows callers by their bearer token. */
final class TokenFilter extends OncePerRequestFilter {

  static final String OPERATOR = "ROLE_OPERATOR";
  static final String PRIVACY = "ROLE_PRIVACY";
  private static final String BEARER = "Bearer ";

  private final byte[] operatorToken;
  private final byte[] privacyToken;

  TokenFilter(String operatorToken, String privacyToken) {
    this.operatorToken = operatorToken.getBytes(StandardCharsets.US_ASCII);
    this.privacyToken = privacyToken.getBytes(StandardCharsets.US_ASCII);
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    String header = request.getHeader("Authorization");
    if (header != null && header.startsWith(BEARER)) {
      byte[] token = header.substring(BEARER.length()).strip().getBytes(StandardCharsets.UTF_8);
      if (MessageDigest.isEqual(token, privacyToken)) {
        enter("privacy-officer", OPERATOR, PRIVACY);
      } else if (MessageDigest.isEqual(token, operatorToken)) {
        enter("operator", OPERATOR);
      }
    }
    chain.doFilter(request, response);
  }

  private static void enter(String name, String... roles) {
    SecurityContext context = SecurityContextHolder.createEmptyContext();
    context.setAuthentication(
        UsernamePasswordAuthenticationToken.authenticated(
            name, null, List.of(roles).stream().map(SimpleGrantedAuthority::new).toList()));
    SecurityContextHolder.setContext(context);
  }
}
