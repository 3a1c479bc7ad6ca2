package io.tickethub.torture;

import io.tickethub.harness.SendingSystem;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * People at the desk: each opens tickets and says things of them, one after the other. Who gets no
 * receipt sends the same again, as the desk's system does.
 */
final class Clerks implements AutoCloseable {

  /** In notes that some system will not take. */
  static final String POISON = "poison";

  private static final int TICKETS_AT_HAND = 6;
  private static final long PAUSE_MILLISECONDS = 50;

  private final AtomicBoolean working = new AtomicBoolean(true);
  private final List<Future<?>> work = new ArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final World world;
  private final Verdict verdict;
  private final int notesOfATicket;
  private volatile double perSecond;
  private double poison;
  private Consumer<String> telling = note -> {};
  private String prefix = "K";

  /** {@code notesOfATicket}: how much is said of a ticket before another is opened. */
  Clerks(World world, Verdict verdict, int notesOfATicket) {
    this.world = world;
    this.verdict = verdict;
    this.notesOfATicket = notesOfATicket;
  }

  /** Each of them at most so many messages a second; without it, as fast as receipts come. */
  Clerks atMost(double messagesASecond) {
    perSecond = messagesASecond;
    return this;
  }

  /** The share of notes that are poison. */
  Clerks poison(double share) {
    poison = share;
    return this;
  }

  /** Tells of every note that is about to be said. */
  Clerks tell(Consumer<String> listener) {
    telling = listener;
    return this;
  }

  /** The beginning of their tickets' numbers; others must not use it. */
  Clerks named(String beginning) {
    prefix = beginning;
    return this;
  }

  /** Begins to work, until told to stop or the ledger has enough. */
  Clerks begin(int clerks, long seed, Predicate<SourceLedger> enough) {
    for (int clerk = 0; clerk < clerks; clerk++) {
      Clerk one = new Clerk(clerk, new Random(seed * 1_000 + clerk), enough);
      work.add(threads.submit(one::work));
    }
    return this;
  }

  /** Waits until they have enough. */
  void await() throws InterruptedException {
    for (Future<?> one : work) {
      try {
        one.get();
      } catch (ExecutionException e) {
        throw new IllegalStateException("a clerk failed", e.getCause());
      }
    }
    work.clear();
  }

  /** Lets each finish what it is about. */
  @Override
  public void close() throws InterruptedException {
    working.set(false);
    await();
    threads.shutdown();
  }

  private final class Clerk {
    private final SendingSystem desk = world.desk();
    private final List<String> atHand = new ArrayList<>();
    private final int number;
    private final Random random;
    private final Predicate<SourceLedger> enough;
    private int opened;
    private long said;
    private long next = System.nanoTime();

    private Clerk(int number, Random random, Predicate<SourceLedger> enough) {
      this.number = number;
      this.random = random;
      this.enough = enough;
    }

    private Void work() throws InterruptedException {
      while (working.get() && !enough.test(world.ledger())) {
        keepPace();
        if (atHand.isEmpty() || random.nextInt(notesOfATicket) == 0) {
          open();
        } else {
          note(atHand.get(random.nextInt(atHand.size())));
        }
      }
      return null;
    }

    private void keepPace() throws InterruptedException {
      if (perSecond > 0) {
        next = Math.max(next + (long) (1e9 / perSecond), System.nanoTime() - 1_000_000_000L);
        TimeUnit.NANOSECONDS.sleep(next - System.nanoTime());
      }
    }

    private void open() throws InterruptedException {
      String ticket = "%s-%d-%d".formatted(prefix, number, opened++);
      untilReceipt(SendingSystem.report(ticket));
      world.ledger().opened(ticket);
      atHand.add(ticket);
      if (atHand.size() > TICKETS_AT_HAND) {
        atHand.remove(0);
      }
    }

    private void note(String ticket) throws InterruptedException {
      String note = "%s note %d%s".formatted(ticket, said++, poison());
      telling.accept(note);
      untilReceipt(SendingSystem.note(ticket, note));
      world.ledger().said(ticket, note);
    }

    private String poison() {
      return poison > 0 && random.nextDouble() < poison ? " " + POISON : "";
    }

    private void untilReceipt(Map<String, Object> change) throws InterruptedException {
      String id = SendingSystem.fresh();
      while (true) {
        try {
          int status = desk.sends("newest", id, change);
          if (status == 202) {
            return;
          }
          if (status != 503 && status != 429) {
            verdict.violation("refused", "%s was answered with %d", change, status);
            return;
          }
        } catch (IOException e) {
          verdict.count("sent again for want of an answer", 1);
        }
        TimeUnit.MILLISECONDS.sleep(PAUSE_MILLISECONDS);
      }
    }
  }
}
