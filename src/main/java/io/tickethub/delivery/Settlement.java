package io.tickethub.delivery;

import io.tickethub.delivery.AttemptStore.Attempted;
import io.tickethub.delivery.AttemptStore.Buried;
import io.tickethub.delivery.AttemptStore.Postponed;
import io.tickethub.delivery.AttemptStore.Succeeded;
import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.journal.TicketReferences.Learned;
import io.tickethub.ticket.FailureKind;
import io.tickethub.ticket.TicketReference;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.concurrent.ThreadLocalRandom;

/** Writes down what became of deliveries: taken, to be tried again, or given up. */
final class Settlement {

  private static final Duration SOON = Duration.ofMillis(200);
  private static final Duration CHANCE = Duration.ofHours(1);

  private final DispatcherParts parts;
  private final List<Succeeded> taken = new ArrayList<>();
  private final List<Learned> learned = new ArrayList<>();
  private final List<Attempted> failures = new ArrayList<>();
  private final List<Postponed> postponed = new ArrayList<>();
  private final List<Buried> buried = new ArrayList<>();
  private final List<DeadLetters.Letter> letters = new ArrayList<>();

  Settlement(DispatcherParts parts) {
    this.parts = parts;
  }

  /** What came of one system's deliveries. To be called inside a transaction. */
  void add(List<Outcome> outcomes, OutletHealth health, DeliveryPolicy policy) {
    for (Outcome outcome : outcomes) {
      Claimed claimed = outcome.work().claimed();
      if (outcome instanceof Outcome.Taken success) {
        taken.add(succeeded(success));
        learned.addAll(learned(success));
      } else if (outcome instanceof Outcome.Failed failed) {
        failures.add(attempted(failed));
        if (givesUp(failed, health, policy)) {
          buried.add(new Buried(claimed, failed.failure().kind().code(), failed.failure().code()));
          letters.add(letter(failed));
        } else {
          postponed.add(again(claimed, failed, policy));
        }
      } else if (outcome instanceof Outcome.Held held) {
        postponed.add(new Postponed(claimed, held.until(), true, null, null));
      } else if (outcome instanceof Outcome.Untried untried) {
        postponed.add(new Postponed(claimed, dueAfter(untried, policy), true, null, null));
      }
    }
  }

  /**
   * Writes it all. Returns the connectors in whose lanes something waited behind what was taken.
   */
  Set<String> write() {
    parts.attempts().record(failures);
    parts.references().learn(learned);
    Set<String> moved = parts.attempts().complete(parts.node(), taken);
    parts.attempts().postpone(parts.node(), postponed);
    Set<Long> dead = parts.attempts().bury(parts.node(), buried);
    parts
        .deadLetters()
        .add(letters.stream().filter(letter -> dead.contains(letter.deliveryId())).toList());
    return moved;
  }

  private Succeeded succeeded(Outcome.Taken success) {
    Delivered delivered = success.delivered();
    return new Succeeded(
        success.work().claimed(),
        delivered.channel(),
        success.startedAt(),
        success.finishedAt(),
        parts.sealer().sealBytes(delivered.sent()),
        parts.sealer().sealBytes(delivered.answer()));
  }

  private Attempted attempted(Outcome.Failed failed) {
    DeliveryFailedException failure = failed.failure();
    return new Attempted(
        failed.work().claimed(),
        failure.channel(),
        failed.startedAt(),
        failed.finishedAt(),
        failure.kind().code(),
        failure.code(),
        parts.sealer().seal(failure.getMessage()),
        parts.sealer().sealBytes(failure.sent()),
        parts.sealer().sealBytes(failure.answer()));
  }

  private static List<Learned> learned(Outcome.Taken success) {
    Instant now = success.finishedAt();
    long ticketId = success.work().claimed().ticketId();
    return success.delivered().references().entrySet().stream()
        .map(entry -> new TicketReference(entry.getKey(), entry.getValue()))
        .map(reference -> new Learned(reference, ticketId, now))
        .toList();
  }

  private boolean givesUp(Outcome.Failed failed, OutletHealth health, DeliveryPolicy policy) {
    if (failed.failure().kind() == FailureKind.CREDENTIAL) {
      health.credentialsRefused(failed.failure());
      return false;
    }
    Claimed claimed = failed.work().claimed();
    return failed.failure().kind() == FailureKind.PERMANENT
        || isTooOld(claimed, policy.giveUpAfter())
        || claimed.attempt() >= policy.attempts() && health.isOtherwiseUp(policy.longestRetry());
  }

  /** After a long downtime, or with a clock that was set meanwhile, everything has its chance. */
  private boolean isTooOld(Claimed claimed, Duration limit) {
    Duration age = Duration.between(claimed.createdAt(), parts.steady().instant());
    return age.compareTo(limit) > 0
        && parts.steady().running().compareTo(CHANCE.compareTo(limit) < 0 ? CHANCE : limit) > 0;
  }

  private static DeadLetters.Letter letter(Outcome.Failed failed) {
    Claimed claimed = failed.work().claimed();
    return new DeadLetters.Letter(
        DeadLetters.Kind.DELIVERY,
        claimed.messageId(),
        claimed.id(),
        claimed.ticketId(),
        claimed.connector(),
        failed.failure().channel(),
        failed.failure().code(),
        failed.failure().getMessage());
  }

  private Postponed again(Claimed claimed, Outcome.Failed failed, DeliveryPolicy policy) {
    return new Postponed(
        claimed,
        parts.steady().instant().plus(backOff(claimed.attempt(), policy)),
        false,
        failed.failure().kind().code(),
        failed.failure().code());
  }

  private static Duration backOff(int attempt, DeliveryPolicy policy) {
    return policy.backOff(attempt, ThreadLocalRandom.current().nextDouble());
  }

  private Instant dueAfter(Outcome.Untried untried, DeliveryPolicy policy) {
    if (untried.because() instanceof Outcome.Failed failed) {
      return parts.steady().instant().plus(backOff(failed.work().claimed().attempt(), policy));
    }
    if (untried.because() instanceof Outcome.Held held) {
      Instant nextDay = parts.steady().instant().plus(Duration.ofDays(1));
      Instant until = parts.steady().of(held.until());
      return until.isBefore(nextDay) ? until : nextDay;
    }
    return parts.steady().instant().plus(SOON);
  }
}
