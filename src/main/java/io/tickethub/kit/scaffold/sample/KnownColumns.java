package io.tickethub.kit.scaffold.sample;

import io.tickethub.mapping.FixedWidthLayout.FixedColumn;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Optional;

/**
 * What somebody has said of the samples' columns already.
 *
 * @param charset null if nobody has said it
 * @param names of columns that no header names, if the samples have so many; empty if not known
 * @param widths of columns, which count if they fit the samples; empty if not known
 */
public record KnownColumns(Charset charset, List<String> names, List<FixedColumn> widths) {

  public static final KnownColumns NONE = new KnownColumns(null, List.of(), List.of());

  public KnownColumns {
    names = List.copyOf(names);
    widths = List.copyOf(widths);
  }

  Optional<Guess<Charset>> guessedCharset() {
    return Optional.ofNullable(charset).map(said -> new Guess<>(said, 1, "known"));
  }

  /** The name of a column that has no title. */
  String name(int index, int columns) {
    return names.size() == columns ? names.get(index) : "column" + (index + 1);
  }
}
