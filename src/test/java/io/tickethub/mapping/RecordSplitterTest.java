package io.tickethub.mapping;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.NoSuchElementException;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

class RecordSplitterTest {

  private static final Charset GB18030 = Charset.forName("GB18030");

  @Test
  void lineFeedsEndRecordsWithOrWithoutCarriageReturn() {
    assertThat(lines("a\nb\r\nc", null)).containsExactly("1:a", "2:b", "3:c");
    assertThat(lines("a\nb\n", null)).containsExactly("1:a", "2:b");
    assertThat(lines("", null)).isEmpty();
  }

  @Test
  void emptyLinesAreEmptyRecordsAndCount() {
    assertThat(lines("a\n\n\r\nb\n", null)).containsExactly("1:a", "2:", "3:", "4:b");
  }

  @Test
  void withoutAQuoteEveryLineIsARecord() {
    assertThat(lines("\"a\nb\",c\n", null)).containsExactly("1:\"a", "2:b\",c");
  }

  @Test
  void aLineFeedInsideAQuotedValueEndsNoRecord() {
    assertThat(lines("1,\"a\nb\"\"\n\",x\r\n2,y\n", '"'))
        .containsExactly("1:1,\"a\nb\"\"\n\",x", "4:2,y");
  }

  @Test
  void aQuoteInTheMiddleOfAValueQuotesNothing() {
    assertThat(lines("1,5\" pipe\n2,x\n", '"')).containsExactly("1:1,5\" pipe", "2:2,x");
  }

  @Test
  void aQuoteThatIsNeverClosedCostsItsOwnLineOnly() {
    assertThat(lines("1,\"open\n2,x\n3,y\n", '"')).containsExactly("1:1,\"open", "2:2,x", "3:3,y");
    assertThat(lines("1,\"open\n2,\"x\",z\n3,y", '"'))
        .containsExactly("1:1,\"open", "2:2,\"x\",z", "3:3,y");
  }

  @Test
  void aQuotedValueOfManyPagesIsTakenForAQuoteNeverClosed() {
    String page = "x".repeat(1_000) + "\n";
    List<String> records = lines("1,\"" + page.repeat(100) + "\"\n2,y\n", '"');

    assertThat(records).hasSize(102).endsWith("102:2,y");
  }

  @Test
  @Timeout(10)
  void aFileOfNothingButQuotesIsSplitInNoTime() {
    String file = "\"a\n".repeat(100_000) + "\"\"\"\n".repeat(100_000) + ",\"".repeat(100_000);

    assertThat(lines(file, '"')).hasSizeGreaterThan(100);
  }

  @Test
  void bytesInsideChineseCharactersAreTakenForNoQuoteAndNoDelimiter() {
    assertThat(lines("镕,\"故,障\n\uD840\uDC00\",丂\n", '"'))
        .containsExactly("1:镕,\"故,障\n\uD840\uDC00\",丂");
  }

  @Test
  void afterTheLastRecordThereIsNone() {
    RecordSplitter records = new RecordSplitter(new byte[0], layout(null));

    assertThatThrownBy(records::next).isInstanceOf(NoSuchElementException.class);
  }

  private static List<String> lines(String file, Character quote) {
    RecordSplitter records = new RecordSplitter(file.getBytes(GB18030), layout(quote));
    List<String> lines = new ArrayList<>();
    records.forEachRemaining(
        record -> lines.add(record.line() + ":" + new String(record.bytes(), GB18030)));
    return lines;
  }

  private static ColumnLayout layout(Character quote) {
    return new ColumnLayout(",", quote, false, false, null, null, List.of());
  }
}
