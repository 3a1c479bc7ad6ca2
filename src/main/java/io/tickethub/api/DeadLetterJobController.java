package io.tickethub.api;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeadLetters.Progress;
import io.tickethub.delivery.LetterFilter;
import io.tickethub.delivery.LetterGroups;
import io.tickethub.delivery.Replay;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.TicketStore;
import io.tickethub.kit.rehearsal.Window;
import io.tickethub.privacy.Masking;
import io.tickethub.replay.Job;
import io.tickethub.replay.LetterJobs;
import io.tickethub.ticket.Ticket;
import java.security.Principal;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Collectors;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Dead letters by the many: groups, and jobs that replay or discard a selection of them. */
@RestController
@RequestMapping("/api/dead-letters")
public class DeadLetterJobController {

  private static final String EVER = "36500d";

  private final LetterGroups groups;
  private final DeadLetters letters;
  private final LetterJobs jobs;
  private final TicketStore tickets;
  private final Audit audit;
  private final Clock clock;
  private final ZoneId zone;

  DeadLetterJobController(
      LetterGroups groups,
      DeadLetters letters,
      LetterJobs jobs,
      TicketStore tickets,
      Audit audit,
      Clock clock,
      @Value("${hub.zone}") ZoneId zone) {
    this.groups = groups;
    this.letters = letters;
    this.jobs = jobs;
    this.tickets = tickets;
    this.audit = audit;
    this.clock = clock;
    this.zone = zone;
  }

  /**
   * Dead letters of one reason.
   *
   * @param cause why the sample gave up, without personal data
   */
  public record GroupView(
      String group,
      long open,
      long closed,
      Instant first,
      Instant last,
      String sample,
      String connector,
      String channel,
      String kind,
      String code,
      String cause) {

    static GroupView of(LetterGroups.Group group, String cause) {
      return new GroupView(
          group.fingerprint(),
          group.open(),
          group.closed(),
          group.first(),
          group.last(),
          Identifiers.text(group.sample()),
          group.connector(),
          group.channel(),
          group.kind(),
          group.code(),
          cause == null ? null : Masking.text(cause, List.of()));
    }
  }

  /** Those with most open ones first; {@code closed}: those too of which none is open. */
  @GetMapping("/groups")
  public List<GroupView> groups(
      @RequestParam Optional<String> connector,
      @RequestParam(defaultValue = "false") boolean closed,
      @RequestParam(defaultValue = "100") int limit) {
    List<LetterGroups.Group> found =
        groups.groups(connector.orElse(null), closed, Page.size(limit));
    Map<Long, String> causes =
        letters.causes(found.stream().map(LetterGroups.Group::sample).toList());
    return found.stream().map(group -> GroupView.of(group, causes.get(group.sample()))).toList();
  }

  /** Which dead letters; as parameters of a request. Those that are missing exclude none. */
  public record Selection(
      String group, String connector, String code, String ticket, String since, String until) {

    /** For the audit. */
    String text() {
      Map<String, String> parts = new LinkedHashMap<>();
      parts.put("group", group);
      parts.put("connector", connector);
      parts.put("code", code);
      parts.put("ticket", ticket);
      parts.put("since", since);
      parts.put("until", until);
      return parts.entrySet().stream()
          .filter(part -> part.getValue() != null)
          .map(part -> part.getKey() + " " + part.getValue())
          .collect(Collectors.joining(", "));
    }
  }

  /** One of the first that would be taken. */
  public record Turn(String id, String kind, String connector, String ticket, long behind) {}

  /**
   * What a job would do.
   *
   * @param behind how many deliveries wait behind those selected and follow
   */
  public record Preview(
      long selected,
      long alreadyClosed,
      long alreadySettled,
      long behind,
      List<Long> steps,
      List<LetterGroups.Share> systems,
      List<Turn> first,
      String order) {}

  /** Says what a replay of the selection would do; does nothing. */
  @GetMapping("/preview")
  public Preview preview(Selection selection) {
    LetterJobs.Preview preview = jobs.preview(filter(selection));
    return new Preview(
        preview.selected(),
        preview.closed(),
        preview.settled(),
        preview.behind(),
        preview.steps(),
        preview.shares(),
        preview.first().stream()
            .map(
                turn ->
                    new Turn(
                        Identifiers.text(turn.letter()),
                        turn.kind(),
                        turn.connector(),
                        turn.ticket(),
                        turn.behind()))
            .toList(),
        "oldest message first; what waits behind a delivery of the same ticket follows it, in order");
  }

  /**
   * A job.
   *
   * @param done delivered, applied or discarded so far
   * @param underWay taken and not decided yet
   */
  public record JobView(
      String id,
      String action,
      String state,
      String cause,
      long selected,
      long done,
      long failed,
      long underWay,
      long skipped,
      int step,
      String group,
      String connector,
      String code,
      Instant since,
      Instant until,
      String reason,
      String startedBy,
      Instant startedAt,
      Instant finishedAt) {}

