package io.tickethub.kit.contract.server;

import java.util.List;

/** A server that plays a connector's system. */
public interface SystemServer extends AutoCloseable {

  /** From now on takes things so. */
  void mood(Mood mood);

  /** Whether it can be in this mood at all. */
  boolean canBe(Mood mood);

  /** Refuses connections until it is up again. */
  void down();

  void up();

  /** Everything it was told, in order. */
  List<Received> received();

  @Override
  void close();
}
