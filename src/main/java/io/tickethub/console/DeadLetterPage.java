package io.tickethub.console;

import io.tickethub.api.DeadLetterController;
import io.tickethub.api.DeadLetterJobController;
import io.tickethub.api.DeadLetterJobController.JobView;
import io.tickethub.api.DeadLetterJobController.Selection;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.List;
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
  private static final int JOBS = 10;
  private static final String LETTERS = "/dead-letters";

  private final Pages pages;
  private final DeadLetterController letters;
  private final DeadLetterJobController jobs;

  DeadLetterPage(Pages pages, DeadLetterController letters, DeadLetterJobController jobs) {
    this.pages = pages;
    this.letters = letters;
    this.jobs = jobs;
  }

  @GetMapping(LETTERS)
  View groups(@RequestParam Optional<String> connector) {
    return pages.page(
        "dead-letters",
        Map.of("groups", jobs.groups(connector, false, MOST), "jobs", jobs.list(JOBS)));
  }

  /** One group with the dry run of its replay. */
  @GetMapping(LETTERS + "/group")
  View group(@RequestParam String group) {
    List<DeadLetterController.View> some =
        letters.list(Optional.of(group.replaceFirst("/.*", "")), false, MOST).stream()
            .filter(letter -> letter.group().equals(group))
            .limit(50)
            .toList();
    return pages.page(
        "dead-letter-group",
        Map.of("group", group, "letters", some, "preview", jobs.preview(selection(group))));
  }

  private static Selection selection(String group) {
    return new Selection(group, null, null, null, null, null);
  }

  @PostMapping(LETTERS + "/group/replay")
  View replay(
      @RequestParam String group,
      @RequestParam(defaultValue = "0.05") double failures,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    return job(jobs.replay(selection(group), failures, reason, who));
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
    return pages.page("dead-letter-job", Map.of("job", jobs.show(id)));
  }

  @GetMapping("/console/live/job/{id}")
  View progress(@PathVariable String id) {
    return pages.page("job-live", Map.of("job", jobs.show(id)));
  }

  @PostMapping(LETTERS + "/jobs/{id}/stop")
  View stop(@PathVariable String id, Principal who) {
    return job(jobs.stop(id, who));
  }

  @GetMapping(LETTERS + "/{id}")
  View show(@PathVariable String id, Principal who) {
    return pages.page(
        "dead-letter", Map.of("detailed", letters.show(id, false, who), "revealed", false));
  }

  /** With personal data; it is audited. */
  @PostMapping(LETTERS + "/{id}/reveal")
  View reveal(@PathVariable String id, Principal who) {
    return pages.page(
        "dead-letter", Map.of("detailed", letters.show(id, true, who), "revealed", true));
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
