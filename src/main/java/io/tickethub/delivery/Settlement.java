package io.tickethub.delivery;

import io.tickethub.delivery.DeliveryStore.Attempted;
import io.tickethub.delivery.DeliveryStore.Buried;
import io.tickethub.delivery.DeliveryStore.Claimed;
import io.tickethub.delivery.DeliveryStore.Postponed;
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

  private final DispatcherParts parts;
  private final OutletHealth health;
  private final DeliveryPolicy policy;

  Settlement(DispatcherParts parts, OutletHealth health, DeliveryPolicy policy) {
    this.parts = parts;
    this.health = health;
    this.policy = policy;
  }

  /** To be called inside a transaction. */
  void settle(List<Outcome> outcomes) {
    List<Attempted> attempts = new ArrayList<>();
    List<Learned> learned = new ArrayList<>();
    List<Claimed> taken = new ArrayList<>();
    List<Postponed> postponed = new ArrayList<>();
    List<Buried> buried = new ArrayList<>();
    List<DeadLetters.Letter> letters = new ArrayList<>();
    for (Outcome outcome : outcomes) {
      Claimed claimed = outcome.work().claimed();
      if (outcome instanceof Outcome.Taken success) {
        attempts.add(attempted(success));
        learned.addAll(learned(success));
        taken.add(claimed);
      } else if (outcome instanceof Outcome.Failed failed) {
        attempts.add(attempted(failed));
        if (givesUp(failed)) {
          buried.add(new Buried(claimed, failed.failure().kind().code(), failed.failure().code()));
          letters.add(letter(failed));
        } else {
          postponed.add(again(claimed, failed));
        }
      } else if (outcome instanceof Outcome.Untried untried) {
        postponed.add(new Postponed(claimed, dueAfter(untried), true, null, null));
      }
    }
    parts.store().record(attempts);
    parts.references().learn(learned);
    parts.store().complete(parts.node(), taken);
    parts.store().postpone(parts.node(), postponed);
    Set<Long> dead = parts.store().bury(parts.node(), buried);
    parts
        .deadLetters()
        .add(letters.stream().filter(letter -> dead.contains(letter.deliveryId())).toList());
  }

  private Attempted attempted(Outcome.Taken success) {
    Delivered delivered = success.delivered();
    return new Attempted(
        success.work().claimed(),
        delivered.channel(),
        success.startedAt(),
        success.finishedAt(),
        "delivered",
        null,
        null,
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

  private List<Learned> learned(Outcome.Taken success) {
    Instant now = success.finishedAt();
    long ticketId = success.work().claimed().ticketId();
    return success.delivered().references().entrySet().stream()
        .map(entry -> new TicketReference(entry.getKey(), entry.getValue()))
        .map(reference -> new Learned(reference, ticketId, now))
        .toList();
  }

  private boolean givesUp(Outcome.Failed failed) {
    if (failed.failure().kind() == FailureKind.CREDENTIAL) {
      health.credentialsRefused(failed.failure());
      return false;
    }
    Claimed claimed = failed.work().claimed();
    Duration age = Duration.between(claimed.createdAt(), failed.finishedAt());
    return failed.failure().kind() == FailureKind.PERMANENT
        || age.compareTo(policy.giveUpAfter()) > 0
        || claimed.attempt() >= policy.attempts() && health.isOtherwiseUp(policy.longestRetry());
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

  private Postponed again(Claimed claimed, Outcome.Failed failed) {
    return new Postponed(
        claimed,
        failed.finishedAt().plus(backOff(claimed.attempt())),
        false,
        failed.failure().kind().code(),
        failed.failure().code());
  }

  private Duration backOff(int attempt) {
    return policy.backOff(attempt, ThreadLocalRandom.current().nextDouble());
  }

  private Instant dueAfter(Outcome.Untried untried) {
    if (untried.because() instanceof Outcome.Failed failed) {
      return failed.finishedAt().plus(backOff(failed.work().claimed().attempt()));
    }
    return parts.clock().instant().plus(SOON);
  }
}
