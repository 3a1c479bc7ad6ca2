package io.tickethub.console;

import io.tickethub.api.Audit;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
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
  private static final Pattern SUBJECT =
      Pattern.compile("(job|dead letter|ticket) ([\\w.-]{1,64})");
  private static final Map<String, String> PLACES =
      Map.of("job", "/dead-letters/jobs/", "dead letter", "/dead-letters/", "ticket", "/tickets/");

  private final Pages pages;
  private final Audit audit;
  private final Times times;

  AuditPage(Pages pages, Audit audit, Times times) {
    this.pages = pages;
    this.audit = audit;
    this.times = times;
  }

  /**
   * An entry.
   *
   * @param link to what it was done to; null if that has no page of its own
   */
  public record Line(Audit.Entry entry, String link) {

    static Line of(Audit.Entry entry) {
      Matcher subject = SUBJECT.matcher(entry.subject());
      return new Line(
          entry,
          subject.matches()
              ? PLACES.get(subject.group(1)) + Formats.segment(subject.group(2))
              : null);
    }
  }

  /** Found by parts of who, what and of what. */
  @GetMapping("/audit")
  View list(
      @RequestParam(defaultValue = "") String actor,
      @RequestParam(defaultValue = "") String action,
      @RequestParam(defaultValue = "") String subject,
      @RequestParam(defaultValue = "") String since,
      @RequestParam(defaultValue = "") String until,
      @RequestParam Optional<Long> before) {
    Map<String, String> given = new HashMap<>();
    given.put("actor", actor);
    given.put("action", action);
    given.put("subject", subject);
    given.put("since", since);
    given.put("until", until);
    Map<String, Object> model = new HashMap<>(given);
    Set<String> wrong = times.wrong(Map.of("since", since, "until", until));
    Audit.Found found =
        wrong.isEmpty()
            ? audit.search(
                new Audit.Search(
                    actor,
                    action,
                    subject,
                    times.moment("since", since),
                    times.moment("until", until)),
                before.orElse(null),
                MOST)
            : new Audit.Found(List.of(), null);
    model.put("wrong", wrong);
    model.put("lines", found.entries().stream().map(Line::of).toList());
    model.put("older", found.older() == null ? null : older(given, found.older()));
    return pages.page("audit", model, wrong.isEmpty() ? 200 : 400);
  }

  private static String older(Map<String, String> given, long before) {
    StringBuilder address = new StringBuilder("/audit?before=" + before);
    given.forEach(
        (name, text) -> {
          if (!text.isBlank()) {
            address.append('&').append(name).append('=').append(Formats.segment(text));
          }
        });
    return address.toString();
  }
}
