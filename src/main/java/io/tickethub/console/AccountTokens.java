package io.tickethub.console;

import io.tickethub.api.BearerTokens;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.SecureRandom;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.springframework.security.authentication.UsernamePasswordAuthenticationToken;
import org.springframework.security.core.Authentication;

/** What programs of people show in the place of their passwords: {@code hub.NAME.SECRET}. */
final class AccountTokens implements BearerTokens {

  private static final Pattern TOKEN =
      Pattern.compile("hub\\.([a-z][a-z0-9.-]{1,39})\\.([0-9a-f]{64})");
  private static final int BYTES = 32;

  private final Accounts accounts;
  private final SecureRandom random = new SecureRandom();

  AccountTokens(Accounts accounts) {
    this.accounts = accounts;
  }

  /** A new one; the account's old one is none any more. */
  String make(String name) {
    byte[] secret = new byte[BYTES];
    random.nextBytes(secret);
    String token = "hub.%s.%s".formatted(name, HexFormat.of().formatHex(secret));
    if (!accounts.setToken(name, digest(token))) {
      throw new IllegalArgumentException("there is no account '%s'".formatted(name));
    }
    return token;
  }

  @Override
  public Optional<Authentication> find(String token) {
    Matcher parts = TOKEN.matcher(token);
    return parts.matches()
        ? accounts
            .find(parts.group(1))
            .filter(account -> account.token() != null && isSame(account.token(), digest(token)))
            .map(
                account ->
                    UsernamePasswordAuthenticationToken.authenticated(
                        account.name(), null, Grant.authorities(List.of(account.grant()))))
        : Optional.empty();
  }

  private static boolean isSame(String one, String other) {
    return MessageDigest.isEqual(
        one.getBytes(StandardCharsets.US_ASCII), other.getBytes(StandardCharsets.US_ASCII));
  }

  private static String digest(String token) {
    try {
      return HexFormat.of()
          .formatHex(
              MessageDigest.getInstance("SHA-256").digest(token.getBytes(StandardCharsets.UTF_8)));
    } catch (NoSuchAlgorithmException e) {
      throw new IllegalStateException(e);
    }
  }
}
