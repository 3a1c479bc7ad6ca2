package io.tickethub.plan;

import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.storage.NodeLock;
import java.time.Duration;
import java.util.List;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.SmartLifecycle;
import org.springframework.dao.DataAccessException;
import org.springframework.transaction.TransactionException;

/** Makes what plans say when it is due, on one node at a time. */
final class PlanLoop implements SmartLifecycle {

  private static final Logger LOG = LoggerFactory.getLogger(PlanLoop.class);
  private static final Duration LOOK = Duration.ofSeconds(10);

  private final Plans plans;
  private final NodeLock turn;
  private boolean hadTurn;
  private ScheduledExecutorService timer;

  PlanLoop(Plans plans, NodeLock turn) {
    this.plans = plans;
    this.turn = turn;
  }

  private void look() {
    try {
      boolean has = turn.isHeld();
      if (has && !hadTurn) {
        plans.startAnew();
        plans.forget();
      }
      hadTurn = has;
      if (has) {
        List<Plans.Turn> made = plans.run();
        if (!made.isEmpty()) {
          LOG.info("plans made {} tickets", made.size());
        }
      }
    } catch (DataAccessException | TransactionException | IntakeUnavailableException e) {
      LOG.debug("plans have to wait: {}", e.getMessage());
    } catch (RuntimeException e) {
      LOG.error("plans failed, trying again", e);
    }
  }

  @Override
  public synchronized void start() {
    timer = Executors.newSingleThreadScheduledExecutor(task -> new Thread(task, "plans"));
    timer.scheduleWithFixedDelay(this::look, 0, LOOK.toMillis(), TimeUnit.MILLISECONDS);
  }

  @Override
  public synchronized void stop() {
    timer.shutdownNow();
    timer = null;
    turn.close();
  }

  @Override
  public synchronized boolean isRunning() {
    return timer != null;
  }
}
