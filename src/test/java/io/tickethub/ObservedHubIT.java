package io.tickethub;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.alert.AlertKind;
import io.tickethub.harness.JmsCaller;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.Ports;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import io.tickethub.harness.TemplateWorld;
import io.tickethub.harness.TraceCollector;
import io.tickethub.harness.TraceCollector.Span;
import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.PrintStream;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Arrays;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.UUID;
import java.util.concurrent.ThreadLocalRandom;
import java.util.stream.Collectors;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** What a hub tells of itself while it works: traces, metrics, lines of the log, health. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class ObservedHubIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final String NAME = "李四光";
  private static final String PORTAL = "portal-token-0123456789";
  private static final String PHONE = "13911112222";
  private static final JsonMapper JSON = new JsonMapper();

  private final HttpClient http = HttpClient.newHttpClient();
  private final ByteArrayOutputStream log = new ByteArrayOutputStream();
  private final PrintStream output = System.out;
  private RecordingServer lamps;
  private TraceCollector collector;
  private TemplateWorld world;
  private JmsCaller queue;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    System.setOut(new PrintStream(log, true, UTF_8));
    lamps = new RecordingServer();
    collector = new TraceCollector();
    world = new TemplateWorld(directory);
    world.add(
        ManifestConnector.named(
                "lamps",
                """
                settings:
                  base-url: {type: url, description: the service}
                delivery: {first-retry: 1s}
                outbound:
                  told:
                    route: {template: http-json-out, url: "{{base-url}}/told"}
                    tells: [noted, replied, introduced]
                    format: json
                    mapping: mapping/told.jsonata
                    idempotency: key
                """)
            .with(
                "mapping/told.jsonata",
                "{\"number\": ticket.number, \"code\": code, \"note\": event.note}"));
    world.setting("lamps", "base-url", lamps.url());
    world.add(
        ManifestConnector.named(
                "queue",
                """
                inbound:
                  news:
                    route: {template: jms-in, queue: q.news}
                    format: json
                    mapping: mapping/news.jsonata
                outbound:
                  told:
                    route: {template: jms-out, queue: q.told}
                    tells: [noted, replied, introduced]
                    format: json
                    mapping: mapping/told.jsonata
                    idempotency: key
                """)
            .with("mapping/news.jsonata", "change")
            .with(
                "mapping/told.jsonata",
                "{\"number\": ticket.number, \"code\": code, \"note\": event.note}"));
    int port = Ports.free(1).get(0);
    Path token = Files.writeString(directory.resolve("portal.token"), PORTAL);
    world.hears("noted", "replied");
    world.start(
        "--hub.tmf.clients.portal.token=file:" + token,
        "--hub.tmf.clients.portal.system=portal",
        "--hub.tmf.clients.portal.scopes=read,write",
        "--hub.tracing.otlp-endpoint=" + collector.url(),
        "--hub.log.format=ecs",
        "--hub.broker.embedded.port=" + port,
        "--hub.broker.embedded.users[0].name=queue",
        "--hub.broker.embedded.users[0].password=queue",
        "--hub.broker.embedded.users[0].send[0]=q.news",
        "--hub.broker.embedded.users[0].consume[0]=q.told");
    queue = new JmsCaller("tcp://127.0.0.1:" + port, "queue", "queue");
  }

  @AfterAll
  void stop() throws Exception {
    queue.close();
    world.close();
    collector.close();
    lamps.close();
    System.setOut(output);
    output.print(log.toString(UTF_8));
  }

  @Test
  void aMessageIsOneTraceFromItsSenderToEverySystem() throws Exception {
    Sender sender = new Sender();
    String ticket = UUID.randomUUID().toString();

    opens(ticket, Map.of("traceparent", sender.header()));

    String number = world.number(ticket);
    List<Span> spans = awaitSpans(sender.trace(), 4);
    Span receive = only(spans, "receive", "desk");
    Span apply = only(spans, "apply", "desk");
    Span lampsTold = only(spans, "deliver", "lamps");
    Span queueTold = only(spans, "deliver", "queue");
    assertThat(receive.parent()).isEqualTo(sender.span());
    assertThat(apply.parent()).isEqualTo(receive.id());
    assertThat(List.of(lampsTold.parent(), queueTold.parent())).containsOnly(apply.id());
    assertThat(apply.attributes())
        .containsEntry("hub.ticket", number)
        .containsEntry("hub.outcome", "applied")
        .containsKey("hub.message");
    assertThat(lampsTold.attributes())
        .containsEntry("hub.ticket", number)
        .containsEntry("hub.message", apply.attributes().get("hub.message"))
        .containsEntry("hub.channel", "told")
        .containsEntry("hub.attempt", "1");
    assertThat(spans.toString()).doesNotContain(NAME, PHONE, ticket);
    RecordingServer.Request told = toldOf(number).get(0);
    assertThat(told.headers())
        .containsEntry("traceparent", "00-%s-%s-01".formatted(sender.trace(), lampsTold.id()))
        .doesNotContainKey("tracestate");
    assertThat(toldByQueue(number).getStringProperty("traceparent"))
        .isEqualTo("00-%s-%s-01".formatted(sender.trace(), queueTold.id()));
  }

  @Test
  void aTraceGoesOnFromAQueue() throws Exception {
    Sender sender = new Sender();
    TextMessage message =
        queue.text(new String(TemplateWorld.report(UUID.randomUUID().toString()), UTF_8));
    message.setStringProperty("traceparent", sender.header());

    queue.send("q.news", message, null, null);

    List<Span> spans = awaitSpans(sender.trace(), 3);
    assertThat(only(spans, "receive", "queue").parent()).isEqualTo(sender.span());
    assertThat(only(spans, "deliver", "lamps").parent())
        .isEqualTo(only(spans, "apply", "queue").id());
  }

  @Test
  void whatIsNoTraceIsIgnored() throws Exception {
    String trace = HexFormat.of().formatHex(random(16));
    String span = HexFormat.of().formatHex(random(8));
    for (String wrong :
        List.of(
            "",
            "-",
            "00-%s-%s".formatted(trace, span),
            "ff-%s-%s-01".formatted(trace, span),
            "00-%s-%s-01-more".formatted(trace, span),
            "00-%s-%s-01".formatted("0".repeat(32), span),
            "00-%s-%s-01".formatted(trace, "0".repeat(16)),
            "00-%s-%s-01".formatted(trace.replaceAll("^..", "zz"), span),
            "00-%s-%s-0g".formatted(trace, span),
            "%s';drop table delivery;--".formatted(trace),
            ("00-%s-%s-01".formatted(trace, span)).repeat(100))) {
      String ticket = UUID.randomUUID().toString();
      opens(ticket, Map.of("traceparent", wrong));
      String number = world.number(ticket);
      Span apply = awaitSpan("apply", number);
      Span receive = awaitParent(apply);
      assertThat(receive.parent()).as(wrong).isEmpty();
      assertThat(receive.trace()).as(wrong).isNotEqualTo(trace);
    }
    String ticket = UUID.randomUUID().toString();
    HttpRequest twice =
        HttpRequest.newBuilder(world.hub().url().resolve("/in/desk/news"))
            .header("traceparent", new Sender().header())
            .header("traceparent", new Sender().header())
            .POST(HttpRequest.BodyPublishers.ofByteArray(TemplateWorld.report(ticket)))
            .build();
    assertThat(http.send(twice, HttpResponse.BodyHandlers.discarding()).statusCode())
        .isEqualTo(202);
    assertThat(awaitParent(awaitSpan("apply", world.number(ticket))).parent()).isEmpty();
  }

  @Test
  void aSecondAttemptIsOfTheSameTraceAndFailuresAreInTheLogWithWhatTheyAreAbout() throws Exception {
    Set<String> failedOnce = new TreeSet<>();
    lamps.answers(
        request ->
            failedOnce.add(text(request))
                ? new Reply(503, "text/plain", "%s %s is not here".formatted(NAME, PHONE))
                : new Reply(200, "application/json", "{}"));
    Sender sender = new Sender();
    String ticket = UUID.randomUUID().toString();
    try {
      opens(ticket, Map.of("traceparent", sender.header()));
      String number = world.number(ticket);

      List<Span> spans = awaitSpans(sender.trace(), 5);
      List<Span> attempts =
          spans.stream()
              .filter(span -> "lamps".equals(span.attributes().get("hub.connector")))
              .toList();
      assertThat(attempts)
          .extracting(Span::parent)
          .containsOnly(only(spans, "apply", "desk").id())
          .hasSize(2);
      assertThat(attempts).extracting(Span::failed).containsExactly(true, false);
      assertThat(attempts.get(0).attributes())
          .containsEntry("error.type", "http-503")
          .containsEntry("hub.failure.kind", "temporary");
      assertThat(spans.toString()).doesNotContain(NAME, PHONE);

      JsonNode line = awaitLine(number + "-");
      assertThat(line.at("/hub/ticket").asText()).isEqualTo(number);
      assertThat(line.at("/hub/connector").asText()).isEqualTo("lamps");
      assertThat(line.at("/hub/message").asText())
          .isEqualTo(attempts.get(0).attributes().get("hub.message"));
      assertThat(line.at("/hub/delivery").asText())
          .isEqualTo(attempts.get(0).attributes().get("hub.delivery"));
      assertThat(line.at("/trace/id").asText()).isEqualTo(sender.trace());
      assertThat(line.at("/service/name").asText()).isEqualTo("ticket-hub");
      assertThat(log.toString(UTF_8)).doesNotContain(NAME, PHONE);
    } finally {
      lamps.answers(any -> new Reply(200, "application/json", "{}"));
    }
  }

  @Test
  void metricsNameTheTraceOfAnExample() throws Exception {
    Sender sender = new Sender();
    opens(UUID.randomUUID().toString(), Map.of("traceparent", sender.header()));
    awaitSpans(sender.trace(), 4);

    String metrics = metrics("application/openmetrics-text;version=1.0.0");

    assertThat(metrics.lines())
        .anyMatch(
            line ->
                line.startsWith("hub_delivery_attempts_seconds_bucket")
                    && line.contains("trace_id=\""));
  }

  /** Whoever sends rubbish must not fill the memory of hub and Prometheus. */
  @Test
  void rubbishAddsNoSeries() throws Exception {
    opens(UUID.randomUUID().toString(), Map.of());
    rubbish(0);
    // What the pipeline counts comes a moment after the answer.
    await().until(() -> series().stream().anyMatch(name -> name.contains("=\"rejected\"")));
    Set<String> before = series();

    for (int number = 1; number <= 30; number++) {
      rubbish(number);
    }

    Set<String> added = series();
    added.removeAll(before);
    assertThat(added).isEmpty();
  }

  private void rubbish(int number) throws Exception {
    String made = "rubbish-%d".formatted(number);
    for (String path :
        List.of(
            "/" + made,
            "/in/" + made + "/news",
            "/in/desk/" + made,
            "/in/desk/news/" + made,
            "/api/" + made,
            "/api/tickets/" + made,
            "/tmf-api/" + made,
            "/actuator/" + made,
            "/console/" + made)) {
      for (String method : List.of("GET", "POST", "PUT", "X" + number)) {
        HttpRequest request =
            HttpRequest.newBuilder(world.hub().url().resolve(path))
                .header("User-Agent", made)
                .header("traceparent", made)
                .header("Authorization", "Bearer " + world.hub().operatorToken())
                .method(method, HttpRequest.BodyPublishers.ofString("{" + made))
                .build();
        http.send(request, HttpResponse.BodyHandlers.discarding());
      }
    }
    world.post("desk", "news", ("{\"id\": \"%s\"}".formatted(made)).getBytes(UTF_8), Map.of());
    world.post("desk", "news", made.getBytes(UTF_8), Map.of());
  }

  @Test
  void whatTheHubCountsHasTheNamesThatDashboardsAndRulesUse() throws Exception {
    System.gc();
    opens(UUID.randomUUID().toString(), Map.of());
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(metricNames())
                    .contains(
                        "hub_receipts_seconds_count",
                        "hub_messages_total",
                        "hub_delivery_attempts_seconds_count",
                        "hub_tickets",
                        "jvm_gc_pause_seconds_sum"));

    Set<String> counted = metricNames();
    MonitoringFiles.namesUsed()
        .forEach((place, names) -> assertThat(counted).as(place).containsAll(names));
  }

  @Test
  void everyAlertOfTheHubHasASeries() throws Exception {
    assertThat(series())
        .containsAll(
            Arrays.stream(AlertKind.values())
                .map(kind -> "hub_alerts_open{kind=\"%s\"}".formatted(kind.text()))
                .toList());
  }

  @Test
  void whatAClientOfTroubleTicketsSaysIsOneTraceToEverySystemThatMustKnow() throws Exception {
    String number =
        told(
            "POST",
            "",
            "{\"description\": \"the lamp is dark\", \"severity\": \"Minor\", \"ticketType\": \"incident\"}",
            null,
            "introduced");

    told("PATCH", "/" + number, "{\"note\": [{\"text\": \"it is dark still\"}]}", number, "noted");
    told("PATCH", "/" + number, "{\"status\": \"resolved\"}", number, "replied");
    assertThat(toldOf(number).stream().map(ObservedHubIT::text))
        .anySatisfy(noted -> assertThat(noted).contains("it is dark still"));
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(series()).contains("hub_tickets{state=\"replied\"}"));
  }

  /** A client's request, in its trace, reaches the other systems; the ticket's number. */
  private String told(String method, String path, String body, String known, String code)
      throws Exception {
    Sender sender = new Sender();
    HttpRequest request =
        HttpRequest.newBuilder(
                world.hub().url().resolve("/tmf-api/troubleTicket/v4/troubleTicket" + path))
            .header("Authorization", "Bearer " + PORTAL)
            .header("Content-Type", "application/json")
            .header("traceparent", sender.header())
            .method(method, HttpRequest.BodyPublishers.ofString(body))
            .build();
    HttpResponse<String> answer = http.send(request, HttpResponse.BodyHandlers.ofString());
    assertThat(answer.statusCode()).as(answer.body()).isBetween(200, 201);
    String number = known == null ? JSON.readTree(answer.body()).get("id").asText() : known;
    List<Span> spans = awaitSpans(sender.trace(), 4);
    Span receive = only(spans, "receive", "portal");
    Span apply = only(spans, "apply", "portal");
    assertThat(receive.parent()).isEqualTo(sender.span());
    assertThat(apply.parent()).isEqualTo(receive.id());
    assertThat(
            List.of(only(spans, "deliver", "lamps"), only(spans, "deliver", "queue")).stream()
                .map(Span::parent))
        .containsOnly(apply.id());
    assertThat(toldOf(number).stream().map(ObservedHubIT::text))
        .anySatisfy(one -> assertThat(one).contains("\"code\":\"%s\"".formatted(code)));
    return number;
  }

  @Test
  void livenessAndReadinessAreTwoThings() throws Exception {
    assertThat(health("liveness")).isEqualTo(200);
    assertThat(health("readiness")).isEqualTo(200);
  }

  private int health(String group) throws Exception {
    URI uri = world.hub().url().resolve("/actuator/health/" + group);
    return http.send(HttpRequest.newBuilder(uri).build(), HttpResponse.BodyHandlers.discarding())
        .statusCode();
  }

  /** A system that traces what it does. */
  private record Sender(String trace, String span) {
    private Sender() {
      this(HexFormat.of().formatHex(random(16)), HexFormat.of().formatHex(random(8)));
    }

    private String header() {
      return "00-%s-%s-01".formatted(trace, span);
    }
  }

  private static byte[] random(int length) {
    byte[] bytes = new byte[length];
    ThreadLocalRandom.current().nextBytes(bytes);
    bytes[0] = 17;
    return bytes;
  }

  private void opens(String ticket, Map<String, String> headers) throws Exception {
    JsonNode report = JSON.readTree(TemplateWorld.report(ticket));
    ((com.fasterxml.jackson.databind.node.ObjectNode) report.at("/change/content"))
        .putObject("customer")
        .put("number", "C-" + ticket)
        .put("name", NAME)
        .put("phone", PHONE);
    assertThat(world.post("desk", "news", JSON.writeValueAsBytes(report), headers).statusCode())
        .isEqualTo(202);
  }

  private List<RecordingServer.Request> toldOf(String number) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                lamps.requests("/told").stream()
                    .filter(request -> text(request).contains(number))
                    .toList(),
            found -> !found.isEmpty());
  }

  private static String text(RecordingServer.Request request) {
    return new String(request.body(), UTF_8);
  }

  private Message toldByQueue(String number) throws Exception {
    while (true) {
      TextMessage message = (TextMessage) queue.receive("q.told");
      if (message.getText().contains(number)) {
        return message;
      }
    }
  }

  private List<Span> awaitSpans(String trace, int atLeast) {
    return await()
        .atMost(PATIENCE)
        .until(() -> collector.spans(trace), found -> found.size() >= atLeast);
  }

  private Span awaitSpan(String name, String number) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                collector.spans().stream()
                    .filter(span -> span.name().equals(name))
                    .filter(span -> number.equals(span.attributes().get("hub.ticket")))
                    .findFirst()
                    .orElse(null),
            span -> span != null);
  }

  private Span awaitParent(Span child) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                collector.spans(child.trace()).stream()
                    .filter(span -> span.id().equals(child.parent()))
                    .findFirst()
                    .orElse(null),
            span -> span != null);
  }

  private static Span only(List<Span> spans, String name, String connector) {
    List<Span> found =
        spans.stream()
            .filter(span -> span.name().equals(name))
            .filter(span -> connector.equals(span.attributes().get("hub.connector")))
            .toList();
    assertThat(found).as("%s of %s in %s", name, connector, spans).hasSize(1);
    return found.get(0);
  }

  private JsonNode awaitLine(String about) {
    return await()
        .atMost(PATIENCE)
        .until(
            () -> {
              for (String line : log.toString(UTF_8).lines().toList()) {
                if (line.startsWith("{") && line.contains(about) && line.endsWith("}")) {
                  return JSON.readTree(line);
                }
              }
              return null;
            },
            line -> line != null);
  }

  private String metrics(String form) throws IOException, InterruptedException {
    HttpRequest request =
        HttpRequest.newBuilder(world.hub().url().resolve("/actuator/prometheus"))
            .header("Authorization", "Bearer " + world.hub().operatorToken())
            .header("Accept", form)
            .build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).body();
  }

  /** Each series by its name and labels. */
  private Set<String> series() throws Exception {
    return metrics("text/plain")
        .lines()
        .filter(line -> !line.startsWith("#"))
        .map(line -> line.substring(0, line.lastIndexOf(' ')))
        .collect(Collectors.toCollection(TreeSet::new));
  }

  private Set<String> metricNames() throws Exception {
    return series().stream()
        .map(line -> line.replaceFirst("\\{.*", ""))
        .collect(Collectors.toCollection(TreeSet::new));
  }
}
