package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.mapping.TextCodec.Unmappable;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import net.jqwik.api.Arbitraries;
import net.jqwik.api.Arbitrary;
import net.jqwik.api.ForAll;
import net.jqwik.api.Property;
import net.jqwik.api.Provide;
import net.jqwik.api.constraints.CharRange;
import net.jqwik.api.constraints.StringLength;

/** Whatever a system sends is understood or refused, soon. */
class RandomBytesTest {

  private static final Duration SOON = Duration.ofSeconds(1);
  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final ColumnLayout CSV =
      new ColumnLayout(
          ",",
          '"',
          false,
          false,
          null,
          "\r\n",
          List.of(
              new ColumnLayout.Column("a", false, null),
              new ColumnLayout.Column("b", false, null)));

  private final TextCodec codec = codec("GB18030");
  private final List<Format> formats =
      List.of(
          new JsonFormat(null, Limits.DEFAULT),
          new XmlFormat(null, Limits.DEFAULT),
          SoapFormat.soap11(null, "UTF-8", Limits.DEFAULT),
          new DelimitedFormat(CSV, codec));

  @Property(tries = 300)
  void bytesAreDecodedOrRefused(@ForAll byte[] bytes, @ForAll("charsets") String charset) {
    refusedOrUnderstood(() -> codec(charset).decode(bytes));
  }

  @Property(tries = 300)
  void textsAreReadOrRefused(@ForAll("nearlyFormatted") String text) {
    formats.forEach(format -> refusedOrUnderstood(() -> format.read(text)));
  }

  @Property(tries = 300)
  void datesAreReadOrRefused(@ForAll @CharRange(from = '-', to = ':') String text) {
    Dates dates = new Dates(ZoneId.of("Asia/Shanghai"));
    refusedOrUnderstood(() -> dates.parse(text, List.of()));
  }

  @Property(tries = 300)
  void noByteOfAFileIsLostBetweenItsRecords(@ForAll("lines") String text) {
    byte[] file = text.getBytes(GB18030);
    RecordSplitter records = new RecordSplitter(file, CSV);
    int bytes = 0;
    int lastLine = 0;
    while (records.hasNext()) {
      RecordSplitter.RawRecord record = records.next();
      assertThat(record.line()).isGreaterThan(lastLine);
      lastLine = record.line();
      bytes += record.bytes().length;
    }
    long lineEnds = text.chars().filter(c -> c == '\n' || c == '\r').count();
    assertThat(bytes).isBetween(file.length - (int) lineEnds, file.length);
  }

  @Property(tries = 300)
  void whatACharsetHasComesBackAsItWas(@ForAll String text) {
    if (GB18030.newEncoder().canEncode(text) && !text.startsWith("\uFEFF")) {
      assertThat(codec.decode(codec.encode(text))).isEqualTo(text);
    }
  }

  @Property(tries = 300)
  void jsonComesBackAsItWas(
      @ForAll @StringLength(max = 60) String name,
      @ForAll @StringLength(max = 60) String value,
      @ForAll long number) {
    JsonFormat json = new JsonFormat(null, Limits.DEFAULT);
    Map<String, Object> tree =
        Map.of("k" + name, Arrays.asList(value, null, String.valueOf(number)));

    assertThat(json.read(json.write(tree))).isEqualTo(tree);
  }

  @Property(tries = 300)
  void xmlTextComesBackAsItWas(
      @ForAll @CharRange(from = '\u4E00', to = '\u9FFF') @CharRange(from = ' ', to = '~')
          String text) {
    XmlFormat xml = new XmlFormat(null, Limits.DEFAULT);

    assertThat(xml.read(xml.write(Map.of("a", text)))).isEqualTo(Map.of("a", text));
  }

  @Property(tries = 300)
  void everyXmlThatIsWrittenCanBeRead(@ForAll String text) {
    XmlFormat xml = new XmlFormat(null, Limits.DEFAULT);

    assertThat(xml.read(xml.write(Map.of("a", Map.of("@b", text, "c", text))))).isNotNull();
  }

  @Property(tries = 300)
  void aCsvRecordComesBackAsItWas(@ForAll("lines") String a, @ForAll("lines") String b) {
    DelimitedFormat csv = new DelimitedFormat(CSV, codec);
    byte[] file = codec.encode(csv.write(List.of(Map.of("a", a, "b", b), Map.of("b", "报"))));
    RecordSplitter records = new RecordSplitter(file, CSV);

    assertThat(csv.read(codec.decode(records.next().bytes())))
        .isEqualTo(Map.of("a", a.strip(), "b", b.strip()));
    assertThat(csv.read(codec.decode(records.next().bytes()))).isEqualTo(Map.of("a", "", "b", "报"));
    assertThat(records.hasNext()).isFalse();
  }

  @Property(tries = 300)
  void aCutTextFitsAndIsAsLongAsItCanBe(
      @ForAll @StringLength(min = 1, max = 60) String text, @ForAll("charsets") String name) {
    Charset charset = Charset.forName(name);
    int most = text.getBytes(UTF_8).length / 2;
    String cut = ByteLength.cut(text, most, charset);

    assertThat(text).startsWith(cut);
    assertThat(cut.getBytes(charset).length).isLessThanOrEqualTo(most);
    if (cut.length() < text.length()) {
      int next = text.offsetByCodePoints(cut.length(), 1);
      assertThat(
              cut.getBytes(charset).length
                  + text.substring(cut.length(), next).getBytes(charset).length)
          .isGreaterThan(most);
    }
  }

  private static void refusedOrUnderstood(Runnable translation) {
    long start = System.nanoTime();
    try {
      translation.run();
    } catch (MappingException refused) {
      assertThat(refused.problem().detail()).isNotBlank();
    }
    assertThat(Duration.ofNanos(System.nanoTime() - start)).isLessThan(SOON);
  }

  @Provide
  Arbitrary<String> charsets() {
    return Arbitraries.of(
        "UTF-8", "GBK", "GB2312", "GB18030", "UTF-16BE", "ISO-8859-1", "US-ASCII");
  }

  @Provide
  Arbitrary<String> lines() {
    return Arbitraries.strings().withChars("a报 \t\",\r\n").ofMaxLength(12);
  }

  @Provide
  Arbitrary<String> nearlyFormatted() {
    return Arbitraries.of(
            "{",
            "}",
            "[",
            "]",
            "\"",
            ":",
            ",",
            "\\u12",
            "1e",
            "9",
            "-",
            "null",
            "<a>",
            "</a>",
            "<a ",
            "b='",
            "'",
            "/>",
            "&",
            ";",
            "#x",
            "<!DOCTYPE ",
            "<![CDATA[",
            "]]>",
            "<?xml ",
            "\n",
            "\r",
            "\u0000",
            "报",
            "\uD840",
            "<e:Envelope xmlns:e='http://schemas.xmlsoap.org/soap/envelope/'>",
            "<e:Body>",
            "</e:Body></e:Envelope>")
        .list()
        .ofMaxSize(14)
        .map(parts -> String.join("", parts));
  }

  private static TextCodec codec(String charset) {
    return TextCodec.of(charset, Unmappable.REJECT);
  }
}
