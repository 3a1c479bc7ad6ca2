package io.tickethub.console;

import io.tickethub.api.Audit;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Who did what. */
@Lazy
@Controller
class AuditPage {

  private static final int MOST = 100;

  private final Pages pages;
  private final Audit audit;

  AuditPage(Pages pages, Audit audit) {
    this.pages = pages;
    this.audit = audit;
  }

  @GetMapping("/audit")
  View list(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam Optional<Long> before) {
    return pages.page(
        "audit",
        Map.of(
            "actor",
            actor,
            "action",
            action,
            "subject",
            subject,
            "entries",
            audit.list(given(actor), given(action), given(subject), before.orElse(null), MOST),
            "most",
            MOST));
  }

  private static String given(String text) {
    return text.isBlank() ? null : text.strip();
  }
}
