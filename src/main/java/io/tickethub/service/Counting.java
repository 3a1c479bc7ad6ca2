package io.tickethub.service;

import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Set;

/** How time is counted. */
interface Counting {

  /** Every minute counts. */
  Counting ELAPSED =
      new Counting() {
        @Override
        public Duration between(Instant from, Instant until) {
          return Duration.between(from, until);
        }

        @Override
        public Instant after(Instant from, Duration amount) {
          return from.plus(amount);
        }

        @Override
        public List<Piece> pieces(Instant from, Instant until) {
          return List.of(new Piece(from, until, true, "every minute counts"));
        }

        @Override
        public Duration day() {
          return Duration.ofDays(1);
        }

        @Override
        public Set<Integer> unknownYears(Instant from, Instant until) {
          return Set.of();
        }
      };

  /** Time that counts, or does not, and why. */
  record Piece(Instant from, Instant until, boolean counts, String why) {}

  /** How much of the time between two instants counts. */
  Duration between(Instant from, Instant until);

  /** When {@code amount} has been counted from an instant on. */
  Instant after(Instant from, Duration amount);

  /** The time between two instants, without a gap. */
  List<Piece> pieces(Instant from, Instant until);

  /** What a whole day counts. */
  Duration day();

  /** Years between two instants whose holidays are not known. */
  Set<Integer> unknownYears(Instant from, Instant until);
}
