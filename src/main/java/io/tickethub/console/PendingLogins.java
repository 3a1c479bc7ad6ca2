package io.tickethub.console;

import jakarta.servlet.http.Cookie;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import org.springframework.security.oauth2.client.web.AuthorizationRequestRepository;
import org.springframework.security.oauth2.core.endpoint.OAuth2AuthorizationRequest;
import org.springframework.web.util.WebUtils;

/**
 * Logins that are at the identity provider. The way back from there comes from another site, and
 * the session's cookie does not go with it: each login has a cookie of its own that does, for ten
 * minutes and for that way only.
 */
final class PendingLogins implements AuthorizationRequestRepository<OAuth2AuthorizationRequest> {

  private static final String COOKIE = "hub-login";
  private static final String PATH = "/login/oauth2";
  private static final Duration PATIENCE = Duration.ofMinutes(10);
  private static final int MOST = 1_000;
  private static final int BYTES = 24;

  private final SecureRandom random = new SecureRandom();
  private final InstantSource clock;
  private final Map<String, Pending> pending =
      new LinkedHashMap<>() {
        private static final long serialVersionUID = 1L;

        @Override
        protected boolean removeEldestEntry(Map.Entry<String, Pending> eldest) {
          return size() > MOST;
        }
      };

  private record Pending(OAuth2AuthorizationRequest request, Instant until) {}

  PendingLogins(InstantSource clock) {
    this.clock = clock;
  }

  @Override
  public OAuth2AuthorizationRequest loadAuthorizationRequest(HttpServletRequest request) {
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    if (cookie == null) {
      return null;
    }
    synchronized (pending) {
      return matching(request, pending.get(cookie.getValue()));
    }
  }

  private OAuth2AuthorizationRequest matching(HttpServletRequest request, Pending login) {
    return login != null
            && clock.instant().isBefore(login.until())
            && login.request().getState().equals(request.getParameter("state"))
        ? login.request()
        : null;
  }

  @Override
  public void saveAuthorizationRequest(
      OAuth2AuthorizationRequest login, HttpServletRequest request, HttpServletResponse response) {
    byte[] bytes = new byte[BYTES];
    random.nextBytes(bytes);
    String key = HexFormat.of().formatHex(bytes);
    synchronized (pending) {
      pending.put(key, new Pending(login, clock.instant().plus(PATIENCE)));
    }
    response.addCookie(cookie(key, request, (int) PATIENCE.toSeconds()));
  }

  @Override
  public OAuth2AuthorizationRequest removeAuthorizationRequest(
      HttpServletRequest request, HttpServletResponse response) {
    OAuth2AuthorizationRequest found = loadAuthorizationRequest(request);
    Cookie cookie = WebUtils.getCookie(request, COOKIE);
    if (cookie != null) {
      synchronized (pending) {
        pending.remove(cookie.getValue());
      }
      response.addCookie(cookie("", request, 0));
    }
    return found;
  }

  private static Cookie cookie(String value, HttpServletRequest request, int seconds) {
    Cookie cookie = new Cookie(COOKIE, value);
    cookie.setPath(PATH);
    cookie.setMaxAge(seconds);
    cookie.setHttpOnly(true);
    cookie.setSecure(request.isSecure());
    cookie.setAttribute("SameSite", "Lax");
    return cookie;
  }
}
