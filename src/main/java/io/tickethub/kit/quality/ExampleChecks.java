package io.tickethub.kit.quality;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.connector.folder.ConnectorManifest.Outbound;
import io.tickethub.ticket.ProblemCode;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** What rules ask of a connector's examples. */
final class ExampleChecks {

  private ExampleChecks() {}

  static List<Finding> channelExamples(ConnectorSubject subject) {
    return subject.channels().stream()
        .filter(channel -> subject.examplesOf(channel).isEmpty())
        .map(channel -> new Finding(channel, "channel '%s' has no example".formatted(channel)))
        .toList();
  }

  static List<Finding> refusedExamples(ConnectorSubject subject) {
    return sorted(subject.manifest().inbound().keySet())
        .filter(channel -> subject.examplesOf(channel).stream().noneMatch(e -> e.has("rejected")))
        .map(
            channel ->
                new Finding(
                    channel, "channel '%s' has no case with rejected.yaml".formatted(channel)))
        .toList();
  }

  static List<Finding> toldExamples(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(subject.manifest().outbound())
        .forEach(
            (channel, form) -> {
              Set<String> sent =
                  subject.examplesOf(channel).stream()
                      .filter(example -> example.has("sent"))
                      .map(example -> example.tree("told").path("code").asText())
                      .collect(Collectors.toSet());
              sorted(form.tells())
                  .filter(code -> !sent.contains(code))
                  .forEach(
                      code ->
                          findings.add(
                              new Finding(
                                  channel + "/" + code,
                                  "channel '%s' has no example of what is sent for '%s'"
                                      .formatted(channel, code))));
            });
    return findings;
  }

  static List<Finding> answers(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(subject.manifest().outbound())
        .forEach(
            (channel, form) -> {
              if (form.answer() != null) {
                findings.addAll(answers(subject, channel, form));
              }
            });
    return findings;
  }

  private static List<Finding> answers(ConnectorSubject subject, String channel, Outbound form) {
    List<JsonNode> answered =
        subject.examplesOf(channel).stream()
            .filter(example -> example.has("answer"))
            .map(example -> example.tree("answered"))
            .toList();
    if (answered.stream().allMatch(answer -> answer.has("failure"))) {
      return List.of(
          new Finding(channel, "channel '%s' has no case with a good answer.*".formatted(channel)));
    }
    boolean knowsFailures = subject.content(form.answer().mapping()).contains("\"failure\"");
    return knowsFailures && answered.stream().noneMatch(answer -> answer.has("failure"))
        ? List.of(
            new Finding(
                channel, "channel '%s' has no case with an answer that refuses".formatted(channel)))
        : List.of();
  }

  static List<Finding> sourceFields(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    new TreeMap<>(subject.definition().inbound())
        .forEach(
            (name, channel) -> {
              Set<String> fields = new TreeSet<>(SourceFields.of(subject.folder(), channel));
              subject.examplesOf(name).stream()
                  .flatMap(example -> example.bytes("received").stream())
                  .forEach(bytes -> fields.addAll(SourceFields.in(channel, bytes)));
              Set<String> used =
                  SourceFields.namesIn(
                      subject.content(channel.form().mapping()) + " " + channel.form().messageId());
              fields.stream()
                  .filter(field -> !used.contains(field))
                  .forEach(
                      field ->
                          findings.add(
                              new Finding(
                                  name + "/" + field,
                                  "channel '%s': the mapping does not use '%s'"
                                      .formatted(name, field))));
            });
    return findings;
  }

  static List<Finding> charsets(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    for (String channel : subject.channels()) {
      List<ExampleCase> examples = subject.examplesOf(channel);
      if (examples.stream().noneMatch(ExampleChecks::isBeyondAscii)) {
        findings.add(
            new Finding(
                channel, "channel '%s' has no example with Chinese text".formatted(channel)));
      }
      boolean utf8 = Charset.forName(subject.charset(channel)).equals(StandardCharsets.UTF_8);
      if (!utf8
          && subject.manifest().inbound().containsKey(channel)
          && examples.stream().noneMatch(ExampleChecks::isUndecodable)) {
        findings.add(
            new Finding(
                channel,
                "channel '%s' has no case whose rejected.yaml says 'undecodable'"
                    .formatted(channel)));
      }
    }
    return findings;
  }

  private static boolean isBeyondAscii(ExampleCase example) {
    return Stream.of("received", "sent", "answer")
        .flatMap(stem -> example.bytes(stem).stream())
        .anyMatch(
            bytes -> {
              for (byte b : bytes) {
                if (b < 0) {
                  return true;
                }
              }
              return false;
            });
  }

  private static boolean isUndecodable(ExampleCase example) {
    return example.tree("rejected").findValuesAsText("code").stream()
        .anyMatch(ProblemCode.UNDECODABLE.code()::equals);
  }

  private static Stream<String> sorted(Set<String> names) {
    return names.stream().sorted();
  }
}
