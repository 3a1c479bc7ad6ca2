package io.tickethub;

import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.broker.Audience;
import io.tickethub.connector.Connectors;
import io.tickethub.intake.MassFaultLoop;
import io.tickethub.intake.Pipeline;
import io.tickethub.intake.TimerLoop;
import io.tickethub.journal.Sealer;
import io.tickethub.service.TimeLimits;
import jakarta.jms.ConnectionFactory;
import org.springframework.context.SmartLifecycle;

/** Starts what works before the doors open, and stops it after they are shut. */
final class HubLifecycle implements SmartLifecycle {

  private final Connectors connectors;
  private final Pipeline pipeline;
  private final TimerLoop timers;
  private final MassFaultLoop massFaults;
  private final TimeLimits limits;
  private final Alerts alerts;
  private final ConnectionFactory connections;
  private final Audience audience;
  private final Sealer sealer;
  private volatile boolean running;

  HubLifecycle(
      Connectors connectors,
      Pipeline pipeline,
      TimerLoop timers,
      MassFaultLoop massFaults,
      TimeLimits limits,
      Alerts alerts,
      ConnectionFactory connections,
      Audience audience,
      Sealer sealer) {
    this.connectors = connectors;
    this.pipeline = pipeline;
    this.timers = timers;
    this.massFaults = massFaults;
    this.limits = limits;
    this.alerts = alerts;
    this.connections = connections;
    this.audience = audience;
    this.sealer = sealer;
  }

  @Override
  public void start() {
    connectors.startAll();
    pipeline.start(connections, audience::listens, sealer);
    limits
        .knownYears()
        .forEach(
            year ->
                alerts.close(
                    AlertKind.HOLIDAYS_UNKNOWN,
                    Integer.toString(year),
                    "the holidays of %d are known".formatted(year)));
    timers.start();
    massFaults.start();
    running = true;
  }

  /**
   * The pipeline ends before the connectors: who must be told of a change, it learns from them.
   * What still comes in waits in the queue.
   */
  @Override
  public void stop() {
    running = false;
    try {
      timers.close();
      massFaults.close();
      pipeline.close();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    connectors.stopAll();
  }

  @Override
  public boolean isRunning() {
    return running;
  }

  /**
   * Before the web server starts, and after it stopped: a partner's call never meets a connector
   * that is not there.
   */
  @Override
  public int getPhase() {
    return SmartLifecycle.DEFAULT_PHASE - 4096;
  }
}
