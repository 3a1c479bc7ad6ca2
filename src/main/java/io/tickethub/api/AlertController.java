package io.tickethub.api;

import io.tickethub.alert.Alert;
import io.tickethub.alert.Alerts;
import io.tickethub.connector.Connectors;
import io.tickethub.notice.AlertNotices;
import io.tickethub.notice.Silence;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.springframework.boot.convert.DurationStyle;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/alerts")
public class AlertController {

  private final Alerts alerts;
  private final AlertNotices notices;
  private final Connectors connectors;
  private final Audit audit;

  AlertController(Alerts alerts, AlertNotices notices, Connectors connectors, Audit audit) {
    this.alerts = alerts;
    this.notices = notices;
    this.connectors = connectors;
    this.audit = audit;
  }

  /** An alert; without {@code closedAt} it lasts. */
  public record View(
      String kind, String subject, String cause, Instant openedAt, Instant closedAt, String end) {

    static View of(Alert alert) {
      return new View(
          alert.kind().text(),
          alert.subject(),
          alert.cause(),
          alert.openedAt(),
          alert.closedAt(),
          alert.end());
    }
  }

  @GetMapping
  public List<View> list(
      @RequestParam(defaultValue = "false") boolean closed,
      @RequestParam(defaultValue = "50") int limit) {
    return alerts.list(closed, Page.size(limit)).stream().map(View::of).toList();
  }

  /** What people outside were told, and who took it; the newest first. */
  @GetMapping("/notices")
  public List<AlertNotices.Sent> notices(@RequestParam(defaultValue = "50") int limit) {
    return notices.list(Page.size(limit));
  }

  /** Who is told: name → webhook, mail or connector NAME. */
  @GetMapping("/recipients")
  public Map<String, String> recipients() {
    return notices.recipients();
  }

  /** Sends a message about nothing, and says what came of it; without {@code to} to all. */
  @PostMapping("/test")
  public List<AlertNotices.Outcome> test(@RequestParam Optional<String> to, Principal who) {
    Right.OPERATE.requireForAll(who, "a trial message");
    List<AlertNotices.Outcome> outcomes = notices.trial(to.orElse(null), who.getName());
    audit.record(
        who.getName(),
        "alert-test",
        "alerts",
        outcomes.stream()
            .map(one -> "%s: %s".formatted(one.recipient(), one.detail()))
            .collect(Collectors.joining("; ")));
    return outcomes;
  }

  /** Those that last; {@code ended}: those too that are over, the newest first. */
  @GetMapping("/silences")
  public List<Silence> silences(
      @RequestParam(defaultValue = "false") boolean ended,
      @RequestParam(defaultValue = "50") int limit) {
    return notices.silences(ended, Page.size(limit));
  }

  /** From now on for so long nobody is told of these; {@code lasting} is 90m, 2h or 1d. */
  @PostMapping("/silences")
  public Silence silence(
      @RequestParam Optional<String> kind,
      @RequestParam Optional<String> connector,
      @RequestParam("for") String lasting,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    requireFor(who, connector.orElse(null));
    String why = Reason.required(reason);
    connector
        .filter(name -> connectors.status(name).isEmpty())
        .ifPresent(
            name -> {
              throw new NotFoundException("there is no connector '%s'".formatted(name));
            });
    Silence silence =
        notices.silence(
            kind.orElse(null),
            connector.orElse(null),
            DurationStyle.detectAndParse(lasting),
            why,
            who.getName());
    audit.record(
        who.getName(),
        "alert-silence",
        subject(silence),
        "until %s; reason: %s".formatted(silence.until(), why));
    return silence;
  }

  /** Ends one before its time. */
  @DeleteMapping("/silences/{id}")
  public Silence end(
      @PathVariable long id, @RequestParam(defaultValue = "") String reason, Principal who) {
    Silence silence = silence(id);
    requireFor(who, silence.connector());
    if (!notices.end(id, who.getName())) {
      throw new IllegalStateException("silence %d is over already".formatted(id));
    }
    String why = Reason.given(reason);
    audit.record(
        who.getName(),
        "alert-silence-ended",
        subject(silence),
        "silence %d, of %s%s".formatted(id, silence.by(), why.isEmpty() ? "" : "; reason: " + why));
    return silence(id);
  }

  private Silence silence(long id) {
    return notices
        .silence(id)
        .orElseThrow(() -> new NotFoundException("there is no silence %d".formatted(id)));
  }

  private static void requireFor(Principal who, String connector) {
    if (connector == null) {
      Right.OPERATE.requireForAll(who, "a silence that names no connector");
    } else {
      Right.OPERATE.require(who, connector);
    }
  }

  private static String subject(Silence silence) {
    return Stream.of(silence.kind(), silence.connector())
        .filter(Objects::nonNull)
        .collect(Collectors.joining(" of "));
  }
}
