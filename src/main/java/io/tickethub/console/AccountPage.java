package io.tickethub.console;

import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.Set;
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
  private final Connectors connectors;

  AccountPage(Pages pages, Accounts accounts, AccountChanges changes, Connectors connectors) {
    this.connectors = connectors;
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
            "connectors",
            connectors.statuses().stream().map(ConnectorStatus::name).sorted().toList(),
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
      @RequestParam(defaultValue = "") Set<String> connectors,
      @RequestParam String password,
      Principal who,
      HttpServletRequest request) {
    changes.set(name.strip(), role, connectors, password, who);
    return Pages.done(request, "/accounts", "account-set");
  }

  @PostMapping("/{name}/remove")
  View remove(@PathVariable String name, Principal who, HttpServletRequest request) {
    changes.remove(name, who);
    return Pages.done(request, "/accounts", "account-removed");
  }
}
