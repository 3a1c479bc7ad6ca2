package io.tickethub.console;

import jakarta.servlet.FilterChain;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpSession;
import java.io.IOException;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import org.springframework.security.core.Authentication;
import org.springframework.security.core.context.SecurityContextHolder;
import org.springframework.web.filter.OncePerRequestFilter;

/**
 * Ends the sessions of those who do nothing for a while, and of those whose account was changed or
 * removed. What a page fetches by itself is nothing done. Viewers may stand before a wall all day.
 */
final class SessionCheck extends OncePerRequestFilter {

  private static final String DONE = SessionCheck.class.getName();

  private final Accounts accounts;
  private final Duration idle;
  private final Clock clock;

  SessionCheck(Accounts accounts, Duration idle, Clock clock) {
    this.accounts = accounts;
    this.idle = idle;
    this.clock = clock;
  }

  @Override
  protected void doFilterInternal(
      HttpServletRequest request, HttpServletResponse response, FilterChain chain)
      throws ServletException, IOException {
    HttpSession session = request.getSession(false);
    Authentication who = SecurityContextHolder.getContext().getAuthentication();
    AccountLogin.Entry entry = AccountLogin.Entry.of(who);
    if (session != null
        && who != null
        && entry != null
        && (isIdle(session, entry, request)
            || (entry.until() != null && entry.until().isBefore(clock.instant()))
            || !isStillSo(who.getName(), entry))) {
      session.invalidate();
      SecurityContextHolder.clearContext();
    }
    chain.doFilter(request, response);
  }

  private boolean isIdle(
      HttpSession session, AccountLogin.Entry entry, HttpServletRequest request) {
    Instant now = clock.instant();
    Instant done = (Instant) session.getAttribute(DONE);
    if (done != null && done.plus(idle).isBefore(now) && !entry.role().equals(Role.VIEWER.text())) {
      return true;
    }
    if (done == null || !isFetchedByPages(request.getRequestURI())) {
      session.setAttribute(DONE, now);
    }
    return false;
  }

  private static boolean isFetchedByPages(String path) {
    return path.startsWith(ConsoleSecurity.LIVE) || path.startsWith(CamelInternals.JOLOKIA);
  }

  private boolean isStillSo(String name, AccountLogin.Entry entry) {
    return entry.accountOf() == null
        || accounts
            .find(name)
            .filter(account -> account.changedAt().equals(entry.accountOf()))
            .isPresent();
  }
}
