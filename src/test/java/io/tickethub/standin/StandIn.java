package io.tickethub.standin;

/** One system around the hub. */
public interface StandIn extends AutoCloseable {

  /** The name of the connector it stands at the other end of. */
  String name();

  Ledger ledger();

  Mood mood();

  @Override
  void close();
}