  /** Begins a replay; {@code failures}: the share of a step that may fail again. */
  @PostMapping("/replay")
  public JobView replay(
      Selection selection,
      @RequestParam(defaultValue = "0.05") double failures,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    return start(Replay.Action.REPLAY, selection, failures, reason, who);
  }

  /** Begins to let all of a selection go, for good. */
  @PostMapping("/discard")
  public JobView discard(
      Selection selection, @RequestParam(defaultValue = "") String reason, Principal who) {
    return start(Replay.Action.DISCARD, selection, 0, reason, who);
  }

  private JobView start(
      Replay.Action action, Selection selection, double failures, String reason, Principal who) {
    requireFor(who, selection.connector(), selection.group());
    String why = Reason.required(reason);
    Job job = jobs.start(action, filter(selection), failures, why, who.getName());
    audit.record(
        who.getName(),
        "dead-letters-" + action.name().toLowerCase(Locale.ROOT),
        "job " + Identifiers.text(job.id()),
        "%d of %s; reason: %s".formatted(job.selected(), selection.text(), why));
    return view(job);
  }

  /** The newest first. */
  @GetMapping("/jobs")
  public List<JobView> list(@RequestParam(defaultValue = "20") int limit) {
    return jobs.list(Page.size(limit)).stream().map(this::view).toList();
  }

  @GetMapping("/jobs/{id}")
  public JobView show(@PathVariable String id) {
    return view(find(id));
  }

  /**
   * What a job took.
   *
   * @param fate under way, done, or failed again
   * @param ticket the hub's number; null if none is known
   */
  public record TakenView(
      String id,
      String kind,
      String connector,
      String channel,
      String code,
      String cause,
      String ticket,
      int step,
      String fate) {}

  /** What a job took so far, in its order. */
  @GetMapping("/jobs/{id}/letters")
  public List<TakenView> taken(
      @PathVariable String id, @RequestParam(defaultValue = "100") int limit) {
    List<DeadLetters.Taken> taken = letters.ofJob(find(id).id(), Page.size(limit));
    Map<Long, Ticket> about =
        tickets.load(
            taken.stream()
                .map(DeadLetters.Taken::ticketId)
                .filter(Objects::nonNull)
                .distinct()
                .toList());
    return taken.stream().map(one -> view(one, about.get(one.ticketId()))).toList();
  }

  private static TakenView view(DeadLetters.Taken taken, Ticket ticket) {
    DeadLetters.Letter letter = taken.entry().letter();
    return new TakenView(
        Identifiers.text(taken.entry().id()),
        letter.kind().name().toLowerCase(Locale.ROOT),
        letter.connector(),
        letter.channel(),
        letter.code(),
        Masking.text(letter.cause(), List.of()),
        ticket == null ? null : ticket.number(),
        taken.step(),
        taken.fate());
  }

  /** Takes no more; what is under way goes on. */
  @PostMapping("/jobs/{id}/stop")
  public JobView stop(@PathVariable String id, Principal who) {
    Job job = find(id);
    requireFor(who, job.filter().connector(), job.filter().fingerprint());
    if (jobs.stop(job, who.getName())) {
      audit.record(who.getName(), "dead-letters-stop", "job " + id, "stopped");
    }
    return view(find(id));
  }

  /** A group is of one connector, by which its name begins. */
  private static void requireFor(Principal who, String connector, String group) {
    if (connector != null) {
      Right.OPERATE.require(who, connector);
    } else if (group != null) {
      Right.OPERATE.require(who, group.replaceFirst("/.*", ""));
    } else {
      Right.OPERATE.requireForAll(who, "a selection that names no connector and no group");
    }
  }

  private Job find(String id) {
    return jobs.find(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no job '%s'".formatted(id)));
  }

  private JobView view(Job job) {
    Progress progress = jobs.progress(job);
    LetterFilter filter = job.filter();
    return new JobView(
        Identifiers.text(job.id()),
        job.action().name().toLowerCase(Locale.ROOT),
        job.state().text(),
        job.cause(),
        job.selected(),
        progress.done(),
        progress.failed(),
        progress.underWay(),
        job.skipped(),
        job.step(),
        filter.fingerprint(),
        filter.connector(),
        filter.code(),
        filter.since(),
        filter.until(),
        job.reason(),
        job.startedBy(),
        job.startedAt(),
        job.finishedAt());
  }

  private LetterFilter filter(Selection selection) {
    boolean timed = selection.since() != null || selection.until() != null;
    Window window =
        timed
            ? Window.of(
                selection.since() == null ? EVER : selection.since(),
                selection.until(),
                clock,
                zone)
            : null;
    return new LetterFilter(
        selection.group(),
        selection.connector(),
        selection.code(),
        selection.ticket() == null ? null : ticket(selection.ticket()),
        timed && selection.since() != null ? window.since() : null,
        timed && selection.until() != null ? window.until() : null);
  }

  private long ticket(String number) {
    return tickets
        .findByNumber(number)
        .map(Ticket::id)
        .orElseThrow(() -> new NotFoundException("there is no ticket '%s'".formatted(number)));
  }
}
