package io.tickethub.replay;

/** Hears of the end of jobs, in the transaction that ends them. */
@FunctionalInterface
public interface JobListener {
  void ended(Job job);
}
