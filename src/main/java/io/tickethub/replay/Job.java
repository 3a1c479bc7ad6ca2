package io.tickethub.replay;

import io.tickethub.delivery.DeadLetters;
import io.tickethub.delivery.LetterFilter;
import io.tickethub.delivery.Replay;
import java.time.Instant;

/**
 * A replay or discard of many dead letters.
 *
 * @param newest what gave up later is no part of it
 * @param failures the share of a step that may fail again; more stops the job
 * @param selected how many were open when it began
 * @param cause why it stopped, or why something was refused; null for neither
 * @param step the one under way, 1 for the first
 * @param stepTaken how many dead letters the step has taken
 * @param stepRefused how many of these could not be tried: the connector does not understand them
 * @param exhausted nothing is left to take
 * @param done delivered, applied or discarded, in the steps before
 * @param failed gave up again, in the steps before
 * @param underWay of a job that has ended: what was not decided then
 * @param skipped somebody else had closed them
 */
public record Job(
    long id,
    Replay.Action action,
    LetterFilter filter,
    long newest,
    double failures,
    String reason,
    String startedBy,
    Instant startedAt,
    long selected,
    State state,
    String cause,
    Instant finishedAt,
    int step,
    int stepTaken,
    int stepRefused,
    boolean exhausted,
    long done,
    long failed,
    long skipped,
    long underWay,
    long lastMessage,
    long lastLetter) {

  /** Where it is in its life. */
  public enum State {
    RUNNING,
    DONE,
    STOPPED;

    public String text() {
      return name().toLowerCase(java.util.Locale.ROOT);
    }

    static State of(String text) {
      return valueOf(text.toUpperCase(java.util.Locale.ROOT));
    }
  }

  DeadLetters.JobStep current() {
    return new DeadLetters.JobStep(id, step);
  }

  /** How many more the step takes. */
  int room() {
    return Ramp.size(step) - stepTaken;
  }
}
