package io.tickethub.console;

import io.tickethub.api.ReconciliationController;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Where systems and the hub differ, and who is right. */
@Lazy
@Controller
@RequestMapping("/reconciliation")
class ReconciliationPage {

  private static final int RUNS = 30;
  private static final int DRIFTS = 500;

  private final Pages pages;
  private final ReconciliationController reconciliations;

  ReconciliationPage(Pages pages, ReconciliationController reconciliations) {
    this.pages = pages;
    this.reconciliations = reconciliations;
  }

  @GetMapping
  View list() {
    return pages.page(
        "reconciliation",
        Map.of(
            "runs",
            reconciliations.list(Optional.empty(), RUNS),
            "askable",
            reconciliations.askable()));
  }

  @GetMapping("/{id}")
  View show(@PathVariable String id) {
    return pages.page(
        "reconciliation-run",
        Map.of(
            "run",
            reconciliations.show(id),
            "drifts",
            reconciliations.drifts(id, Optional.empty(), Optional.empty(), DRIFTS)));
  }

  @PostMapping
  View start(
      @RequestParam String connector,
      @RequestParam(defaultValue = "false") boolean repair,
      Principal who) {
    return Pages.redirect("/reconciliation/" + reconciliations.start(connector, repair, who).id());
  }

  @PostMapping("/drifts/{id}/take")
  View take(
      @PathVariable String id,
      @RequestParam String side,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    return Pages.done(
        request, "/reconciliation/" + reconciliations.take(id, side, reason, who).run(), "taken");
  }
}
