package io.tickethub;

import static java.util.stream.Collectors.toMap;
import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import io.tickethub.ticket.EventType;
import io.tickethub.ticket.TicketKind;
import io.tickethub.ticket.TicketState;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/** The page {@code src/docs/domain.md} says what is so. */
class DomainPageTest {

  private static final Path PAGE = Path.of("src", "docs", "domain.md");
  private static final Path TESTS = Path.of("src", "test", "java");
  private static final Path CONNECTORS = Path.of("connectors");
  private static final Pattern NAME = Pattern.compile("`([^`]+)`");

  /** A row of a table: what it is of, and what shows it. */
  private record Row(String subject, List<String> evidence) {}

  private static List<Row> rows() throws IOException {
    return Files.readAllLines(PAGE).stream()
        .filter(line -> line.startsWith("| ") && !line.startsWith("| row |"))
        .map(line -> line.split("\\|"))
        .map(cells -> new Row(cells[1].strip(), names(cells[2])))
        .toList();
  }

  private static List<String> names(String text) {
    return NAME.matcher(text).results().map(found -> found.group(1)).toList();
  }

  @TestFactory
  Stream<DynamicTest> whatARowNamesIsThere() throws IOException {
    Map<String, Path> tests = testClasses();
    return rows().stream()
        .map(
            row ->
                dynamicTest(
                    row.subject(),
                    () -> {
                      assertThat(row.evidence()).isNotEmpty();
                      for (String name : row.evidence()) {
                        assertThat(exists(name, tests)).as(name).isTrue();
                      }
                    }));
  }

  @Test
  void everySystemKindProductClassStateAndEventHasARow() throws IOException {
    TreeSet<String> subjects = new TreeSet<>();
    rows().forEach(row -> subjects.addAll(names(row.subject())));

    assertThat(subjects)
        .containsAll(folders(CONNECTORS, "connector.yaml"))
        .containsAll(folders(CONNECTORS.resolve("products"), "product.yaml"))
        .containsAll(Arrays.stream(TicketKind.values()).map(TicketKind::code).toList())
        .containsAll(Arrays.stream(TicketState.values()).map(TicketState::code).toList())
        .containsAll(
            Arrays.stream(EventType.values())
                .filter(type -> type != EventType.STATE_CHANGED)
                .map(EventType::code)
                .toList());
  }

  private static boolean exists(String name, Map<String, Path> tests) throws IOException {
    if (name.contains("/")) {
      return Files.isDirectory(Path.of(name));
    }
    String[] parts = name.split("#");
    Path file = tests.get(parts[0]);
    return file != null
        && parts.length == 2
        && Pattern.compile("void %s\\(".formatted(Pattern.quote(parts[1])))
            .matcher(Files.readString(file))
            .find();
  }

  private static Map<String, Path> testClasses() throws IOException {
    try (Stream<Path> files = Files.walk(TESTS)) {
      return files
          .filter(
              file -> file.toString().endsWith("Test.java") || file.toString().endsWith("IT.java"))
          .collect(
              toMap(
                  file -> file.getFileName().toString().replace(".java", ""),
                  Function.identity(),
                  (one, other) -> one));
    }
  }

  private static List<String> folders(Path directory, String manifest) throws IOException {
    try (Stream<Path> entries = Files.list(directory)) {
      return entries
          .filter(entry -> Files.exists(entry.resolve(manifest)))
          .map(entry -> entry.getFileName().toString())
          .toList();
    }
  }
}
