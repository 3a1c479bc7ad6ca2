package io.tickethub.kit.contract;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicLong;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Names of tickets, messages and customers that nothing else has: all connectors are tried in one
 * hub, where two tickets of one name would be one. Thread-safe.
 */
final class FreshNames {

  private static final Pattern NUMBER = Pattern.compile("[0-9]{3,}");
  private static final int MOST_DIGITS = 6;

  private final Set<String> endings = new HashSet<>();
  private final AtomicLong numbers = new AtomicLong(100);

  /** Names that no example of the connectors in a directory has. */
  FreshNames(Path directory) {
    for (Path folder : ExampleFolders.below(directory)) {
      Path examples = folder.resolve("examples");
      if (Files.isDirectory(examples)) {
        avoidAllIn(examples);
      }
    }
  }

  private void avoidAllIn(Path examples) {
    try (Stream<Path> files = Files.walk(examples)) {
      List<Path> texts = files.filter(Files::isRegularFile).toList();
      for (Path file : texts) {
        // Digits are the same bytes in every charset that an example is written in.
        avoidAllIn(Files.readString(file, StandardCharsets.ISO_8859_1));
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private void avoidAllIn(String text) {
    Matcher number = NUMBER.matcher(text);
    while (number.find()) {
      String digits = number.group();
      for (int length = 3; length <= Math.min(MOST_DIGITS, digits.length()); length++) {
        endings.add(digits.substring(digits.length() - length));
      }
    }
  }

  /** A name of the same length and look, if it ends in enough digits. */
  String another(String name) {
    String number = number();
    int kept = Math.max(0, name.length() - number.length());
    return name.substring(0, kept) + number;
  }

  private String number() {
    String number = Long.toString(numbers.incrementAndGet());
    while (endings.contains(number)) {
      number = Long.toString(numbers.incrementAndGet());
    }
    return number;
  }
}
