package io.tickethub.console;

import io.tickethub.api.NotFoundException;
import java.nio.charset.StandardCharsets;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Set;
import org.springframework.context.annotation.Lazy;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestBody;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The same for the command line. */
@Lazy
@RestController
@RequestMapping("/api/accounts")
class AccountController {

  private final Accounts accounts;
  private final AccountChanges changes;

  AccountController(Accounts accounts, AccountChanges changes) {
    this.accounts = accounts;
    this.changes = changes;
  }

  /** An account without its password. */
  record View(
      String name,
      String role,
      Set<String> connectors,
      boolean token,
      Instant lockedUntil,
      Instant changedAt,
      String changedBy) {

    static View of(Account account) {
      return new View(
          account.name(),
          account.role().text(),
          account.connectors(),
          account.token() != null,
          account.lockedUntil(),
          account.changedAt(),
          account.changedBy());
    }
  }

  @GetMapping
  List<View> list() {
    return accounts.list().stream().map(View::of).toList();
  }

  /** The body is the password, in UTF-8. */
  @PostMapping("/{name}")
  View set(
      @PathVariable String name,
      @RequestParam String role,
      @RequestParam(defaultValue = "") Set<String> connectors,
      @RequestBody byte[] password,
      Principal who) {
    changes.set(name, role, connectors, new String(password, StandardCharsets.UTF_8), who);
    return View.of(accounts.find(name).orElseThrow());
  }

  /** What a program shows as the account; nobody can see it again. */
  record Token(String name, String token) {}

  @PostMapping("/{name}/token")
  Token token(@PathVariable String name, Principal who) {
    return new Token(name, changes.token(name, who));
  }

  @DeleteMapping("/{name}")
  List<View> remove(@PathVariable String name, Principal who) {
    if (accounts.find(name).isEmpty()) {
      throw new NotFoundException("there is no account '%s'".formatted(name));
    }
    changes.remove(name, who);
    return list();
  }
}
