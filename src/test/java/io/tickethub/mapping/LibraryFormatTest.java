package io.tickethub.mapping;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.catchThrowableOfType;

import com.networknt.schema.JsonSchemaFactory;
import com.networknt.schema.SpecVersion;
import io.tickethub.mapping.TextCodec.Unmappable;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.io.IOException;
import java.nio.charset.Charset;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.stream.Stream;
import org.example.lines.TicketLinesFormat;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

class LibraryFormatTest {

  private static final Limits LIMITS = new Limits(1_000, 8);

  /** What a format of these tests does. */
  private interface Behaviour {
    Object of(Object given, Charset charset) throws Exception;
  }

  private record Scripted(Behaviour behaviour) implements MessageFormat {
    @Override
    public String name() {
      return "scripted";
    }

    @Override
    public Object parse(byte[] message, Charset charset) throws Exception {
      return behaviour.of(message, charset);
    }

    @Override
    public byte[] write(Object tree, Charset charset) throws Exception {
      return (byte[]) behaviour.of(tree, charset);
    }
  }

  private static LibraryFormat format(Behaviour behaviour) {
    return format(behaviour, "UTF-8", Unmappable.REJECT);
  }

  private static LibraryFormat format(Behaviour behaviour, String charset, Unmappable unmappable) {
    return new LibraryFormat(
        new Scripted(behaviour), null, TextCodec.of(charset, unmappable), LIMITS);
  }

  private static Problem problemOf(Runnable work) {
    return catchThrowableOfType(MappingException.class, work::run).problem();
  }

  private static Object overflow(int depth) {
    return depth < 0 ? "leaf" : List.of(overflow(depth + 1));
  }

  static Stream<Arguments> hostile() {
    List<Object> itself = new ArrayList<>();
    itself.add(itself);
    Object many = "leaf";
    for (int i = 0; i < 8; i++) {
      many = List.of(many, many, many, many);
    }
    Object wide = many;
    return Stream.of(
        Arguments.of(
            "malformed: the format 'scripted' cannot read it: NumberFormatException at",
            behaviour((message, charset) -> Integer.parseInt("x"))),
        Arguments.of(
            "malformed: the format 'scripted' cannot read it: IOException at",
            behaviour(
                (message, charset) -> {
                  throw new IOException("13800138000");
                })),
        Arguments.of(
            "malformed: the format 'scripted' cannot read it: StackOverflowError at",
            behaviour((message, charset) -> overflow(0))),
        Arguments.of(
            "internal: the format 'scripted' cannot read it: NoClassDefFoundError at",
            behaviour(
                (message, charset) -> {
                  throw new NoClassDefFoundError("vendor/Parser");
                })),
        Arguments.of(
            "internal: the format 'scripted' cannot read it: OutOfMemoryError at",
            behaviour((message, charset) -> new byte[Integer.MAX_VALUE])),
        Arguments.of("malformed: the message holds nothing", behaviour((message, charset) -> null)),
        Arguments.of(
            "too-deep: nested deeper than 8 levels", behaviour((message, charset) -> itself)),
        Arguments.of(
            "too-large: it has more values than 1000", behaviour((message, charset) -> wide)),
        Arguments.of(
            "internal, field a[0].b: the format gave a java.time.Instant, which no tree holds",
            behaviour((message, charset) -> Map.of("a", List.of(Map.of("b", Instant.EPOCH))))),
        Arguments.of(
            "internal, field a: the format gave a number that is none",
            behaviour((message, charset) -> Map.of("a", Double.NaN))),
        Arguments.of(
            "internal: the format gave a key that is no text",
            behaviour((message, charset) -> Map.of(1, 2))),
        Arguments.of(
            "missing-field, line 3, field NO: no number",
            behaviour(
                (message, charset) -> {
                  throw new MappingException(
                      new Problem(ProblemCode.MISSING_FIELD, 3, "NO", null, "no number"));
                })));
  }

  private static Behaviour behaviour(Behaviour behaviour) {
    return behaviour;
  }

