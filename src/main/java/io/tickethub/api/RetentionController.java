package io.tickethub.api;

import io.tickethub.retention.Retention;
import io.tickethub.retention.Retention.Standing;
import java.security.Principal;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RestController;

/** What expires, what has expired, and when. */
@RestController
@RequestMapping("/api/retention")
class RetentionController {

  private final Retention retention;
  private final Audit audit;

  RetentionController(Retention retention, Audit audit) {
    this.retention = retention;
    this.audit = audit;
  }

  /** What a run begins with. */
  record Begun(String explanation, List<Standing> kinds) {}

  @GetMapping
  List<Standing> show() {
    return retention.standings();
  }

  /** Lets what has expired go now, instead of at the next turn. */
  @PostMapping("/run")
  Begun run(Principal who) {
    List<Standing> kinds = retention.standings();
    long due = kinds.stream().mapToLong(Standing::due).sum();
    boolean here = retention.signal();
    audit.record(
        who.getName(), "retention-run", "retention", "%d rows have expired".formatted(due));
    return new Begun(
        here
            ? "it begins now, in small steps; 'hub retention show' says how far it is"
            : "another node has the turn: it goes on there by itself",
        kinds);
  }
}
