package io.tickethub.connector;

import io.tickethub.storage.NodeLock;
import org.apache.camel.Consumer;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultPollingConsumerPollStrategy;

/**
 * Lets the polling routes (FTP, SFTP, timers that fetch) work on one node at a time: the one that
 * holds the lock.
 */
final class PollingTurns extends DefaultPollingConsumerPollStrategy {

  private final NodeLock lock;

  PollingTurns(NodeLock lock) {
    this.lock = lock;
  }

  @Override
  public boolean begin(Consumer consumer, Endpoint endpoint) {
    return lock.isHeld();
  }
}
