package io.tickethub.notice;

import com.fasterxml.jackson.databind.ObjectMapper;
import io.tickethub.alert.AlertKind;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.notice.NoticeProperties.Mail;
import io.tickethub.notice.NoticeProperties.To;
import io.tickethub.notice.NoticeProperties.Webhook;
import io.tickethub.privacy.SecretReference;
import java.net.URI;
import java.time.Clock;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.UnaryOperator;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Who is told, by name. */
final class Recipients {

  private static final Pattern REFERENCE = Pattern.compile("(env|file):.+");

  private final SortedMap<String, Recipient> byName = new TreeMap<>();
  private final SortedMap<String, Set<AlertKind>> kinds = new TreeMap<>();
  private final UnaryOperator<String> environment;

  /**
   * {@code environment} gives the value of an environment variable, or null.
   *
   * @throws IllegalArgumentException if one of them is not said well
   */
  Recipients(
      Map<String, To> given,
      Connectors connectors,
      ConnectorControls controls,
      ObjectMapper json,
      Clock clock,
      UnaryOperator<String> environment) {
    this.environment = environment;
    given.forEach(
        (name, to) -> {
          String key = "hub.alerts.notify." + name;
          long ways =
              Stream.of(to.webhook(), to.mail(), to.connector()).filter(Objects::nonNull).count();
          if (ways != 1) {
            throw new IllegalArgumentException(
                "%s: say one of webhook, mail and connector".formatted(key));
          }
          kinds.put(
              name, to.kinds().isEmpty() ? Set.of(AlertKind.values()) : Set.copyOf(to.kinds()));
          byName.put(
              name,
              to.webhook() != null
                  ? webhook(key + ".webhook", to.webhook(), json, clock)
                  : to.mail() != null
                      ? mail(key + ".mail", to.mail())
                      : new ConnectorRecipient(
                          needed(key + ".connector.name", to.connector().name()),
                          to.connector().owner(),
                          connectors,
                          controls));
        });
  }

  private Recipient webhook(String key, Webhook webhook, ObjectMapper json, Clock clock) {
    String address = needed(key + ".url", webhook.url());
    boolean secret = REFERENCE.matcher(address).matches();
    String url = secret ? SecretReference.read(key + ".url", address, environment) : address;
    if (!url.matches("https?://[^/\\s]+\\S*")) {
      throw new IllegalArgumentException("%s.url: write http:// or https://".formatted(key));
    }
    return new WebhookRecipient(
        URI.create(url),
        SecretReference.read(key + ".secret", webhook.secret(), environment),
        json,
        clock);
  }

  private Recipient mail(String key, Mail mail) {
    needed(key + ".host", mail.host());
    if (mail.to().isEmpty()) {
      throw new IllegalArgumentException("%s.to: say whom".formatted(key));
    }
    return new MailRecipient(
        key,
        mail,
        mail.username() == null
            ? null
            : SecretReference.read(key + ".password", mail.password(), environment));
  }

  private static String needed(String key, String value) {
    if (value == null || value.isBlank()) {
      throw new IllegalArgumentException("%s is missing".formatted(key));
    }
    return value;
  }

  SortedMap<String, Recipient> all() {
    return byName;
  }

  /** The names of those who are told of the same kinds of alerts, by these kinds. */
  Map<Set<AlertKind>, Set<String>> byKinds() {
    Map<Set<AlertKind>, Set<String>> alike = new LinkedHashMap<>();
    kinds.forEach((name, of) -> alike.computeIfAbsent(of, any -> new TreeSet<>()).add(name));
    return alike;
  }

  Optional<Recipient> find(String name) {
    return Optional.ofNullable(byName.get(name));
  }
}
