package io.tickethub.kit.rehearsal;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.TextNode;
import io.tickethub.connector.channel.DeliveryInput;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.OutboundTranslation.Sent;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** Has both versions write the newest deliveries to the system, and sends nothing. */
final class SentStage {

  /** More would only show the same again: what is sent depends on code and content, not on time. */
  static final int MOST = 1_000;

  private static final int PAGE = 100;

  private final RehearsalParts parts;
  private final Versions versions;
  private final DeliveryInput inputs;
  private final Progress progress;
  private final Findings findings;
  private final JsonMapper json = new JsonMapper();

  SentStage(RehearsalParts parts, Versions versions, Progress progress, Findings findings) {
    this.parts = parts;
    this.versions = versions;
    this.inputs = parts.inputs().apply(versions.span().connector());
    this.progress = progress;
    this.findings = findings;
  }

  void run() {
    progress.begin("deliveries", MOST);
    long end = versions.span().end();
    for (int done = 0; done < MOST; done += PAGE) {
      long before = end;
      List<OutboundDelivery> page =
          parts
              .reading()
              .execute(
                  status ->
                      parts
                          .deliveries()
                          .newest(
                              versions.span().connector(), versions.span().first(), before, PAGE));
      page.forEach(this::compare);
      if (page.size() < PAGE) {
        break;
      }
      end = page.get(page.size() - 1).id();
    }
  }

  private void compare(OutboundDelivery delivery) {
    Optional<OutboundChannel> now = versions.now().definition().channelFor(delivery.code());
    Optional<OutboundChannel> then = versions.then().definition().channelFor(delivery.code());
    if (now.isPresent()) {
      List<Difference> found = new ArrayList<>();
      if (then.isPresent()) {
        compare(delivery, now.get(), then.get(), found);
      } else {
        found.add(
            new Difference(
                Kind.DELIVERY,
                now.get().name(),
                "%s is told '%s'".formatted(delivery.connector(), delivery.code()),
                "once",
                "never"));
      }
      if (!found.isEmpty()) {
        findings.differences().add(delivery.key(), found);
      }
      findings.mappedAgain();
    }
    progress.step(1);
  }

  private void compare(
      OutboundDelivery delivery,
      OutboundChannel now,
      OutboundChannel then,
      List<Difference> found) {
    MaskedValues.Known known = parts.masked().known(List.of(delivery.ticket().content()));
    Map<String, Object> input = inputs.of(delivery);
    Written before = write(versions.now(), now, input);
    Written after = write(versions.then(), then, input);
    if (before.problem() != null || after.problem() != null) {
      if (!before.outcome().equals(after.outcome())) {
        found.add(
            new Difference(Kind.SENT, now.name(), "mapping", before.outcome(), after.outcome()));
      }
      return;
    }
    if (!Arrays.equals(before.sent().body(), after.sent().body())) {
      TreeDifferences.find(
          "",
          tree(before.sent(), now),
          tree(after.sent(), then),
          (path, was, is) -> found.add(difference(now, "body " + path, was, is, known)));
      if (found.isEmpty()) {
        found.add(new Difference(Kind.SENT, now.name(), "body", "bytes", "other bytes"));
      }
    }
    TreeDifferences.find(
        "header",
        json.valueToTree(before.sent().headers()),
        json.valueToTree(after.sent().headers()),
        (path, was, is) -> found.add(difference(now, path, was, is, known)));
  }

  private static Difference difference(
      OutboundChannel channel, String path, JsonNode was, JsonNode is, MaskedValues.Known known) {
    return new Difference(Kind.SENT, channel.name(), path, text(was, known), text(is, known));
  }

  private static String text(JsonNode value, MaskedValues.Known known) {
    return value.isMissingNode() ? "(nothing)" : MaskedValues.text(value.asText(), known);
  }

  /** What a version would send, or why it can send nothing. */
  private record Written(Sent sent, String problem) {
    private String outcome() {
      return problem == null ? "written" : problem;
    }
  }

  private static Written write(
      Reading version, OutboundChannel channel, Map<String, Object> input) {
    try {
      return new Written(channel.translation().write(input), null);
    } catch (MappingException e) {
      return new Written(null, version.withoutFolder(e.problem()).sentence());
    }
  }

  /** JSON as a tree, everything else line by line. */
  private JsonNode tree(Sent sent, OutboundChannel channel) {
    String text = new String(sent.body(), Charset.forName(channel.form().charset()));
    try {
      JsonNode tree = json.readTree(text);
      if (tree != null && tree.isContainerNode()) {
        return tree;
      }
    } catch (IOException e) {
      // It is no JSON.
    }
    var lines = json.createObjectNode();
    int number = 0;
    for (String line : text.split("\\R|(?<=>)(?=<[^/])")) {
      lines.set("part " + ++number, TextNode.valueOf(line));
    }
    return lines;
  }
}
