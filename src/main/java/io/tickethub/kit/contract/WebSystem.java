package io.tickethub.kit.contract;

import io.tickethub.connector.camel.RouteSurvey;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest;
import io.tickethub.connector.folder.ConnectorManifest.Inbound;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.connector.folder.Reconcile;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.kit.contract.server.WebServer;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.Deque;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.ConcurrentLinkedDeque;

/** What a connector's system answers to web requests: as its examples say. */
final class WebSystem {

  private static final byte[] TOKEN =
      "{\"access_token\": \"contract\", \"token_type\": \"Bearer\", \"expires_in\": 3600}"
          .getBytes(StandardCharsets.UTF_8);

  private final ConnectorDefinition definition;
  private final RouteSurvey survey;
  private final OutboundExamples examples;
  private final Pages pages = new Pages();
  private final Deque<byte[]> lists = new ConcurrentLinkedDeque<>();
  private volatile boolean hasDelivery;
  private volatile String losable;

  WebSystem(ConnectorDefinition definition, RouteSurvey survey, OutboundExamples examples) {
    this.definition = definition;
    this.survey = survey;
    this.examples = examples;
  }

  /** Asked whether it has a delivery, the system says so. */
  void hasDelivery(boolean has) {
    hasDelivery = has;
  }

  /** When replies are lost, only those to this channel are; null for all. */
  void losesRepliesTo(String channel) {
    losable = channel;
  }

  /** Asked for the list of its tickets, the system answers with these, one after the other. */
  void listsNext(List<byte[]> answers) {
    lists.clear();
    lists.addAll(answers);
  }

  /** How many of its answers nobody has asked for yet. */
  int listsLeft() {
    return lists.size();
  }

  /** What the system tells when it is asked for news. */
  Pages pages() {
    return pages;
  }

  WebServer.Reply answer(Received request) {
    if (isTokenRequest(request)) {
      return new WebServer.Reply(200, "application/json", TOKEN, false, false);
    }
    if (request.method().equals("GET") && isPolled(request)) {
      return new WebServer.Reply(200, "text/plain", pages.next(request.place()), false, false);
    }
    Optional<String> asked = channel(survey.questions(), request);
    Optional<String> told = channel(survey.targets(), request);
    if (asked.isPresent()) {
      byte[] reply = examples.reply(asked.get(), hasDelivery).orElse(new byte[0]);
      return new WebServer.Reply(200, contentType(asked.get()), reply, false, false);
    }
    if (told.filter(Reconcile.ASK::equals).isPresent()) {
      return list();
    }
    String channel = told.orElse(null);
    byte[] body =
        channel == null || definition.outbound().get(channel).answer().isEmpty()
            ? new byte[0]
            : examples.answer(channel).orElse(new byte[0]);
    return new WebServer.Reply(
        200, contentType(channel), body, true, losable == null || losable.equals(channel));
  }

  private WebServer.Reply list() {
    byte[] next = lists.poll();
    Inbound form = definition.reconciling().orElseThrow().list().form();
    return next == null
        ? new WebServer.Reply(503, "text/plain", new byte[0], false, false)
        : new WebServer.Reply(
            200,
            "%s; charset=%s".formatted(form.format().mediaType(), form.charset()),
            next,
            false,
            false);
  }

  private boolean isPolled(Received request) {
    return survey.sources().values().stream()
        .filter(place -> place.scheme().startsWith("http"))
        .anyMatch(place -> Stage.leadsTo(place, request));
  }

  private boolean isTokenRequest(Received request) {
    return survey.endpoints().stream()
        .map(place -> place.parameters().get("oauth2TokenEndpoint"))
        .filter(Objects::nonNull)
        .anyMatch(endpoint -> URI.create(endpoint).getPath().equals(request.place()));
  }

  private Optional<String> channel(Map<String, List<Place>> ways, Received request) {
    List<String> fitting =
        ways.entrySet().stream()
            .filter(
                way ->
                    way.getValue().stream()
                        .filter(place -> place.scheme().startsWith("http"))
                        .anyMatch(place -> Stage.leadsTo(place, request)))
            .map(Map.Entry::getKey)
            .toList();
    return fitting.size() < 2
        ? fitting.stream().findFirst()
        : Optional.of(examples.closest(fitting, request.body()));
  }

  private String contentType(String channel) {
    if (channel == null) {
      return "text/plain";
    }
    ConnectorManifest.Outbound form = definition.outbound().get(channel).form();
    return form.format().mediaType()
        + "; charset="
        + answerCharset(definition.outbound().get(channel));
  }

  /** The charset that a channel's answers are in. */
  static Charset answerCharset(OutboundChannel channel) {
    ConnectorManifest.Answer answer = channel.form().answer();
    return Charset.forName(
        answer == null || answer.charset() == null ? channel.form().charset() : answer.charset());
  }
}
