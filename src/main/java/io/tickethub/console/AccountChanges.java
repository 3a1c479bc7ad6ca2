package io.tickethub.console;

import io.tickethub.api.Audit;
import io.tickethub.api.Roles;
import io.tickethub.connector.Connectors;
import java.security.Principal;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Adds, changes and removes accounts; each is audited with what was and what is. */
@Lazy
@Component
class AccountChanges {

  private static final String NONE = "no account";

  private final Accounts accounts;
  private final AccountTokens tokens;
  private final Connectors running;
  private final Audit audit;

  AccountChanges(Accounts accounts, AccountTokens tokens, Connectors running, Audit audit) {
    this.accounts = accounts;
    this.tokens = tokens;
    this.running = running;
    this.audit = audit;
  }

  /**
   * Whoever may see personal data is made so only by somebody who may see it.
   *
   * @param connectors it is limited to; empty for all
   */
  void set(String name, String roleName, Set<String> connectors, String password, Principal by) {
    Grant grant = new Grant(Role.of(roleName), connectors.isEmpty() ? null : connectors);
    connectors.stream()
        .filter(connector -> running.status(connector).isEmpty())
        .forEach(
            connector -> {
              throw new IllegalArgumentException("there is no connector '%s'".formatted(connector));
            });
    String before = before(name);
    requirePrivacyFor(grant.role(), by);
    accounts.find(name).ifPresent(account -> requirePrivacyFor(account.role(), by));
    accounts.set(name, grant, password, by.getName());
    audit.record(
        by.getName(),
        "account-set",
        "account " + name,
        "before: %s; after: %s, with a new password".formatted(before, grant.text()));
  }

  private static void requirePrivacyFor(Role role, Principal by) {
    if (role == Role.PRIVACY_OFFICER) {
      Roles.requirePrivacy(by, "an account of the role privacy-officer");
    }
  }

  /** A new token for the account's programs; it is told this once. */
  String token(String name, Principal by) {
    accounts.find(name).ifPresent(account -> requirePrivacyFor(account.role(), by));
    String token = tokens.make(name);
    audit.record(by.getName(), "account-token", "account " + name, "a new token, the old one ends");
    return token;
  }

  void remove(String name, Principal by) {
    String before = before(name);
    if (!accounts.remove(name)) {
      throw new IllegalArgumentException("there is no account '%s'".formatted(name));
    }
    audit.record(
        by.getName(),
        "account-removed",
        "account " + name,
        "before: %s; after: %s".formatted(before, NONE));
  }

  private String before(String name) {
    return accounts.find(name).map(account -> account.grant().text()).orElse(NONE);
  }
}