  @ParameterizedTest
  @MethodSource("hostile")
  void whateverAFormatDoesRefusesTheOneMessage(String sentence, Behaviour behaviour) {
    assertThat(problemOf(() -> format(behaviour).read("any")).sentence())
        .startsWith(sentence)
        .doesNotContain("13800138000");
  }

  @Test
  void theBytesAreThoseOfTheCharset() {
    LibraryFormat echo =
        format(
            (message, charset) -> Map.of(charset.name(), ((byte[]) message).length),
            "GBK",
            Unmappable.REJECT);

    assertThat(echo.read("故障")).isEqualTo(Map.of("GB18030", 4));
  }

  @Test
  void aMessageOfAnyBytesComesThroughAndBack() {
    byte[] all = new byte[256];
    for (int i = 0; i < all.length; i++) {
      all[i] = (byte) i;
    }
    TextCodec codec = TextCodec.of("ISO-8859-1", Unmappable.REJECT);
    LibraryFormat binary =
        new LibraryFormat(
            new Scripted(
                (given, charset) ->
                    given instanceof byte[] bytes
                        ? List.of(bytes.length, bytes[255])
                        : all.clone()),
            null,
            codec,
            LIMITS);

    assertThat(binary.read(codec.decode(all))).isEqualTo(List.of(256, -1));
    assertThat(codec.encode(binary.write("any"))).isEqualTo(all);
  }

  @Test
  void aFormatNeverHasToWriteWhatTheCharsetLacks() {
    Behaviour writes = (tree, charset) -> ((Map<?, ?>) tree).get("a").toString().getBytes(charset);
    Map<String, Object> tree = Map.of("a", "电话☎");

    assertThat(format(writes, "GBK", Unmappable.REPLACE).write(tree)).isEqualTo("电话?");
    Problem problem = problemOf(() -> format(writes, "GBK", Unmappable.REJECT).write(tree));
    assertThat(problem.sentence()).isEqualTo("undecodable: a character cannot be written in GBK");
    assertThat(problem.value()).isEqualTo("☎");
  }

  @Test
  void whatCannotBeWrittenIsTheMappingsFault() {
    assertThat(
            problemOf(
                    () ->
                        format(
                                (tree, charset) -> {
                                  throw new IllegalStateException();
                                })
                            .write(Map.of()))
                .sentence())
        .startsWith("mapping: the format 'scripted' cannot write it: IllegalStateException at");
    assertThat(problemOf(() -> format((tree, charset) -> null).write(Map.of())).code())
        .isEqualTo(ProblemCode.MAPPING);
  }

  @Test
  void aSchemaIsCheckedBothWays() {
    LibraryFormat format =
        new LibraryFormat(
            new Scripted((given, charset) -> Map.of("b", 1)),
            JsonSchemaFactory.getInstance(SpecVersion.VersionFlag.V202012)
                .getSchema("{\"required\": [\"a\"]}"),
            TextCodec.of("UTF-8", Unmappable.REJECT),
            LIMITS);

    assertThat(problemOf(() -> format.read("any")).code()).isEqualTo(ProblemCode.MISSING_FIELD);
    assertThat(problemOf(() -> format.write(Map.of())).code()).isEqualTo(ProblemCode.MISSING_FIELD);
  }

  @Test
  void theExampleReadsWhatItWrites() {
    TicketLinesFormat lines = new TicketLinesFormat();
    Map<String, Object> fields = Map.of("TX", "宽带无法上网,\n客户称灯闪红");
    byte[] written = lines.write(fields, Charset.forName("GBK"));

    assertThat(lines.parse(written, Charset.forName("GBK"))).isEqualTo(fields);
    assertThat(new String(written, Charset.forName("GBK")))
        .isEqualTo("TX:宽带无法上网,\n+客户称灯闪红\nEND:31\n");
    assertThat(problemOf(() -> lines.parse("NO:1\nNO:2\nEND:10".getBytes(UTF_8), UTF_8)).sentence())
        .isEqualTo("repeated-key, line 2, field NO: the key is there twice");
  }
}
