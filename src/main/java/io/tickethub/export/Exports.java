package io.tickethub.export;

import io.tickethub.connector.folder.Exporting;
import java.time.Clock;
import java.time.Instant;
import java.util.Map;
import java.util.Optional;

/** Where the files of exports stand, and the end of one before its time. Thread-safe. */
public final class Exports {

  private final ExportStore store;
  private final Clock clock;

  Exports(ExportStore store, Clock clock) {
    this.store = store;
    this.clock = clock;
  }

  /**
   * A file of an export.
   *
   * @param from of the events in it, inclusive
   * @param to exclusive
   * @param attempts how often it was not taken
   * @param records null while it was not taken
   * @param digest SHA-256 in hexadecimal of what was taken; null while it was not
   */
  public record Standing(
      long number,
      Instant from,
      Instant to,
      int attempts,
      String failure,
      Long records,
      String digest) {

    public boolean isTaken() {
      return digest != null;
    }
  }

  /**
   * A file that a system took.
   *
   * @param records events in it
   */
  public record Taken(String export, long number, long records, Instant at) {}

  /** By connector, the file it took last. */
  public Map<String, Taken> lastTaken() {
    return store.lastTaken();
  }

  /** The file that is gathered ends now and is due; its number, or empty if none is gathered. */
  public Optional<Long> endNow(String connector, String export) {
    return store.end(connector, export, clock.instant());
  }

  public Optional<Standing> find(String connector, String export, long number) {
    return store.standing(connector, export, number);
  }

  /** The headers with which a file is given, its name among them. */
  public static Map<String, String> headers(String connector, Exporting export, Standing file) {
    ExportFile known =
        new ExportFile(
            connector, export.channel().name(), file.number(), file.from(), file.to(), 0);
    return export.channel().translation().headers(known.values(export.zone()));
  }
}
