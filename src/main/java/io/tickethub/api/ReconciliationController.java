package io.tickethub.api;

import io.tickethub.journal.Identifiers;
import io.tickethub.reconcile.Drift;
import io.tickethub.reconcile.Reconciliations;
import io.tickethub.reconcile.Run;
import java.security.Principal;
import java.time.Instant;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Comparisons of what systems believe of tickets with what the hub believes. */
@RestController
@RequestMapping("/api/reconciliations")
public class ReconciliationController {

  private final Reconciliations reconciliations;
  private final Audit audit;

  ReconciliationController(Reconciliations reconciliations, Audit audit) {
    this.reconciliations = reconciliations;
    this.audit = audit;
  }

  /** One comparison. */
  public record RunView(
      String id,
      String connector,
      String state,
      String cause,
      boolean agrees,
      String list,
      boolean complete,
      Instant asOf,
      long statements,
      long compared,
      long drifts,
      long repaired,
      long inFlight,
      boolean repair,
      String origin,
      String startedBy,
      Instant startedAt,
      Instant finishedAt) {

    static RunView of(Run run) {
      return new RunView(
          Identifiers.text(run.id()),
          run.connector(),
          run.state().text(),
          run.cause(),
          run.state() == Run.State.DONE && run.drifts() == 0,
          run.list(),
          run.complete(),
          run.asOf(),
          run.statements(),
          run.compared(),
          run.drifts(),
          run.repaired(),
          run.inFlight(),
          run.repair(),
          run.origin().text(),
          run.startedBy(),
          run.startedAt(),
          run.finishedAt());
    }
  }

  /** One difference; values without personal data. */
  public record DriftView(
      String id,
      String run,
      String connector,
      String ticket,
      String kind,
      String field,
      String hub,
      String system,
      String state,
      String right,
      String because,
      String cause,
      String delivery,
      String message,
      String tells,
      int repairedInVain,
      Instant asOf,
      String taken,
      String takenBy,
      Instant takenAt,
      String reason) {

    static DriftView of(Drift drift) {
      return new DriftView(
          Identifiers.text(drift.id()),
          Identifiers.text(drift.runId()),
          drift.connector(),
          drift.ticket(),
          drift.kind().text(),
          drift.field(),
          drift.ours(),
          drift.theirs(),
          drift.state().text(),
          drift.right() == null ? null : drift.right().text(),
          drift.because(),
          drift.cause(),
          drift.deliveryId() == null ? null : Identifiers.text(drift.deliveryId()),
          drift.messageId() == null ? null : Identifiers.text(drift.messageId()),
          drift.code(),
          drift.repairs(),
          drift.asOf(),
          drift.taken() == null ? null : drift.taken().text(),
          drift.takenBy(),
          drift.takenAt(),
          drift.reason());
    }
  }

  /** The connectors whose system can be asked for its list. */
  @GetMapping("/connectors")
  public List<String> askable() {
    return reconciliations.askable();
  }

  /** Asks a system for its list; {@code repair}: what the rules decide is repaired. */
  @PostMapping
  public RunView start(
      @RequestParam String connector,
      @RequestParam(defaultValue = "false") boolean repair,
      Principal who) {
    Right.OPERATE.require(who, connector);
    Run run = reconciliations.start(connector, repair, who.getName());
    audit.record(
        who.getName(),
        "reconcile",
        connector,
        "%s%s".formatted(Identifiers.text(run.id()), repair ? ", with repair" : ""));
    return RunView.of(run);
  }

  /** The newest first. */
  @GetMapping
  public List<RunView> list(
      @RequestParam Optional<String> connector, @RequestParam(defaultValue = "20") int limit) {
    return reconciliations.list(connector.orElse(null), Page.size(limit)).stream()
        .map(RunView::of)
        .toList();
  }

  @GetMapping("/{id}")
  public RunView show(@PathVariable String id) {
    return RunView.of(run(id));
  }

  /** The differences of a run, those after {@code after} in their order. */
  @GetMapping("/{id}/drifts")
  public List<DriftView> drifts(
      @PathVariable String id,
      @RequestParam Optional<String> state,
      @RequestParam Optional<String> after,
      @RequestParam(defaultValue = "100") int limit) {
    return reconciliations
        .drifts(
            run(id).id(),
            state.map(text -> Drift.State.valueOf(text.toUpperCase(Locale.ROOT))).orElse(null),
            after.map(Identifiers::parse).orElse(-1L),
            Page.size(limit))
        .stream()
        .map(DriftView::of)
        .toList();
  }

  @GetMapping("/drifts/{id}")
  public DriftView drift(@PathVariable String id) {
    return DriftView.of(find(id));
  }

  /** Repairs a difference as a person decides; {@code side} is hub or system. */
  @PostMapping("/drifts/{id}/take")
  public DriftView take(
      @PathVariable String id,
      @RequestParam String side,
      @RequestParam(defaultValue = "") String reason,
      Principal who) {
    String why = Reason.required(reason);
    Drift drift = find(id);
    Right.OPERATE.require(who, drift.connector());
    Drift taken = reconciliations.take(drift, side(side), who.getName(), why);
    audit.record(
        who.getName(),
        "reconcile-take",
        "drift " + id,
        "%s of %s, %s of %s; reason: %s"
            .formatted(side, drift.ticket(), drift.field(), drift.connector(), why));
    return DriftView.of(taken);
  }

  private static Drift.Right side(String text) {
    return switch (text) {
      case "hub" -> Drift.Right.HUB;
      case "system" -> Drift.Right.SYSTEM;
      default -> throw new IllegalArgumentException("take 'hub' or 'system'");
    };
  }

  private Run run(String id) {
    return reconciliations
        .find(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no reconciliation '%s'".formatted(id)));
  }

  private Drift find(String id) {
    return reconciliations
        .drift(Identifiers.parse(id))
        .orElseThrow(() -> new NotFoundException("there is no drift '%s'".formatted(id)));
  }
}
