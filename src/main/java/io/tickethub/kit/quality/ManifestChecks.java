package io.tickethub.kit.quality;

import io.tickethub.connector.ConnectorCheck;
import io.tickethub.connector.example.ExampleOutcome;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.ConnectorManifest.Setting;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.function.Predicate;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** What rules ask of a connector's manifest, routes and README. */
final class ManifestChecks {

  private static final Pattern HAN = Pattern.compile("\\p{IsHan}");
  private static final Pattern TODO = Pattern.compile("\\bTODO\\b");
  private static final Pattern SECRET_NAME =
      Pattern.compile("(?i).*(password|passwd|passphrase|secret|token|api-?key|private-?key)$");

  /** A value that is no placeholder, in a URL or a YAML key. */
  private static final Pattern SECRET_VALUE =
      Pattern.compile(
          "(?i)[\\w-]*(?:password|passphrase|secret|token|api-?key)(?:=|:[ \\t]+)"
              + "(?![\"']?(?:RAW\\()?\\{\\{)(?![\"']?[{\\[$])[\"']?([^\\s&\"',}]+)");

  private static final int LEAST_DESCRIPTION = 10;
  private static final int LEAST_PURPOSE = 40;

  private ManifestChecks() {}

  static List<Finding> manifestComplete(ConnectorSubject subject) {
    ConnectorManifest manifest = subject.manifest();
    List<Finding> findings = new ArrayList<>(titles(manifest.titles()));
    need(findings, "owner.team", manifest.owner().team());
    need(findings, "owner.contact", manifest.owner().contact());
    if (subject.channels().isEmpty() && manifest.exports().isEmpty()) {
      findings.add(new Finding("channels", "there is no channel"));
    }
    return findings;
  }

  /** Titles in both languages. */
  static List<Finding> titles(Map<String, String> titles) {
    List<Finding> findings = new ArrayList<>();
    need(findings, "titles.en", titles.get("en"));
    need(findings, "titles.zh", titles.get("zh"));
    if (!HAN.matcher(titles.getOrDefault("zh", "")).find()) {
      findings.add(new Finding("titles.zh", "titles.zh has no Chinese character"));
    }
    return findings;
  }

  private static void need(List<Finding> findings, String key, String value) {
    if (value == null || value.isBlank()) {
      findings.add(new Finding(key, key + " is empty"));
    } else if (TODO.matcher(value).find()) {
      findings.add(new Finding(key, key + " still says TODO"));
    }
  }

  static List<Finding> folderSound(ConnectorSubject subject) {
    ConnectorCheck.Report report = ConnectorCheck.check(subject.folder());
    return Stream.concat(
            report.problems().stream().map(problem -> new Finding("folder", problem)),
            report.examples().stream()
                .filter(example -> !example.passed())
                .map(ManifestChecks::failure))
        .toList();
  }

  private static Finding failure(ExampleOutcome example) {
    return new Finding(
        example.name(),
        "examples/%s does not pass; see hub connector check".formatted(example.name()));
  }

  static List<Finding> readme(ConnectorSubject subject) {
    String readme = subject.readme();
    if (readme.isBlank()) {
      return List.of(new Finding("README.md", "there is no README.md"));
    }
    List<Finding> findings = new ArrayList<>();
    String purpose = readme.replaceFirst("(?s)^#[^\\n]*\\n", "").strip().split("\\n\\s*\\n", 2)[0];
    if (purpose.startsWith("#") || purpose.length() < LEAST_PURPOSE) {
      findings.add(new Finding("purpose", "README.md does not begin with its purpose"));
    }
    String name = subject.manifest().name();
    Stream.of(
            subject.channels().stream().map(channel -> "`" + channel + "`"),
            subject.manifest().settings().keySet().stream().map(setting -> "`" + setting + "`"),
            Stream.of("hub connector check " + name, "hub pause " + name))
        .flatMap(texts -> texts)
        .filter(text -> !readme.contains(text))
        .forEach(
            text -> findings.add(new Finding(text.replace("`", ""), "README.md lacks " + text)));
    return findings;
  }

