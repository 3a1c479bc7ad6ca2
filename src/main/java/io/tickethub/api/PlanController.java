package io.tickethub.api;

import io.tickethub.plan.Plans;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Plans of inspections and visits. */
@RestController
@RequestMapping("/api/plans")
class PlanController {

  private final Plans plans;
  private final Audit audit;

  PlanController(Plans plans, Audit audit) {
    this.plans = plans;
    this.audit = audit;
  }

  @GetMapping
  List<Plans.Listed> list() {
    return plans.list();
  }

  /** What comes next, the soonest first. */
  @GetMapping("/next")
  List<Plans.Turn> next(@RequestParam(defaultValue = "20") int limit) {
    return plans.next(Page.size(limit));
  }

  /** Makes what is due, as the hub does by itself, or only says what it is. */
  @PostMapping("/run")
  List<Plans.Turn> run(@RequestParam(defaultValue = "false") boolean dryRun, Principal who) {
    if (dryRun) {
      return plans.due();
    }
    List<Plans.Turn> made = plans.run();
    audit.record(who.getName(), "plan-run", "plans", "%d tickets".formatted(made.size()));
    return made;
  }
}
