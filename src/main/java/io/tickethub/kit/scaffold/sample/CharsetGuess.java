package io.tickethub.kit.scaffold.sample;

import io.tickethub.definition.DefinitionException;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.CharsetDecoder;
import java.nio.charset.CodingErrorAction;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Finds the one charset in which all files of a channel are text. */
final class CharsetGuess {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final Charset GBK = Charset.forName("GBK");
  private static final Pattern DECLARATION =
      Pattern.compile("^\\s*<\\?xml[^>]*encoding\\s*=\\s*[\"']([\\w-]+)[\"']");

  /** The first level of GB 2312: the characters nearly every Chinese text is made of. */
  private static final int FIRST_COMMON = 0xB0;

  private static final int LAST_COMMON = 0xD7;
  private static final double TEXT_OF_CHINESE = 0.6;

  private CharsetGuess() {}

  static Guess<Charset> of(List<byte[]> files) {
    return marked(files)
        .or(() -> declared(files))
        .or(() -> wide(files))
        .orElseGet(() -> byDecoding(files));
  }

  private static Optional<Guess<Charset>> marked(List<byte[]> files) {
    if (files.stream().anyMatch(file -> starts(file, 0xFF, 0xFE) || starts(file, 0xFE, 0xFF))) {
      return Optional.of(new Guess<>(StandardCharsets.UTF_16, 0.99, "a byte order mark"));
    }
    if (files.stream().anyMatch(file -> starts(file, 0xEF, 0xBB, 0xBF))
        && all(files, StandardCharsets.UTF_8)) {
      return Optional.of(new Guess<>(StandardCharsets.UTF_8, 0.99, "a byte order mark"));
    }
    return Optional.empty();
  }

  private static Optional<Guess<Charset>> declared(List<byte[]> files) {
    for (byte[] file : files) {
      String beginning =
          new String(file, 0, Math.min(file.length, 200), StandardCharsets.ISO_8859_1);
      Matcher declaration = DECLARATION.matcher(beginning);
      if (declaration.find() && Charset.isSupported(declaration.group(1))) {
        Charset charset = Charset.forName(declaration.group(1));
        if (all(files, charset.equals(GBK) ? GB18030 : charset)) {
          return Optional.of(new Guess<>(charset, 0.97, "the XML declaration says so"));
        }
      }
    }
    return Optional.empty();
  }

  private static Optional<Guess<Charset>> wide(List<byte[]> files) {
    for (Charset charset : List.of(StandardCharsets.UTF_16LE, StandardCharsets.UTF_16BE)) {
      int high = charset.equals(StandardCharsets.UTF_16LE) ? 1 : 0;
      if (files.stream().allMatch(file -> zerosAt(file, high) > 0.3) && all(files, charset)) {
        return Optional.of(new Guess<>(charset, 0.8, "every second byte of its ASCII is zero"));
      }
    }
    return Optional.empty();
  }

  private static Guess<Charset> byDecoding(List<byte[]> files) {
    if (files.stream().allMatch(CharsetGuess::isAscii)) {
      return new Guess<>(StandardCharsets.UTF_8, 0.6, "only ASCII in the samples");
    }
    if (all(files, StandardCharsets.UTF_8)) {
      return new Guess<>(StandardCharsets.UTF_8, 0.98, "not only ASCII, and valid throughout");
    }
    long lines = lines(files, line -> true);
    long readable = lines(files, line -> decodes(line, GB18030));
    double common = shareOfCommonChinese(files);
    if (lines > 0 && (double) readable / lines >= 0.9 && common > TEXT_OF_CHINESE) {
      boolean larger = !all(files, GBK);
      return new Guess<>(
          GB18030,
          Math.min(0.97, 0.5 + common / 2) * readable / lines,
          larger
              ? "no UTF-8; characters that GBK lacks; common Chinese characters"
              : "no UTF-8; common Chinese characters; read as the superset of GBK");
    }
    double ofUtf8 =
        lines == 0 ? 0 : (double) lines(files, l -> decodes(l, StandardCharsets.UTF_8)) / lines;
    if (ofUtf8 >= 0.8) {
      return new Guess<>(StandardCharsets.UTF_8, 0.6 * ofUtf8, "most lines are valid");
    }
    if (all(files, Charset.forName("windows-1252"))) {
      return new Guess<>(
          Charset.forName("windows-1252"), 0.4, "neither UTF-8 nor Chinese; a Western charset");
    }
    throw new DefinitionException(
        "the samples are text in no charset known here (UTF-8, GB18030, UTF-16, windows-1252); are"
            + " they compressed or encrypted?");
  }

  private static double shareOfCommonChinese(List<byte[]> files) {
    long pairs = 0;
    long common = 0;
    for (byte[] file : files) {
      int i = 0;
      while (i + 1 < file.length) {
        int lead = file[i] & 0xFF;
        if (lead < 0x81) {
          i++;
          continue;
        }
        int trail = file[i + 1] & 0xFF;
        boolean letter = lead >= FIRST_COMMON && lead <= 0xF7 && trail >= 0xA1;
        boolean sign = lead >= 0xA1 && lead <= 0xA9 && trail >= 0xA1;
        pairs += sign ? 0 : 1;
        common += letter && lead <= LAST_COMMON ? 1 : 0;
        i += 2;
      }
    }
    return pairs == 0 ? 0 : (double) common / pairs;
  }

  private static long lines(List<byte[]> files, Predicate<byte[]> wanted) {
    return files.stream().flatMap(file -> Lines.of(file).stream()).filter(wanted).count();
  }

  private static boolean all(List<byte[]> files, Charset charset) {
    return files.stream().allMatch(file -> decodes(file, charset));
  }

  private static boolean decodes(byte[] bytes, Charset charset) {
    CharsetDecoder decoder =
        charset
            .newDecoder()
            .onMalformedInput(CodingErrorAction.REPORT)
            .onUnmappableCharacter(CodingErrorAction.REPORT);
    try {
      decoder.decode(ByteBuffer.wrap(bytes));
      return true;
    } catch (CharacterCodingException e) {
      return false;
    }
  }

  private static boolean isAscii(byte[] bytes) {
    for (byte b : bytes) {
      if (b < 0) {
        return false;
      }
    }
    return true;
  }

  private static double zerosAt(byte[] file, int parity) {
    int zeros = 0;
    for (int i = parity; i < file.length; i += 2) {
      zeros += file[i] == 0 ? 1 : 0;
    }
    return file.length < 2 ? 0 : (double) zeros * 2 / file.length;
  }

  private static boolean starts(byte[] file, int... mark) {
    for (int i = 0; i < mark.length; i++) {
      if (i >= file.length || (file[i] & 0xFF) != mark[i]) {
        return false;
      }
    }
    return true;
  }
}