  static List<Finding> settingsDescribed(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    subject
        .manifest()
        .settings()
        .forEach(
            (name, setting) -> {
              String text = setting.description().strip();
              if (text.length() < LEAST_DESCRIPTION || TODO.matcher(text).find()) {
                findings.add(new Finding(name, "setting '%s' is not described".formatted(name)));
              }
            });
    return findings;
  }

  static List<Finding> secretsByReference(ConnectorSubject subject) {
    List<Finding> findings = new ArrayList<>();
    subject
        .manifest()
        .settings()
        .forEach(
            (name, setting) -> {
              boolean secret = setting.type() == Setting.Type.SECRET;
              if (!secret && SECRET_NAME.matcher(name).matches()) {
                findings.add(
                    new Finding(
                        name,
                        "setting '%s' is a secret by its name: type: secret".formatted(name)));
              }
              if (secret && setting.defaultValue() != null) {
                findings.add(
                    new Finding(name, "setting '%s' has a secret for a default".formatted(name)));
              }
            });
    for (Path route : subject.definition().routes()) {
      Matcher value = SECRET_VALUE.matcher(ConnectorSubject.text(route));
      while (value.find()) {
        findings.add(
            new Finding(
                route.getFileName().toString(),
                "%s writes a secret at '%s…': use {{setting}}"
                    .formatted(route, value.group().replace(value.group(1), ""))));
      }
    }
    return findings;
  }

  static List<Finding> schemas(ConnectorSubject subject) {
    return missingKey(
        subject, subject.channels(), channel -> has(subject, channel, "schema"), "has no schema");
  }

  static List<Finding> messageIds(ConnectorSubject subject) {
    return inboundKey(subject, "message-id");
  }

  static List<Finding> sameId(ConnectorSubject subject) {
    return inboundKey(subject, "same-id-other-bytes");
  }

  static List<Finding> expectedRhythm(ConnectorSubject subject) {
    return inboundKey(subject, "expected-every");
  }

  static List<Finding> limits(ConnectorSubject subject) {
    return missingKey(
        subject,
        subject.manifest().inbound().keySet(),
        channel -> !subject.raw().at("/inbound/%s/limits/size".formatted(channel)).isMissingNode(),
        "has no limits.size");
  }

  static List<Finding> repetitionHarmless(ConnectorSubject subject) {
    return missingKey(
        subject,
        subject.manifest().outbound().keySet(),
        channel -> subject.manifest().outbound().get(channel).idempotency() != Idempotency.NONE,
        "has idempotency: none");
  }

  static List<Finding> rates(ConnectorSubject subject) {
    return subject.manifest().outbound().isEmpty()
        ? List.of()
        : Stream.of("concurrency", "per-second", "first-retry", "longest-retry")
            .filter(key -> subject.raw().path("delivery").path(key).isMissingNode())
            .map(key -> new Finding(key, "delivery.%s is not given".formatted(key)))
            .toList();
  }

  /** README has a list under a heading. */
  static List<Finding> section(ConnectorSubject subject, String heading) {
    return Pattern.compile("(?m)^## %s\\n+- \\S".formatted(Pattern.quote(heading)))
            .matcher(subject.readme())
            .find()
        ? List.of()
        : List.of(new Finding(heading, "README.md has no list under '## %s'".formatted(heading)));
  }

  private static List<Finding> inboundKey(ConnectorSubject subject, String key) {
    return missingKey(
        subject,
        subject.manifest().inbound().keySet(),
        channel -> has(subject, channel, key),
        "has no " + key);
  }

  private static boolean has(ConnectorSubject subject, String channel, String key) {
    return Set.of("inbound", "outbound").stream()
        .anyMatch(way -> subject.raw().path(way).path(channel).has(key));
  }

  private static List<Finding> missingKey(
      ConnectorSubject subject,
      Iterable<String> channels,
      Predicate<String> isThere,
      String otherwise) {
    List<Finding> findings = new ArrayList<>();
    for (String channel : channels) {
      if (!isThere.test(channel)) {
        findings.add(new Finding(channel, "channel '%s' %s".formatted(channel, otherwise)));
      }
    }
    return findings;
  }
}
