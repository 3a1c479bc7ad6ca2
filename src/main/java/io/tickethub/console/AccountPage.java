package io.tickethub.console;

import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who may log in. */
@Lazy
@Controller
@RequestMapping("/accounts")
class AccountPage {

  private final Pages pages;
  private final Accounts accounts;
  private final AccountChanges changes;

  AccountPage(Pages pages, Accounts accounts, AccountChanges changes) {
    this.pages = pages;
    this.accounts = accounts;
    this.changes = changes;
  }

  @GetMapping
  View list() {
    return pages.page(
        "accounts",
        Map.of(
            "accounts",
            accounts.list(),
            "roles",
            java.util.Arrays.stream(Role.values())
                .filter(role -> role != Role.OWNER)
                .map(Role::text)
                .toList()));
  }

  @PostMapping
  View set(
      @RequestParam String name,
      @RequestParam String role,
      @RequestParam String password,
      Principal who,
      HttpServletRequest request) {
    changes.set(name.strip(), role, password, who);
    return Pages.done(request, "/accounts", "account-set");
  }

  @PostMapping("/{name}/remove")
  View remove(@PathVariable String name, Principal who, HttpServletRequest request) {
    changes.remove(name, who);
    return Pages.done(request, "/accounts", "account-removed");
  }
}
