package io.tickethub.kit.scaffold;

import io.tickethub.kit.scaffold.sample.SampleFile;
import io.tickethub.kit.scaffold.sample.Samples;
import io.tickethub.kit.scaffold.sample.Shape;
import java.nio.charset.Charset;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;

/** The examples that samples become, by name. */
final class ExampleNames {

  private static final int MOST_LINES = 20;

  private ExampleNames() {}

  /**
   * Each sample byte for byte.
   *
   * @param files a message is a file; otherwise each JSON line is one, of which the first twenty
   *     become examples
   */
  static Map<String, byte[]> of(Samples samples, boolean files) {
    Map<String, byte[]> examples = new LinkedHashMap<>();
    for (SampleFile file : samples.files()) {
      String name = name(file);
      if (!files && samples.shape().value() == Shape.JSON_LINES) {
        lines(examples, name, file, samples.charset().value());
      } else {
        put(examples, name, file.bytes());
      }
    }
    return examples;
  }

  private static void lines(
      Map<String, byte[]> examples, String name, SampleFile file, Charset charset) {
    new String(file.bytes(), charset)
        .lines()
        .filter(line -> !line.isBlank())
        .limit(MOST_LINES)
        .forEach(line -> put(examples, name + "-line", line.getBytes(charset)));
  }

  private static void put(Map<String, byte[]> examples, String name, byte[] body) {
    String free = name;
    for (int i = 2; examples.containsKey(free); i++) {
      free = name + "-" + i;
    }
    examples.put(free, body);
  }

  private static String name(SampleFile file) {
    int dot = file.name().lastIndexOf('.');
    String stem = dot <= 0 ? file.name() : file.name().substring(0, dot);
    String name =
        stem.toLowerCase(Locale.ROOT).replaceAll("[^\\p{L}\\p{N}]+", "-").replaceAll("^-+|-+$", "");
    return name.isEmpty() ? "sample" : name;
  }
}
