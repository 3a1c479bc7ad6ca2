package io.tickethub.console;

import io.tickethub.api.DeadLetterController;
import io.tickethub.api.DeadLetterJobController;
import io.tickethub.api.DeadLetterJobController.JobView;
import io.tickethub.api.DeadLetterJobController.Selection;
import io.tickethub.connector.Connectors;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What gave up, by its cause, and what a person does with it. */
@Lazy
@Controller
class DeadLetterPage {

  private static final int MOST = 200;
  private static final int FIRST = 50;
  private static final int JOBS = 10;
  private static final String LETTERS = "/dead-letters";

  private final Pages pages;
  private final DeadLetterController letters;
  private final DeadLetterJobController jobs;
  private final Connectors connectors;

  DeadLetterPage(
      Pages pages,
      DeadLetterController letters,
      DeadLetterJobController jobs,
      Connectors connectors) {
    this.connectors = connectors;
    this.pages = pages;
    this.letters = letters;
    this.jobs = jobs;
  }

  /** {@code connector}: only its. */
  @GetMapping(LETTERS)
  View groups(@RequestParam(defaultValue = "") String connector) {
    return pages.page(
        "dead-letters",
        Map.of(
            "connector",
            connector,
            "groups",
            jobs.groups(Optional.of(connector).filter(name -> !name.isBlank()), false, MOST),
            "jobs",
            jobs.list(JOBS)));
  }

  /** One group with the dry run of its replay. */
  @GetMapping(LETTERS + "/group")
  View group(@RequestParam String group) {
    List<DeadLetterController.View> first = letters.first(group, FIRST);
    return pages.page(
        "dead-letter-group",
        Map.of(
            "group",
            group,
            "letters",
            first,
            "preview",
            jobs.preview(selection(group)),
            "twice",
            first.isEmpty()
                ? "message"
                : twice(first.get(0).kind(), first.get(0).connector(), first.get(0).channel())));
  }

  /** What keeps a replay from taking effect twice: key, ask, none, message, or unknown. */
  private String twice(String kind, String connector, String channel) {
    if (kind.equals("message")) {
      return kind;
    }
    return connectors
        .definition(connector)
        .map(definition -> definition.exits().get(channel))
        .map(out -> out.form().idempotency().name().toLowerCase(Locale.ROOT))
        .orElse("unknown");
  }

  private static Selection selection(String group) {
    return new Selection(group, null, null, null, null, null);
  }

  @PostMapping(LETTERS + "/group/replay")
  View replay(
      @RequestParam String group,
      @RequestParam(defaultValue = "5") double percent,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    return job(jobs.replay(selection(group), percent / 100, reason, who));
  }

  @PostMapping(LETTERS + "/group/discard")
  View discard(
      @RequestParam String group, @RequestParam(defaultValue = "") String reason, Principal who) {
    return job(jobs.discard(selection(group), reason, who));
  }

  private static View job(JobView job) {
    return Pages.redirect(LETTERS + "/jobs/" + job.id());
  }

  @GetMapping(LETTERS + "/jobs/{id}")
  View job(@PathVariable String id) {
    return pages.page("dead-letter-job", progressed(id));
  }

  @GetMapping("/console/live/job/{id}")
  View progress(@PathVariable String id) {
    return pages.page("job-live", progressed(id));
  }

  private Map<String, Object> progressed(String id) {
    return Map.of("job", jobs.show(id), "taken", jobs.taken(id, MOST), "most", MOST);
  }

  @PostMapping(LETTERS + "/jobs/{id}/stop")
  View stop(@PathVariable String id, Principal who) {
    return job(jobs.stop(id, who));
  }

  @GetMapping(LETTERS + "/{id}")
  View show(@PathVariable String id, Principal who) {
    return page(letters.show(id, false, who), false);
  }

  /** With personal data; it is audited. */
  @PostMapping(LETTERS + "/{id}/reveal")
  View reveal(@PathVariable String id, Principal who) {
    return page(letters.show(id, true, who), true);
  }

  private View page(DeadLetterController.Detailed detailed, boolean revealed) {
    DeadLetterController.View letter = detailed.letter();
    return pages.page(
        "dead-letter",
        Map.of(
            "detailed",
            detailed,
            "revealed",
            revealed,
            "twice",
            twice(letter.kind(), letter.connector(), letter.channel())));
  }

  @PostMapping(LETTERS + "/{id}/replay")
  View replayOne(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    return Pages.done(
        request,
        LETTERS + "/" + id,
        letters.replay(id, reason, who).done() ? "replayed" : "closed");
  }

  @PostMapping(LETTERS + "/{id}/discard")
  View discardOne(
      @PathVariable String id,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    return Pages.done(
        request,
        LETTERS + "/" + id,
        letters.discard(id, reason, who).done() ? "discarded" : "closed");
  }
}
