package io.tickethub.kit.scaffold.sample;

import io.tickethub.kit.scaffold.sample.DelimiterGuess.Delimiter;
import io.tickethub.mapping.ColumnLayout;
import io.tickethub.mapping.DelimitedFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.mapping.TextCodec;
import java.util.Iterator;
import java.util.List;
import java.util.stream.IntStream;

/** Cuts lines at a delimiter, by the hub's own format. */
final class DelimitedCutter implements LineCutter {

  private final DelimitedFormat format;
  private final TextCodec codec;

  DelimitedCutter(Delimiter delimiter, TextCodec codec) {
    this.codec = codec;
    this.format =
        new DelimitedFormat(
            new ColumnLayout(
                delimiter.text(),
                delimiter.quote(),
                false,
                false,
                null,
                null,
                IntStream.rangeClosed(1, delimiter.columns())
                    .mapToObj(i -> new ColumnLayout.Column("column" + i, false, null))
                    .toList()),
            codec);
  }

  @Override
  public int columns() {
    return format.layout().columns().size();
  }

  @Override
  public Iterator<RawRecord> records(byte[] file) {
    return format.records(file);
  }

  @Override
  public List<String> values(byte[] line) {
    return format.read(codec.decode(line)).values().stream().map(String::valueOf).toList();
  }
}
