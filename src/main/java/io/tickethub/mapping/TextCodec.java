package io.tickethub.mapping;

import io.tickethub.definition.DefinitionException;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.ByteBuffer;
import java.nio.CharBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetEncoder;
import java.nio.charset.CoderResult;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.IllegalCharsetNameException;
import java.nio.charset.UnsupportedCharsetException;
import java.text.Normalizer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.UnaryOperator;

/**
 * One system's way of writing text as bytes. Where a system says GBK or GB2312 its bytes are read
 * as GB18030, their superset, because real systems put characters of the larger set into such
 * files.
 */
public final class TextCodec {

  /** What to do with a character the other system's charset lacks. */
  public enum Unmappable {
    REJECT,
    REPLACE,
    TRANSLITERATE
  }

  private final Charset reads;
  private final Charset writes;
  private final Unmappable unmappable;

  private TextCodec(Charset reads, Charset writes, Unmappable unmappable) {
    this.reads = reads;
    this.writes = writes;
    this.unmappable = unmappable;
  }

  /**
   * A codec for the charset of this name; throws {@link DefinitionException} for an unknown one.
   */
  public static TextCodec of(String charsetName, Unmappable unmappable) {
    Charset charset = charset(charsetName);
    boolean chinese = charset.name().equals("GBK") || charset.name().equals("GB2312");
    return new TextCodec(chinese ? charset("GB18030") : charset, charset, unmappable);
  }

  /** The charset in which this system's bytes are written. */
  public Charset charset() {
    return writes;
  }

  /** The charset in which this system's bytes are read: that of writing, or a superset of it. */
  Charset readCharset() {
    return reads;
  }

  /** The text, without a byte order mark. */
  public String decode(byte[] bytes) {
    try {
      String text =
          reads
              .newDecoder()
              .onMalformedInput(CodingErrorAction.REPORT)
              .onUnmappableCharacter(CodingErrorAction.REPORT)
              .decode(ByteBuffer.wrap(bytes))
              .toString();
      return text.startsWith("\uFEFF") ? text.substring(1) : text;
    } catch (CharacterCodingException e) {
      throw new MappingException(
          ProblemCode.UNDECODABLE,
          "byte %d is not %s text".formatted(firstBadByte(bytes), writes.name()));
    }
  }

  /** The bytes a text was read from, but for a byte order mark. */
  byte[] bytes(String decoded) {
    return decoded.getBytes(reads);
  }

  public byte[] encode(String text) {
    try {
      return bytes(encoder(CodingErrorAction.REPORT).encode(characters(text)));
    } catch (CharacterCodingException e) {
      return encodeLossy(text);
    }
  }

  /**
   * A tree whose texts hold what the charset lacks in its nearest form, if that is the policy. To
   * be asked before a format writes the tree: a nearest form may be a quote, a delimiter or a
   * bracket.
   */
  Object writable(Object tree) {
    return unmappable == Unmappable.TRANSLITERATE ? texts(tree, this::transliterated) : tree;
  }

  /**
   * A tree whose texts hold only what the charset has, for a format that makes bytes itself; throws
   * if the policy is to reject the others.
   */
  Object sayable(Object tree) {
    return texts(
        tree, text -> writes.newEncoder().canEncode(text) ? text : decode(encodeLossy(text)));
  }

  private static Object texts(Object tree, UnaryOperator<String> each) {
    if (tree instanceof Map<?, ?> map) {
      Map<Object, Object> result = new LinkedHashMap<>();
      map.forEach((name, value) -> result.put(name, texts(value, each)));
      return result;
    }
    if (tree instanceof List<?> list) {
      List<Object> result = new ArrayList<>();
      list.forEach(value -> result.add(texts(value, each)));
      return result;
    }
    return tree instanceof String text ? each.apply(text) : tree;
  }

  private String transliterated(String text) {
    CharsetEncoder encoder = writes.newEncoder();
    if (encoder.canEncode(text)) {
      return text;
    }
    StringBuilder result = new StringBuilder();
    Normalizer.normalize(text, Normalizer.Form.NFC)
        .codePoints()
        .mapToObj(Character::toString)
        .map(
            character ->
                encoder.canEncode(character)
                    ? character
                    : Normalizer.normalize(character, Normalizer.Form.NFKC))
        .forEach(result::append);
    return result.toString();
  }

  private byte[] encodeLossy(String text) {
    try {
      return switch (unmappable) {
        case REJECT -> throw new MappingException(unmappableProblem(text));
        case REPLACE, TRANSLITERATE ->
            bytes(encoder(CodingErrorAction.REPLACE).encode(characters(text)));
      };
    } catch (CharacterCodingException e) {
      throw new MappingException(unmappableProblem(text));
    }
  }

  private Problem unmappableProblem(String text) {
    CharsetEncoder encoder = writes.newEncoder();
    String offender =
        text.codePoints()
            .filter(point -> !encoder.canEncode(Character.toString(point)))
            .mapToObj(Character::toString)
            .findFirst()
            .orElse("?");
    return Problem.of(
        ProblemCode.UNDECODABLE,
        null,
        offender,
        "a character cannot be written in " + writes.name());
  }

  private CharsetEncoder encoder(CodingErrorAction onUnmappable) {
    return writes.newEncoder().onMalformedInput(onUnmappable).onUnmappableCharacter(onUnmappable);
  }

  /**
   * As an array, of which encoders take many characters at once; of a text they take one by one.
   */
  private static CharBuffer characters(String text) {
    return CharBuffer.wrap(text.toCharArray());
  }

  private static byte[] bytes(ByteBuffer buffer) {
    byte[] bytes = new byte[buffer.remaining()];
    buffer.get(bytes);
    return bytes;
  }

  /** The offset of the first byte that begins no character; the length if all do. */
  int firstBadByte(byte[] bytes) {
    ByteBuffer in = ByteBuffer.wrap(bytes);
    CoderResult result =
        reads.newDecoder().decode(in, CharBuffer.allocate(bytes.length * 2 + 2), true);
    return result.isError() ? in.position() : bytes.length;
  }

  private static Charset charset(String name) {
    try {
      return Charset.forName(name);
    } catch (IllegalCharsetNameException | UnsupportedCharsetException e) {
      throw new DefinitionException("unknown charset '%s'".formatted(name));
    }
  }
}
