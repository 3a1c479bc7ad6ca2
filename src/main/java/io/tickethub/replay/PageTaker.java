package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.DeadLetters.Entry;
import io.tickethub.delivery.DeadLetters.Kind;
import io.tickethub.delivery.Replay;
import io.tickethub.intake.MessageReplay;
import io.tickethub.intake.MessageReplay.Prepared;
import io.tickethub.intake.MessageReplay.Translator;
import io.tickethub.mapping.MappingException;
import io.tickethub.replay.JobStore.Page;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Takes the next dead letters of a job, a bounded page in one transaction: after a crash a page was
 * taken or it was not. Messages come in before the transaction ends; should it not, they come in
 * again, and the pipeline knows those that took effect.
 */
final class PageTaker {

  private static final int MOST = 100;

  private final JobStore store;
  private final DeadLetters deadLetters;
  private final Replay replay;
  private final MessageReplay messages;
  private final Translator translator;
  private final TransactionTemplate transactions;
  private final String node;

  PageTaker(
      JobStore store,
      DeadLetters deadLetters,
      Replay replay,
      MessageReplay messages,
      Translator translator,
      TransactionTemplate transactions,
      String node) {
    this.store = store;
    this.deadLetters = deadLetters;
    this.replay = replay;
    this.messages = messages;
    this.translator = translator;
    this.transactions = transactions;
    this.node = node;
  }

  /** A page, and what of it can be tried. */
  private static final class Sorted {
    private final List<Entry> page;
    private final Set<Long> refused = new HashSet<>();
    private final List<Prepared> understood = new ArrayList<>();
    private String refusal;

    private Sorted(List<Entry> page) {
      this.page = page;
    }

    private void refuse(Entry letter, String why) {
      refused.add(letter.id());
      refusal = refusal == null ? why : refusal;
    }

    private List<Entry> tried(Kind kind) {
      return page.stream()
          .filter(letter -> !refused.contains(letter.id()) && letter.letter().kind() == kind)
          .toList();
    }
  }

  /** False if the job was stopped meanwhile; then nothing was taken. */
  boolean take(Job job) {
    int most = Math.min(MOST, job.room());
    Sorted sorted =
        new Sorted(
            deadLetters.next(
                job.filter(), job.newest(), job.lastMessage(), job.lastLetter(), most));
    if (job.action() == Replay.Action.REPLAY) {
      understand(sorted);
    }
    Boolean taken =
        transactions.execute(
            status -> {
              boolean mine = settle(job, sorted, sorted.page.size() < most);
              if (mine) {
                messages.put(sorted.understood);
              } else {
                status.setRollbackOnly();
              }
              return mine;
            });
    replay.signal(sorted.page);
    return Boolean.TRUE.equals(taken);
  }

  /** What cannot be understood, or is no longer kept, stays open. */
  private void understand(Sorted sorted) {
    for (Entry letter : sorted.tried(Kind.MESSAGE)) {
      try {
        messages
            .prepare(letter, translator)
            .ifPresentOrElse(
                sorted.understood::add,
                () -> sorted.refuse(letter, "the message is no longer kept"));
      } catch (MappingException | IllegalStateException e) {
        sorted.refuse(letter, e.getMessage());
      }
    }
  }

  private boolean settle(Job job, Sorted sorted, boolean last) {
    List<Entry> deliveries = sorted.tried(Kind.DELIVERY);
    List<Entry> others = sorted.tried(Kind.MESSAGE);
    int settled = replay.settle(deliveries, job.action(), job.startedBy(), job.current());
    int closed =
        deadLetters
            .close(
                others.stream().map(Entry::id).toList(),
                job.startedBy(),
                job.action().outcome(),
                job.current())
            .size();
    Entry end = sorted.page.isEmpty() ? null : sorted.page.get(sorted.page.size() - 1);
    return store.took(
        job,
        new Page(
            sorted.page.size(),
            sorted.refused.size(),
            sorted.refusal,
            deliveries.size() + others.size() - settled - closed,
            last,
            end == null ? job.lastMessage() : end.letter().messageId(),
            end == null ? job.lastLetter() : end.id()),
        node);
  }
}
