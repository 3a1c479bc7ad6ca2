package io.tickethub.intake;

import io.tickethub.journal.MassFaultStore;
import io.tickethub.journal.MassFaultStore.Member;
import io.tickethub.journal.MassFaultStore.Work;
import io.tickethub.journal.TicketStore;
import io.tickethub.journal.TicketStore.EventKey;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Ticket;
import io.tickethub.ticket.TicketEvent;
import io.tickethub.ticket.TicketKey;
import java.time.Clock;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Looks after mass faults: open reports of their area join them, their children hear what becomes
 * of them and are replied when they are. Both are sent, in parts, as messages of the hub's own
 * through the intake queue; what is left to do is seen from the tickets alone, so that a death in
 * the middle loses nothing, and to send one twice has no second effect. Every node looks, each
 * takes other mass faults.
 */
public final class MassFaultLoop implements AutoCloseable {

  static final String CHANNEL = "mass-faults";

  private static final Logger LOG = LoggerFactory.getLogger(MassFaultLoop.class);
  private static final Duration LOOK = Duration.ofMillis(500);
  private static final Duration SENT = Duration.ofSeconds(5);
  private static final Duration IDLE = Duration.ofSeconds(30);
  private static final int MOST = 200;
  private static final int MOST_PARTS = 5;

  private final MassFaultStore massFaults;
  private final TicketStore tickets;
  private final IntakeQueue queue;
  private final HubMessages messages;
  private final TransactionTemplate transactions;
  private final Clock clock;
  private final ScheduledExecutorService timer =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "mass-faults"));

  public MassFaultLoop(
      MassFaultStore massFaults,
      TicketStore tickets,
      IntakeQueue queue,
      HubMessages messages,
      TransactionTemplate transactions,
      Clock clock) {
    this.massFaults = massFaults;
    this.tickets = tickets;
    this.queue = queue;
    this.messages = messages;
    this.transactions = transactions;
    this.clock = clock;
  }

  /** Looks again and again from now on. */
  public void start() {
    timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void look() {
    try {
      for (int part = 0; part < MOST_PARTS && step(); part++) {
        LOG.debug("a mass fault was looked after");
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("mass faults have to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking after mass faults failed, trying again", e);
    }
  }

  /** Does a part of what one mass fault has to do; false if none has anything to do now. */
  boolean step() {
    return Boolean.TRUE.equals(
        transactions.execute(
            status -> {
              List<Work> due = massFaults.claim(clock.instant());
              due.forEach(this::step);
              return !due.isEmpty();
            }));
  }

  private void step(Work work) {
    Instant now = clock.instant();
    List<Member> joining = work.gathers() ? massFaults.reports(work, MOST) : List.of();
    List<Member> untold = massFaults.untold(work, MOST);
    List<IntakeMessage> parcel = new ArrayList<>();
    joining.forEach(member -> parcel.add(join(work, member, now)));
    if (!untold.isEmpty()) {
      tell(work, untold, now, parcel);
    }
    if (!parcel.isEmpty()) {
      queue.putAll(parcel);
    }
    massFaults.goOn(work, next(joining), next(untold), due(work, joining, untold, now));
  }

  /** After the last part it begins anew: what was under way meanwhile is found then. */
  private static long next(List<Member> members) {
    return members.size() < MOST ? 0 : members.get(members.size() - 1).id();
  }

  private static Instant due(Work work, List<Member> joining, List<Member> untold, Instant now) {
    if (joining.size() == MOST || untold.size() == MOST) {
      return now;
    }
    boolean began = work.afterReport() == 0 && work.afterChild() == 0;
    if (!began || !joining.isEmpty() || !untold.isEmpty()) {
      return now.plus(SENT);
    }
    boolean over = work.until() != null && work.until().isBefore(now);
    return over ? null : now.plus(IDLE);
  }

  private IntakeMessage join(Work work, Member member, Instant now) {
    return messages.message(
        CHANNEL,
        "join/%s/%s/%d"
            .formatted(member.number(), work.gathering().ticket().number(), member.version()),
        new Change.Join(key(member), now, work.gathering().ticket(), true, null),
        now);
  }

  private void tell(Work work, List<Member> members, Instant now, List<IntakeMessage> parcel) {
    long parentId = work.gathering().ticket().id();
    Ticket parent = tickets.load(List.of(parentId)).get(parentId);
    EventKey last = new EventKey(parentId, work.sequence());
    TicketEvent event = tickets.events(List.of(last)).get(last);
    if (parent == null || event == null) {
      return;
    }
    for (Member member : members) {
      parcel.add(
          messages.message(
              CHANNEL,
              "parent/%s/%s/%d".formatted(member.number(), parent.number(), work.sequence()),
              new Change.FromParent(
                  key(member),
                  event.occurredAt(),
                  work.gathering().ticket(),
                  work.sequence(),
                  event.code(),
                  parent.content().resolution(),
                  event.detail().note()),
              now));
    }
  }

  private static TicketKey key(Member member) {
    return new TicketKey(null, member.number(), Map.of(), null);
  }

  @Override
  public void close() throws InterruptedException {
    timer.shutdown();
    timer.awaitTermination(10, TimeUnit.SECONDS);
  }
}
