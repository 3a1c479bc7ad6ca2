package io.tickethub.kit.quality;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import java.nio.file.Files;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;

/** What rules ask of a product adapter. */
final class ProductChecks {

  private static final Set<String> LEVELS = Set.of("gold", "silver", "otherwise");

  private ProductChecks() {}

  static List<Finding> complete(ProductSubject subject) {
    List<Finding> findings = new ArrayList<>(ManifestChecks.titles(subject.product().titles()));
    if (subject.attributes().isEmpty()) {
      findings.add(new Finding("attributes", "the schema has no properties"));
    }
    return findings;
  }

  static List<Finding> readme(ProductSubject subject) {
    List<String> texts = new ArrayList<>(List.of("Privacy"));
    subject.attributes().forEach(attribute -> texts.add("`" + attribute.getKey() + "`"));
    subject.product().responsible().ifPresent(name -> texts.add("`" + name + "`"));
    return texts.stream()
        .filter(text -> !subject.readme().contains(text))
        .map(text -> new Finding(text.replace("`", ""), "README.md lacks " + text))
        .toList();
  }

  static List<Finding> examples(ProductSubject subject) {
    List<Finding> findings = new ArrayList<>();
    for (ExampleCase example : subject.examples()) {
      String name = example.folder().getFileName().toString();
      List<String> expected =
          StreamSupport.stream(example.tree("rejected").spliterator(), false)
              .map(problem -> text(problem.path("code").asText(), problem.path("field").asText()))
              .toList();
      List<String> actual =
          subject.product().check(attributes(example)).stream().map(ProductChecks::text).toList();
      if (!expected.equals(actual)) {
        findings.add(
            new Finding(
                name, "examples/%s: expected %s but got %s".formatted(name, expected, actual)));
      }
    }
    if (subject.examples().stream().noneMatch(example -> example.has("rejected"))) {
      findings.add(new Finding("refused", "no example is refused"));
    }
    if (subject.examples().stream().allMatch(example -> example.has("rejected"))) {
      findings.add(new Finding("taken", "no example is taken"));
    }
    return findings;
  }

  static List<Finding> described(ProductSubject subject) {
    List<Finding> findings = new ArrayList<>();
    for (Map.Entry<String, JsonNode> attribute : subject.attributes()) {
      if (attribute.getValue().path("description").asText().isBlank()) {
        findings.add(
            new Finding(
                attribute.getKey(),
                "attribute '%s' has no description".formatted(attribute.getKey())));
      }
    }
    if (!subject.schema().path("additionalProperties").isBoolean()
        || subject.schema().path("additionalProperties").asBoolean()) {
      findings.add(
          new Finding("additionalProperties", "the schema lets other attributes in: say false"));
    }
    return findings;
  }

  static List<Finding> requiredRefused(ProductSubject subject) {
    Set<String> refused = refused(subject, ProblemCode.MISSING_FIELD);
    return StreamSupport.stream(subject.raw().path("required").spliterator(), false)
        .map(JsonNode::asText)
        .filter(name -> !refused.contains(name))
        .map(
            name -> new Finding(name, "no example is refused for the lack of '%s'".formatted(name)))
        .toList();
  }

  static List<Finding> formsRefused(ProductSubject subject) {
    Set<String> refused = refused(subject, ProblemCode.INVALID_VALUE);
    return subject.attributes().stream()
        .filter(
            attribute ->
                Stream.of("pattern", "enum", "maxLength").anyMatch(attribute.getValue()::has))
        .map(Map.Entry::getKey)
        .filter(name -> !refused.contains(name))
        .map(name -> new Finding(name, "no example is refused for a wrong '%s'".formatted(name)))
        .toList();
  }

  static List<Finding> inExamples(ProductSubject subject) {
    Set<String> taken = new TreeSet<>();
    subject.examples().stream()
        .filter(example -> !example.has("rejected"))
        .forEach(example -> taken.addAll(attributes(example).keySet()));
    return subject.attributes().stream()
        .map(Map.Entry::getKey)
        .filter(name -> !taken.contains(name))
        .map(name -> new Finding(name, "no example that is taken has '%s'".formatted(name)))
        .toList();
  }

  static List<Finding> repairLimits(ProductSubject subject) {
    return LEVELS.stream()
        .sorted()
        .filter(level -> !subject.raw().path("repair-limits").has(level))
        .map(level -> new Finding(level, "repair-limits has no '%s'".formatted(level)))
        .toList();
  }

  static List<Finding> masked(ProductSubject subject) {
    List<Finding> findings = new ArrayList<>();
    Set<String> masked = subject.product().masking().keySet();
    masked.stream()
        .filter(name -> !subject.schema().path("properties").has(name))
        .forEach(
            name ->
                findings.add(
                    new Finding(name, "masking names '%s', no attribute".formatted(name))));
    if (masked.isEmpty() && !subject.raw().path("sensitivity").asText().equals("none")) {
      findings.add(new Finding("masking", "its data are personal, but nothing is masked"));
    }
    return findings;
  }

  static List<Finding> responsibleThere(ProductSubject subject) {
    return Stream.concat(
            subject.product().responsible().stream(), subject.product().mustKnow().stream())
        .filter(
            name ->
                !Files.exists(
                    subject.folder().resolve("../..").resolve(name).resolve("connector.yaml")))
        .map(name -> new Finding(name, "there is no connector '%s'".formatted(name)))
        .toList();
  }

  private static Set<String> refused(ProductSubject subject, ProblemCode code) {
    Set<String> names = new TreeSet<>();
    for (ExampleCase example : subject.examples()) {
      example
          .tree("rejected")
          .forEach(
              problem -> {
                if (problem.path("code").asText().equals(code.code())) {
                  names.add(problem.path("field").asText().replaceFirst("^attributes\\.", ""));
                }
              });
    }
    return names;
  }

  private static Map<String, Object> attributes(ExampleCase example) {
    return new JsonMapper()
        .convertValue(example.tree("attributes"), new TypeReference<Map<String, Object>>() {});
  }

  private static String text(Problem problem) {
    return text(problem.code().code(), problem.field());
  }

  private static String text(String code, String field) {
    return code + " " + field;
  }
}
