package io.tickethub.console;

import io.tickethub.api.Audit;
import io.tickethub.api.Roles;
import java.security.Principal;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Component;

/** Adds, changes and removes accounts; each is audited with what was and what is. */
@Lazy
@Component
class AccountChanges {

  private static final String NONE = "no account";

  private final Accounts accounts;
  private final Audit audit;

  AccountChanges(Accounts accounts, Audit audit) {
    this.accounts = accounts;
    this.audit = audit;
  }

  /** Whoever may see personal data is made so only by somebody who may see it. */
  void set(String name, String roleName, String password, Principal by) {
    Role role = Role.of(roleName);
    String before = before(name);
    if (role == Role.PRIVACY_OFFICER || before.equals(Role.PRIVACY_OFFICER.text())) {
      Roles.requirePrivacy(by, "an account of the role privacy-officer");
    }
    accounts.set(name, role, password, by.getName());
    audit.record(
        by.getName(),
        "account-set",
        "account " + name,
        "before: %s; after: %s, with a new password".formatted(before, role.text()));
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
    return accounts.find(name).map(account -> account.role().text()).orElse(NONE);
  }
}
