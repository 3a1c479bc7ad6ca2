package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.tickethub.definition.DefinitionException;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;

class TextCodecTest {

  private static final Charset GB18030 = Charset.forName("GB18030");

  /** U+20000 takes four bytes of GB18030 and is no character of GBK. */
  private static final String RARE = "张\uD840\uDC00";

  @Test
  void whatSaysGbkIsReadAsItsSuperset() {
    assertThat(codec("GBK").decode(RARE.getBytes(GB18030))).isEqualTo(RARE);
    assertThat(codec("GB2312").decode("镕€".getBytes(GB18030))).isEqualTo("镕€");
  }

  @Test
  void whatSaysGbkIsWrittenAsGbk() {
    assertThat(codec("GBK").encode("障碍")).isEqualTo("障碍".getBytes(Charset.forName("GBK")));
    assertThat(codec("GBK").charset().name()).isEqualTo("GBK");
  }

  @Test
  void aCharacterCutInTheMiddleIsAProblemWithItsPosition() {
    Problem problem = Problems.of(() -> codec("UTF-8").decode(cut("ab报".getBytes(UTF_8), 4)));

    assertThat(problem.code()).isEqualTo(ProblemCode.UNDECODABLE);
    assertThat(problem.detail()).isEqualTo("byte 2 is not UTF-8 text");
    assertThat(Problems.of(() -> codec("GBK").decode(cut("故障".getBytes(GB18030), 3))).detail())
        .isEqualTo("byte 2 is not GBK text");
    assertThat(Problems.of(() -> codec("GB18030").decode(cut(RARE.getBytes(GB18030), 5))).detail())
        .isEqualTo("byte 2 is not GB18030 text");
  }

  @Test
  void bytesOfAnotherCharsetAreAProblemWithTheirPosition() {
    byte[] gbkInUtf8 = new byte[] {'o', 'k', ' ', (byte) 0xB9, (byte) 0xCA};

    assertThat(Problems.of(() -> codec("UTF-8").decode(gbkInUtf8)).detail())
        .isEqualTo("byte 3 is not UTF-8 text");
  }

  @Test
  void aByteOrderMarkIsNoText() {
    assertThat(codec("UTF-8").decode("\uFEFF{}".getBytes(UTF_8))).isEqualTo("{}");
    assertThat(codec("GB18030").decode("\uFEFF流水".getBytes(GB18030))).isEqualTo("流水");
  }

  @Test
  void theEmptyTextIsDecoded() {
    assertThat(codec("GBK").decode(new byte[0])).isEmpty();
  }

  @Test
  void rejectingNamesTheCharacterThatCannotBeWritten() {
    Problem problem = Problems.of(() -> codec("GBK").encode(RARE));

    assertThat(problem.code()).isEqualTo(ProblemCode.UNDECODABLE);
    assertThat(problem.value()).isEqualTo("\uD840\uDC00");
    assertThat(problem.detail()).isEqualTo("a character cannot be written in GBK");
  }

  @Test
  void halfASurrogatePairIsRejected() {
    assertThat(Problems.of(() -> codec("UTF-8").encode("a\uD840b")).code())
        .isEqualTo(ProblemCode.UNDECODABLE);
  }

  @Test
  void replacingPutsAQuestionMark() {
    TextCodec codec = TextCodec.of("GBK", Unmappable.REPLACE);

    assertThat(codec.encode(RARE)).isEqualTo("张?".getBytes(Charset.forName("GBK")));
  }

  @Test
  void transliteratingWritesTheNearestForm() {
    TextCodec codec = TextCodec.of("US-ASCII", Unmappable.TRANSLITERATE);

    assertThat(codec.writable(Map.of("area", List.of("１２０㎡")))).hasToString("{area=[120m2]}");
  }

  @Test
  void transliteratingLeavesAloneWhatTheCharsetHas() {
    TextCodec codec = TextCodec.of("GBK", Unmappable.TRANSLITERATE);

    assertThat(codec.writable("，１㎡")).isEqualTo("，１㎡");
    assertThat(codec.writable("，１\u00B2ﷺ")).asString().startsWith("，１2");
  }

  @Test
  void aNearestFormThatIsAQuoteOrBracketHarmsNoFormat() {
    TextCodec codec = TextCodec.of("US-ASCII", Unmappable.TRANSLITERATE);
    Object tree = codec.writable(Map.of("a", "＂,＂b＂:＂＜x＞"));

    String json = new JsonFormat(null, Limits.DEFAULT).write(tree);
    String xml = new XmlFormat(null, Limits.DEFAULT).write(tree);

    assertThat(codec.decode(codec.encode(json))).isEqualTo("{\"a\":\"\\\",\\\"b\\\":\\\"<x>\"}");
    assertThat(codec.decode(codec.encode(xml))).isEqualTo("<a>\",\"b\":\"&lt;x&gt;</a>");
  }

  @Test
  void anUnknownCharsetIsAFaultOfTheDefinition() {
    for (String name : List.of("GBK-2000", "no such charset")) {
      assertThatThrownBy(() -> codec(name))
          .isInstanceOf(DefinitionException.class)
          .hasMessage("unknown charset '%s'".formatted(name));
    }
  }

  private static TextCodec codec(String charset) {
    return TextCodec.of(charset, Unmappable.REJECT);
  }

  private static byte[] cut(byte[] bytes, int length) {
    return java.util.Arrays.copyOf(bytes, length);
  }
}
