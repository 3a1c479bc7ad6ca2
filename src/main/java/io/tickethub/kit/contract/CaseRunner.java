package io.tickethub.kit.contract;

import io.tickethub.kit.contract.CaseResult.Outcome;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BiConsumer;
import java.util.function.Predicate;

/** Runs the cases of one folder and keeps what came of them. */
final class CaseRunner {

  private static final double NANOSECONDS = 1e9;

  private final String folder;
  private final Predicate<String> wanted;
  private final BiConsumer<String, CaseResult> listener;
  private final List<CaseResult> results = new ArrayList<>();

  /**
   * {@code wanted} says by its name whether a case is run; {@code listener} hears folder and result
   * of each.
   */
  CaseRunner(String folder, Predicate<String> wanted, BiConsumer<String, CaseResult> listener) {
    this.folder = folder;
    this.wanted = wanted;
    this.listener = listener;
  }

  /** Whether it is wanted. */
  boolean runs(Case trial) {
    return wanted.test(trial.name());
  }

  void run(Case trial) {
    run(trial, () -> {});
  }

  /** {@code afterwards} is done in any case. */
  void run(Case trial, Runnable afterwards) {
    if (!runs(trial)) {
      return;
    }
    long start = System.nanoTime();
    Outcome outcome = Outcome.PASSED;
    String detail = null;
    try {
      trial.trial().run();
    } catch (NotApplicableException e) {
      outcome = Outcome.NOT_APPLICABLE;
      detail = e.getMessage();
    } catch (BrokenContractException e) {
      outcome = Outcome.FAILED;
      detail = e.getMessage();
    } catch (Exception e) {
      outcome = Outcome.FAILED;
      detail = e.toString();
    } finally {
      afterwards.run();
    }
    add(new CaseResult(trial.name(), outcome, detail, seconds(start)));
  }

  private static double seconds(long start) {
    return Math.round((System.nanoTime() - start) / NANOSECONDS * 1000) / 1000.0;
  }

  private void add(CaseResult result) {
    results.add(result);
    listener.accept(folder, result);
  }

  FolderResult result(String kind) {
    return new FolderResult(folder, kind, List.copyOf(results), null);
  }
}
