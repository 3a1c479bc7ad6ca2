package io.tickethub.console;

import io.tickethub.api.Audit;
import io.tickethub.api.OperationsProperties;
import io.tickethub.privacy.SecretFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import org.springframework.security.authentication.AuthenticationProvider;
import org.springframework.security.authentication.BadCredentialsException;
import org.springframework.security.authentication.LockedException;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** Knows people by an account's password, or by a token of the operations interface. */
final class AccountLogin implements AuthenticationProvider {

  private static final int TOKEN_BYTES = 24;
  private static final int LONGEST = 200;

  private final Accounts accounts;
  private final OperationsProperties tokens;
  private final Audit audit;

  AccountLogin(Accounts accounts, OperationsProperties tokens, Audit audit) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.audit = audit;
  }

  @Override
  public Authentication authenticate(Authentication given) {
    String name = given.getName().strip().toLowerCase(Locale.ROOT);
    String password = given.getCredentials().toString();
    if (name.length() > LONGEST || password.length() > LONGEST) {
      throw new BadCredentialsException("too long");
    }
    if (name.equals("operator") || name.equals("privacy-officer")) {
      return byToken(name, password.strip());
    }
    return switch (accounts.attempt(name, password)) {
      case RIGHT ->
          accounts
              .find(name)
              .map(account -> enter(name, account.grant(), account.changedAt()))
              .orElseThrow(() -> new BadCredentialsException("gone"));
      case WRONG -> throw new BadCredentialsException("wrong");
      case LOCKED -> throw new LockedException("locked");
    };
  }

  private Authentication byToken(String name, String password) {
    boolean owner = name.equals("privacy-officer");
    if (!isSecret(owner ? tokens.privacyToken() : tokens.token(), password)) {
      throw new BadCredentialsException("wrong");
    }
    return enter(name, new Grant(owner ? Role.OWNER : Role.ADMINISTRATOR, null), null);
  }

  private static boolean isSecret(Path file, String given) {
    return MessageDigest.isEqual(
        SecretFile.read(file, TOKEN_BYTES).getBytes(StandardCharsets.UTF_8),
        given.getBytes(StandardCharsets.UTF_8));
  }

  private Authentication enter(String name, Grant grant, Instant since) {
    audit.record(name, "login", "console", "as " + grant.text());
    UsernamePasswordAuthenticationToken entered =
        UsernamePasswordAuthenticationToken.authenticated(
            name, null, Grant.authorities(List.of(grant)));
    entered.setDetails(new Entry(grant.role().text(), since, null));
    return entered;
  }

  /**
   * How somebody came in.
   *
   * @param accountOf when the account was last changed then; null for others
   * @param until when it ends, whatever is done; null for never
   */
  record Entry(String role, Instant accountOf, Instant until) implements java.io.Serializable {

    /** Null if somebody came in another way. */
    static Entry of(Authentication who) {
      return who != null && who.getDetails() instanceof Entry entry
          ? entry
          : who != null && who.getPrincipal() instanceof ProviderUser user ? user.entry() : null;
    }
  }

  @Override
  public boolean supports(Class<?> type) {
    return UsernamePasswordAuthenticationToken.class.isAssignableFrom(type);
  }
}
