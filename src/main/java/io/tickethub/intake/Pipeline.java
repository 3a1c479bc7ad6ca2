package io.tickethub.intake;

import com.github.benmanes.caffeine.cache.Cache;
import com.github.benmanes.caffeine.cache.Caffeine;
import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.delivery.Dispatchers;
import io.tickethub.journal.Sealer;
import io.tickethub.journal.WaitingMessages.Waiting;
import io.tickethub.trace.Tracing;
import jakarta.jms.ConnectionFactory;
import java.time.Clock;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.function.LongConsumer;
import java.util.function.Predicate;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;
import org.springframework.transaction.support.TransactionTemplate;

/**
 * Applies what comes out of the intake queue, and looks after messages whose ticket is not known
 * yet.
 */
public final class Pipeline implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Pipeline.class);
  private static final Duration SWEEP = Duration.ofMillis(500);

  /**
   * How the pipeline works.
   *
   * @param consumers how many batches are under way at once on this node
   * @param batch the most messages of one batch
   * @param waitForTicket how long a message waits for its ticket to become known
   */
  public record Settings(int consumers, int batch, Duration waitForTicket) {}

  private final BatchProcessor processor;
  private final IntakeQueue queue;
  private final Cache<Long, Boolean> broughtBack =
      Caffeine.newBuilder().maximumSize(10_000).expireAfterWrite(Duration.ofSeconds(30)).build();
  private final TrafficMeters meters;
  private final Settings settings;
  private final Clock clock;
  private final List<PipelineConsumer> consumers = new ArrayList<>();
  private final List<LongConsumer> watchers = new CopyOnWriteArrayList<>();
  private final ScheduledExecutorService sweeper =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "pipeline-waiting"));

  public Pipeline(
      Settings settings,
      Rules rules,
      Records records,
      ConnectorDirectory connectors,
      Dispatchers dispatchers,
      IntakeQueue queue,
      TransactionTemplate transactions,
      Clock clock,
      MeterRegistry meters,
      Tracing tracing) {
    this.settings = settings;
    this.processor =
        new BatchProcessor(rules, records, connectors, dispatchers, transactions, tracing);
    this.queue = queue;
    this.clock = clock;
    this.meters = new TrafficMeters(meters);
  }

  /**
   * Starts to consume. {@code connections} need no pool; events are sent while anybody listens to
   * their topic, as {@code listened} says of a topic's name.
   */
  public void start(ConnectionFactory connections, Predicate<String> listened, Sealer sealer) {
    for (int slot = 0; slot < settings.consumers(); slot++) {
      consumers.add(
          new PipelineConsumer(
              connections,
              new IntakeCodec(sealer),
              processor,
              listened,
              slot,
              settings.batch(),
              clock,
              this::applied));
    }
    sweeper.scheduleWithFixedDelay(
        this::sweep, SWEEP.toMillis(), SWEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  /**
   * From now on {@code watcher} is given the id of each message this node has taken into account,
   * by the thread that goes on with the next ones.
   */
  public void watch(LongConsumer watcher) {
    watchers.add(watcher);
  }

  private void applied(BatchProcessor.Result result) {
    meters.record(result.outcomes());
    for (LongConsumer watcher : watchers) {
      result.messages().forEach(watcher::accept);
    }
  }

  /** A message is brought back once; should that get lost, again after a while. */
  private void bringBack(List<Waiting> released) {
    List<Waiting> fresh =
        released.stream()
            .filter(waiting -> broughtBack.asMap().putIfAbsent(waiting.messageId(), true) == null)
            .toList();
    if (!fresh.isEmpty()) {
      queue.putAll(fresh.stream().map(IntakeMessage::afterWaiting).toList());
    }
  }

  private void sweep() {
    try {
      bringBack(processor.released());
      int given = processor.giveUpWaiting(clock.instant().minus(settings.waitForTicket()));
      if (given > 0) {
        LOG.warn(
            "{} messages waited {} for a ticket nobody knows and are dead letters now",
            given,
            settings.waitForTicket());
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("looking after waiting messages has to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("looking after waiting messages failed, trying again", e);
    }
  }

  /** Finishes the batches under way. */
  @Override
  public void close() throws InterruptedException {
    sweeper.shutdown();
    sweeper.awaitTermination(10, TimeUnit.SECONDS);
    for (PipelineConsumer consumer : consumers) {
      consumer.close();
    }
  }
}
