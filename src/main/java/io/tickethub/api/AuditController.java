package io.tickethub.api;

import java.util.List;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/audit")
class AuditController {

  private final Audit audit;

  AuditController(Audit audit) {
    this.audit = audit;
  }

  /** The newest first; {@code before}: only those with a smaller id. */
  @GetMapping
  List<Audit.Entry> list(
      @RequestParam Optional<String> actor,
      @RequestParam Optional<String> action,
      @RequestParam Optional<String> subject,
      @RequestParam Optional<Long> before,
      @RequestParam(defaultValue = "50") int limit) {
    return audit.list(
        actor.orElse(null),
        action.orElse(null),
        subject.orElse(null),
        before.orElse(null),
        Page.size(limit));
  }
}
