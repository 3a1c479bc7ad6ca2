package io.tickethub.delivery;

import io.tickethub.alert.AlertKind;
import java.time.Duration;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.NestedExceptionUtils;
import org.springframework.dao.DataAccessException;

/** The dispatchers of this node, one for each connected system. */
public final class Dispatchers implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(Dispatchers.class);
  private static final Duration UPKEEP = Duration.ofSeconds(1);

  /** Looks in a row before a person is told; a restart of the database is shorter. */
  private static final int UNANSWERED_TO_TELL = 3;

  private final DispatcherParts parts;
  private final DispatchLoop loop;
  private int unanswered;
  private final Map<String, Dispatcher> running = new ConcurrentHashMap<>();
  private final ScheduledExecutorService upkeep =
      Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "delivery-upkeep"));

  /** Frees what this node held when it last died. */
  public Dispatchers(DispatcherParts parts) {
    this.parts = parts;
    int recovered = parts.store().recover(parts.node());
    if (recovered > 0) {
      LOG.info(
          "{} deliveries that were under way when the hub last stopped will be tried again",
          recovered);
    }
    parts.controls().refresh();
    this.loop = new DispatchLoop(parts);
    upkeep.scheduleWithFixedDelay(
        this::upkeep, UPKEEP.toMillis(), UPKEEP.toMillis(), TimeUnit.MILLISECONDS);
  }

  private void upkeep() {
    try {
      parts.controls().refresh();
      parts.store().expire(parts.steady().instant());
      unanswered = 0;
      parts.alerts().close(AlertKind.DATABASE_DOWN, parts.node(), "the database answers again");
    } catch (DataAccessException e) {
      LOG.debug("upkeep has to wait for the database: {}", e.getMessage());
      if (++unanswered == UNANSWERED_TO_TELL) {
        parts
            .alerts()
            .open(
                AlertKind.DATABASE_DOWN,
                parts.node(),
                "what comes in is kept and waits: "
                    + NestedExceptionUtils.getMostSpecificCause(e).getMessage());
      }
    } catch (RuntimeException e) {
      LOG.error("upkeep of deliveries failed, trying again", e);
    }
  }

  /** Starts telling a system. */
  public void attach(Outlet outlet) {
    Dispatcher dispatcher =
        new Dispatcher(
            outlet,
            parts.controls(),
            parts.alerts(),
            parts.clock(),
            parts.steady(),
            parts.meters(),
            loop::signal);
    Dispatcher previous = running.put(outlet.connector(), dispatcher);
    if (previous != null) {
      loop.remove(previous);
    }
    loop.add(dispatcher);
  }

  /** Stops telling a system, once what is under way has ended; its deliveries wait. */
  public void detach(String connector) {
    Dispatcher dispatcher = running.remove(connector);
    if (dispatcher != null) {
      loop.remove(dispatcher);
    }
  }

  /** A system that is connected no more is nobody's trouble. */
  public void forget(String connector) {
    for (AlertKind kind : List.of(AlertKind.SYSTEM_DOWN, AlertKind.CREDENTIALS_REFUSED)) {
      parts.alerts().close(kind, connector, "the system is not connected any more");
    }
  }

  /** The way of a batch's deliveries to the dispatchers. */
  public HandOver handOver() {
    return new HandOver(parts, running);
  }

  /** There may be something new to tell these systems. */
  public void signal(Collection<String> connectors) {
    for (String connector : connectors) {
      Dispatcher dispatcher = running.get(connector);
      if (dispatcher != null) {
        dispatcher.signal();
      }
    }
  }

  /** Empty if the system is not being told anything by this node. */
  public Optional<OutletHealth> health(String connector) {
    return Optional.ofNullable(running.get(connector)).map(Dispatcher::health);
  }

  @Override
  public void close() {
    upkeep.shutdownNow();
    running.clear();
    loop.close();
  }
}
