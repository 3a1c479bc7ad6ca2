package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import io.tickethub.connector.camel.RouteState;
import io.tickethub.harness.FileServers;
import io.tickethub.harness.JmsCaller;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.Ports;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.TemplateWorld;
import io.tickethub.journal.TicketReferences;
import io.tickethub.kit.contract.server.TlsIdentity;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Function;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.net.ssl.SSLParameters;
import org.apache.activemq.artemis.core.config.impl.ConfigurationImpl;
import org.apache.activemq.artemis.core.server.embedded.EmbeddedActiveMQ;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of a manifest and mappings only, against real servers, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTemplatesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final Charset GBK = Charset.forName("GBK");
  private static final String KEY = "s3cret&key";
  private static final String OPEN =
      """
      {"type": "open", "ticket": {"id": %s},
       "content": {"kind": "fault", "productClass": "general", "title": %s, "attributes": {"productName": "telephone"}}}
      """;

  /** Before the hub's number, what a system says it calls a ticket. */
  private static final String HOSTILE = "../admin?x=1#é";

  private final EmbeddedActiveMQ broker = new EmbeddedActiveMQ();
  private TemplateWorld world;
  private RecordingServer web;
  private RecordingServer secureWeb;
  private FileServers files;
  private String brokerUrl;
  private String toldTicket;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    TlsIdentity identity = TlsIdentity.make(directory.resolve("identity.p12"));
    web = new RecordingServer();
    web.answers(request -> new RecordingServer.Reply(200, "application/json", answer(request)));
    secureWeb = secureWeb(identity);
    files = new FileServers(directory.resolve("files"), identity);
    startBroker();
    world = new TemplateWorld(directory);
    addWeb(identity);
    addFiles(identity);
    addQueues();
    addTroubleTickets();
    addList();
    world.start();
    world.opens("DESK-1");
    toldTicket = world.number("DESK-1");
  }

  private static String answer(RecordingServer.Request request) {
    return switch (request.path()) {
      case "/token" ->
          "{\"access_token\": \"t0ken\", \"token_type\": \"Bearer\", \"expires_in\": 3600}";
      case "/tmf/troubleTicket" ->
          new String(request.body(), UTF_8).replace("\":\"", "\":\"" + HOSTILE);
      default -> "";
    };
  }

  private static RecordingServer secureWeb(TlsIdentity identity) throws Exception {
    HttpsServer server =
        HttpsServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 50);
    server.setHttpsConfigurator(
        new HttpsConfigurator(identity.trustedBy(identity)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters tls = getSSLContext().getDefaultSSLParameters();
            tls.setNeedClientAuth(true);
            parameters.setSSLParameters(tls);
          }
        });
    return new RecordingServer(server);
  }

  private void startBroker() throws Exception {
    brokerUrl = "tcp://127.0.0.1:" + Ports.free(1).get(0);
    ConfigurationImpl configuration = new ConfigurationImpl();
    configuration.setPersistenceEnabled(false);
    configuration.setSecurityEnabled(false);
    configuration.addAcceptorConfiguration("tcp", brokerUrl);
    broker.setConfiguration(configuration);
    broker.start();
  }

  @AfterAll
  void stop() throws Exception {
    world.close();
    files.close();
    web.close();
    secureWeb.close();
    broker.stop();
  }

  /** A manifest of one channel each way. */
  private static ManifestConnector connector(
      String name, String head, String format, String in, String out) {
    return ManifestConnector.named(
            name,
            """
            %s
            inbound:
              news:
                %s
                mapping: mapping/news.jsonata
                route: %s
            outbound:
              told:
                tells: [introduced]
                %s
                mapping: mapping/told.jsonata
                idempotency: key
                route: %s
            """
                .formatted(head.strip(), format, in, format, out))
        .with("mapping/news.jsonata", OPEN.formatted("Fault.No", "Fault.Title"))
        .with("mapping/told.jsonata", "{\"Fault\": {\"No\": ticket.number, \"Title\": \"电话\"}}");
  }

  private ManifestConnector web(
      String name, String format, String template, String settings, String more) {
    return connector(
        name,
        "settings:\n  base-url: {type: url, description: the service}\n" + settings,
        format,
        "{template: %s-in}".formatted(template),
        "{template: %s-out, url: \"{{base-url}}/%s\"%s}".formatted(template, name, more));
  }

  private void addWeb(TlsIdentity identity) throws IOException {
    String key = "  key: {type: secret, description: the key}\n";
    world.add(web("web-key", "format: json\n    api-key: {secret: key}", "http-json", key, ""));
    world.secret("web-key", "key", KEY);
    world.add(
        web(
            "web-oauth",
            "format: json",
            "http-json",
            key,
            ", oauth2-token-url: \"{{base-url}}/token\", oauth2-client-id: hub,"
                + " oauth2-client-secret: \"{{key}}\""));
    world.secret("web-oauth", "key", KEY);
    world.add(
        web(
            "web-tls",
            "format: json",
            "http-json",
            key
                + "  store: {type: text, description: certificate and trust}\n"
                + "tls: {certificate: \"{{store}}\", certificate-password: \"{{key}}\", trust:"
                + " \"{{store}}\", trust-password: \"{{key}}\"}\n",
            ""));
    world.secret("web-tls", "key", identity.password());
    world.setting("web-tls", "store", identity.store());
    world.add(
        ManifestConnector.named(
                "web-certificate",
                """
                inbound:
                  news:
                    route: {template: http-json-in}
                    format: json
                    mapping: mapping/news.jsonata
                    client-certificate: {subject: "CN=partner"}
                """)
            .with("mapping/news.jsonata", OPEN.formatted("Fault.No", "Fault.Title")));
    world.add(web("web-xml", "format: xml\n    charset: GBK", "http-xml", "", ""));
    world.add(web("web-soap", "format: soap", "soap", "", ", action: \"urn:told\""));
    world.add(web("web-soap12", "format: soap12", "soap", "", ""));
    for (String name : List.of("web-key", "web-oauth", "web-xml", "web-soap", "web-soap12")) {
      world.setting(name, "base-url", web.url());
    }
    world.setting("web-tls", "base-url", "https://127.0.0.1:" + secureWeb.port());
  }

  private void addFiles(TlsIdentity identity) throws IOException {
    addFile(
        "ftp",
        "format: xml-records\n    records: Faults/Fault\n    charset: GBK",
        ", include: \"故障_.*\"",
        "");
    String trust = "tls: {trust: \"{{store}}\", trust-password: \"{{store-key}}\"}\n";
    addFile("ftps", "format: json-lines", ", done-file: \"${file:name}.done\"", trust);
    addFile("ftps-implicit", "format: json-lines", ", implicit: true", trust);
    for (String name : List.of("file-ftps", "file-ftps-implicit")) {
      world.setting(name, "store", identity.store());
      world.secret(name, "store-key", identity.password());
    }
    addFile(
        "sftp",
        "format: fixed-width\n    charset: GBK\n    schema: schema/fault.columns.yaml",
        ", known-hosts: \"{{known-hosts}}\"",
        "");
    world.setting("file-sftp", "known-hosts", files.knownHosts());
  }

  private void addFile(String protocol, String format, String more, String tls) throws IOException {
    String name = "file-" + protocol;
    String login = "server: \"{{server}}\", user: \"{{user}}\", password: \"{{password}}\"";
    String both = protocol.equals("sftp") || protocol.equals("ftps-implicit") ? more : "";
    String template = protocol.replace("-implicit", "");
    String settings =
        """
        settings:
          server: {type: text, description: host and port}
          user: {type: text, description: user}
          password: {type: secret, description: password}
        """
            + (protocol.equals("sftp") ? "  known-hosts: {type: text, description: keys}\n" : "")
            + (tls.isEmpty()
                ? ""
                : "  store: {type: text, description: trust}\n"
                    + "  store-key: {type: secret, description: its password}\n");
    boolean columns = protocol.equals("sftp");
    world.add(
        connector(
                name,
                settings + tls,
                format,
                "{template: %s-file-in, %s, directory: in, poll: 200ms%s}"
                    .formatted(template, login, more),
                "{template: %s-file-out, %s, directory: out%s}".formatted(template, login, both))
            .with(
                "schema/fault.columns.yaml",
                """
                key: No
                columns:
                  - {name: No, width: 12, align: right, pad: "0", required: true}
                  - {name: Title, width: 8}
                """)
            .with(
                "mapping/news.jsonata",
                columns ? OPEN.formatted("No", "Title") : OPEN.formatted("Fault.No", "Fault.Title"))
            .with(
                "mapping/told.jsonata",
                columns
                    ? "{\"No\": $substring(ticket.number, -10), \"Title\": \"电话电话电话\"}"
                    : "{\"Fault\": {\"No\": ticket.number, \"Title\": \"电话\"}}"));
    world.setting(name, "server", files.server(protocol));
    world.setting(name, "user", FileServers.USER);
    world.secret(name, "password", FileServers.PASSWORD);
  }

  private void addQueues() throws IOException {
    String settings = "settings:\n  broker: {type: text, description: the broker}\n";
    world.add(
        connector(
            "queue",
            settings
                + "jms-broker: {connection-factory:"
                + " org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory, properties:"
                + " {brokerURL: \"{{broker}}\"}}\n",
            "format: xml\n    charset: GBK",
            "{template: jms-in, queue: news}",
            "{template: jms-out, queue: told, message: bytes}"));
    world.setting("queue", "broker", brokerUrl);
    world.add(
        connector(
            "own-queue",
            "",
            "format: json",
            "{template: jms-in, queue: q.told}",
            "{template: jms-out, queue: q.told}"));
  }

  private void addTroubleTickets() throws IOException {
    world.add(
        ManifestConnector.named(
                "tmf",
                """
                settings:
                  base-url: {type: url, description: the service}
                inbound:
                  events: {route: {template: tmf621-in}, format: json, mapping: mapping/events.jsonata}
                outbound:
                  ticket:
                    tells: [introduced, noted]
                    route: {template: tmf621-out, url: "{{base-url}}/tmf", patch-type: application/merge-patch+json}
                    format: json
                    mapping: mapping/ticket.jsonata
                    answer: {mapping: mapping/answer.jsonata}
                    idempotency: none
                """)
            .with("mapping/events.jsonata", OPEN.formatted("No", "Title"))
            .with("mapping/ticket.jsonata", "{\"externalId\": ticket.number}")
            .with("mapping/answer.jsonata", "{\"references\": {\"tmf\": externalId}}"));
    world.setting("tmf", "base-url", web.url());
  }

  private RecordingServer.Request told(RecordingServer server, String name) {
    return await()
        .atMost(PATIENCE)
        .until(
            () ->
                server.requests("/" + name).stream()
                    .filter(request -> new String(request.body(), GBK).contains(toldTicket))
                    .findFirst(),
            Optional::isPresent)
        .get();
  }

  private static byte[] json(String number) {
    return "{\"Fault\": {\"No\": \"%s\", \"Title\": \"电话\"}}".formatted(number).getBytes(UTF_8);
  }

  /** A system that gives the list of its tickets as a file of records. */
  private void addList() throws IOException {
    Files.createDirectories(files.files("ftp").resolve("lists"));
    world.add(
        ManifestConnector.named(
                "file-list",
                """
                settings:
                  password: {type: secret, description: password}
                reconcile:
                  list:
                    route: {template: ftp-file-in, server: "%s", user: %s, password: "{{password}}", directory: lists, poll: 200ms}
                    format: json-lines
                    mapping: mapping/list.jsonata
                  settle: 300ms
                  fields: [state]
                  states: [[received, dispatched]]
                """
                    .formatted(files.server("ftp"), FileServers.USER))
            .with(
                "mapping/list.jsonata",
                """
                {"statements": [{"ticket": {"id": id, "hub": hub}, "state": state}]}
                """));
    world.secret("file-list", "password", FileServers.PASSWORD);
  }

  private JsonNode compared(String file, Stream<String> lines) throws IOException {
    Path written = files.files("ftp").resolve("lists").resolve(file);
    Files.write(written, lines.toList());
    return await()
        .atMost(PATIENCE)
        .until(
            () -> world.hub().get("/api/reconciliations?connector=file-list&limit=1"),
            runs ->
                runs.size() == 1
                    && runs.get(0).get("list").asText().startsWith(file)
                    && runs.get(0).get("state").asText().equals("done"))
        .get(0);
  }

  private Map<String, List<String>> drifts(JsonNode run) throws Exception {
    Map<String, List<String>> tickets = new TreeMap<>();
    for (JsonNode drift :
        world
            .hub()
            .get("/api/reconciliations/%s/drifts?limit=500".formatted(run.get("id").asText()))) {
      tickets
          .computeIfAbsent(drift.get("kind").asText(), any -> new ArrayList<>())
          .add(drift.path("ticket").asText());
    }
    return tickets;
  }

  private static String listed(String ticket, String state) {
    return "{\"hub\": \"%s\", \"state\": \"%s\"}".formatted(ticket, state);
  }

  @Test
  void aListIsAFileOfRecordsAndWhereOneIsRefusedTheOthersAreCompared() throws Exception {
    world.opens("DESK-2");
    String other = world.number("DESK-2");
    Stream<String> unknown =
        IntStream.range(0, 1_200).mapToObj("{\"id\": \"U-%d\", \"state\": \"replied\"}"::formatted);

    JsonNode partly =
        compared(
            "first.jsonl",
            Stream.of(
                    Stream.of(listed(toldTicket, "archived"), listed(other, "nowhere")),
                    unknown,
                    Stream.of("no JSON"))
                .flatMap(Function.identity()));
    Map<String, List<String>> differing = drifts(partly);
    JsonNode whole = compared("second.jsonl", Stream.of(listed(toldTicket, "dispatched")));

    assertThat(partly.get("statements").asInt()).isEqualTo(1_201);
    assertThat(partly.get("drifts").asInt()).isEqualTo(1_201);
    assertThat(partly.get("complete").asBoolean()).isFalse();
    assertThat(differing).containsOnlyKeys("different", "unknown-to-hub");
    assertThat(differing.get("different")).containsExactly(toldTicket);
    assertThat(
            Files.readString(files.files("ftp").resolve("lists/reject/first_rejects.jsonl"), UTF_8))
        .contains("no JSON", "nowhere");
    assertThat(whole.get("complete").asBoolean()).isTrue();
    assertThat(drifts(whole)).containsOnlyKeys("missing-at-system");
    assertThat(drifts(whole).get("missing-at-system")).contains(other).doesNotContain(toldTicket);
  }

  @Test
  void noHeaderIsTakenForACertificateWhereTheHubServesPlainHttp() throws Exception {
    Map<String, String> proxys =
        Map.of(
            "X-Client-Cert", "CN=partner",
            "X-SSL-Client-S-DN", "CN=partner",
            "X-Forwarded-Client-Cert", "Subject=\"CN=partner\"",
            "hubClientCertificate", "CN=partner");

    HttpResponse<String> answer = world.post("web-certificate", "news", json("K-0"), proxys);

    assertThat(answer.statusCode()).isEqualTo(401);
    assertThat(answer.body()).contains("needs a client certificate, by TLS with the hub itself");
  }

  @Test
  void anApiKeyIsShownAndAskedForAndNotKept() throws Exception {
    assertThat(world.post("web-key", "news", json("K-1"), Map.of()).statusCode()).isEqualTo(401);
    assertThat(
            world.post("web-key", "news", json("K-1"), Map.of("X-Api-Key", KEY + "x")).statusCode())
        .isEqualTo(401);
    assertThat(world.post("web-key", "news", json("K-2"), Map.of("X-Api-Key", KEY)).statusCode())
        .isEqualTo(202);
    world.number("K-2");

    assertThat(told(web, "web-key").headers()).containsEntry("X-Api-Key", KEY);
    assertThat(world.keptHeaders("web-key")).containsExactly(Map.of());
  }

  @Test
  void aTokenIsFetchedByClientCredentials() throws Exception {
    world.post("web-oauth", "news", json("O-1"), Map.of());
    world.number("O-1");

    assertThat(told(web, "web-oauth").headers()).containsEntry("Authorization", "Bearer t0ken");
  }

  @Test
  void aClientCertificateIsShown() throws Exception {
    world.post("web-tls", "news", json("T-1"), Map.of());
    world.number("T-1");

    assertThat(told(secureWeb, "web-tls").method()).isEqualTo("POST");
  }

  @Test
  void xmlByHttpInItsCharset() throws Exception {
    world.post(
        "web-xml", "news", "<Fault><No>X-1</No><Title>电话</Title></Fault>".getBytes(GBK), Map.of());
    world.number("X-1");

    assertThat(new String(told(web, "web-xml").body(), GBK)).contains("<Title>电话</Title>");
  }

  @Test
  void soapOfBothVersions() throws Exception {
    String envelope =
        "<e:Envelope"
            + " xmlns:e=\"%s\"><e:Body><Fault><No>%s</No><Title>t</Title></Fault></e:Body></e:Envelope>";
    String old = "http://schemas.xmlsoap.org/soap/envelope/";
    String recent = "http://www.w3.org/2003/05/soap-envelope";
    assertThat(
            world
                .post("web-soap", "news", envelope.formatted(old, "S-1").getBytes(UTF_8), Map.of())
                .statusCode())
        .isEqualTo(200);
    HttpResponse<String> receipt =
        world.post(
            "web-soap12", "news", envelope.formatted(recent, "S-2").getBytes(UTF_8), Map.of());
    assertThat(receipt.statusCode()).isEqualTo(200);
    assertThat(receipt.headers().firstValue("Content-Type").orElse(""))
        .startsWith("application/soap+xml");
    HttpResponse<String> fault =
        world.post("web-soap12", "news", envelope.formatted(old, "S-3").getBytes(UTF_8), Map.of());
    assertThat(fault.statusCode()).isEqualTo(400);
    assertThat(fault.body()).contains(recent, "<soap:Value>soap:Sender</soap:Value>");
    world.number("S-1");
    world.number("S-2");

    assertThat(told(web, "web-soap").headers()).containsEntry("SOAPAction", "\"urn:told\"");
    assertThat(new String(told(web, "web-soap").body(), UTF_8)).contains(old);
    assertThat(told(web, "web-soap12").headers().get("Content-Type"))
        .startsWith("application/soap+xml");
    assertThat(new String(told(web, "web-soap12").body(), UTF_8)).contains(recent);
  }

  @Test
  void aTroubleTicketIsCreatedAndThenChangedUnderTheNumberItWasGiven() throws Exception {
    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(web.requests("/tmf/troubleTicket")).isNotEmpty());
    world.post(
        TemplateWorld.DESK,
        "news",
        "{\"change\": {\"type\": \"note\", \"ticket\": {\"id\": \"DESK-1\"}, \"note\": \"n\"}}"
            .getBytes(UTF_8),
        Map.of());

    String path = "/tmf/troubleTicket/" + HOSTILE + toldTicket;
    RecordingServer.Request change =
        await()
            .atMost(PATIENCE)
            .until(
                () ->
                    web.requests().stream()
                        .filter(request -> request.method().equals("PATCH"))
                        .findFirst(),
                Optional::isPresent)
            .get();
    assertThat(change.path()).isEqualTo(path);
    assertThat(change.query()).isNull();
    assertThat(change.headers()).containsEntry("Content-Type", "application/merge-patch+json");
    assertThat(web.requests("/tmf/troubleTicket"))
        .filteredOn(request -> new String(request.body(), UTF_8).contains(toldTicket))
        .hasSize(1);
  }

  @Test
  void eventsOfTroubleTicketsAreTakenBelowTheListenersPath() throws Exception {
    HttpResponse<String> answer =
        world.post(
            "tmf",
            "listener/troubleTicketCreateEvent",
            "{\"No\": \"TMF-1\", \"Title\": \"电话\"}".getBytes(UTF_8),
            Map.of());

    assertThat(answer.statusCode()).isEqualTo(204);
    world.number("TMF-1");
  }

  @Test
  void messagesOfAnotherBroker() throws Exception {
    try (JmsCaller caller = new JmsCaller(brokerUrl, null, null)) {
      caller.send("news", caller.text("<Fault><No>Q-1</No><Title>电话</Title></Fault>"), null, null);
      world.number("Q-1");

      assertThat(new String(caller.receiveBytes("told"), GBK)).contains("<Title>电话</Title>");
    }
  }

  @Test
  void whatIsSentToAStoppedRouteStaysInTheQueueAndOnTheServer() throws Exception {
    RouteOperations routes = world.hub().part(RouteOperations.class);
    routes.order("queue", "queue-news", RouteState.STOPPED, "test", "test");
    routes.order("file-ftp", "file-ftp-news", RouteState.PAUSED, "test", "test");
    Path waiting = files.files("ftp").resolve("in").resolve("故障_9.xml");
    Files.write(
        waiting, "<Faults>\n<Fault><No>F-9</No><Title>y</Title></Fault>\n</Faults>".getBytes(GBK));
    try (JmsCaller caller = new JmsCaller(brokerUrl, null, null)) {
      caller.send("news", caller.text("<Fault><No>Q-9</No><Title>电话</Title></Fault>"), null, null);
    }
    TicketReferences references = world.hub().part(TicketReferences.class);
    await()
        .during(Duration.ofSeconds(1))
        .atMost(PATIENCE)
        .untilAsserted(
            () -> {
              assertThat(references.ticketsCalled("Q-9")).isEmpty();
              assertThat(references.ticketsCalled("F-9")).isEmpty();
              assertThat(waiting).exists();
            });

    routes.order("queue", "queue-news", RouteState.STARTED, "test", "test");
    routes.order("file-ftp", "file-ftp-news", RouteState.STARTED, "test", "test");
    world.number("Q-9");
    world.number("F-9");
  }

  @Test
  void messagesOfTheHubsOwnBroker() {
    TicketReferences references = world.hub().part(TicketReferences.class);

    await()
        .atMost(PATIENCE)
        .untilAsserted(() -> assertThat(references.ticketsCalled(toldTicket)).hasSize(2));
  }

  @Test
  void recordsOfXmlByFtp() throws Exception {
    Files.write(
        files.files("ftp").resolve("in").resolve("故障_1.xml"),
        "<Faults>\n<Fault><No>F-1</No><Title>电话</Title></Fault>\n<Fault><Title>x</Title></Fault>\n<Fault><No>F-2</No><Title>y</Title></Fault>\n</Faults>"
            .getBytes(GBK));
    world.number("F-1");
    world.number("F-2");

    String rejects =
        new String(Files.readAllBytes(file("ftp", "in/reject", "故障_1_rejects.xml")), GBK);
    assertThat(rejects).contains("\n3\t", "<Title>x</Title></Fault>");
    assertThat(new String(Files.readAllBytes(file("ftp", "out", "told-")), GBK))
        .startsWith("<?xml version=\"1.0\" encoding=\"GBK\"?>\n<Faults>\n<Fault>")
        .contains("<Title>电话</Title>");
  }

  @Test
  void jsonLinesByFtpsOnceTheyAreDone() throws Exception {
    Path in = files.files("ftps").resolve("in");
    Files.write(
        in.resolve("a.jsonl"),
        (new String(json("L-1"), UTF_8) + "\n{\"bad\n" + new String(json("L-2"), UTF_8))
            .getBytes(UTF_8));
    Files.write(in.resolve("a.jsonl.done"), new byte[0]);
    world.number("L-1");
    world.number("L-2");

    assertThat(Files.readString(file("ftps", "in/reject", "a_rejects.jsonl")))
        .contains("\n2\t", "{\"bad");
    assertThat(Files.readString(file("ftps", "out", "told-"))).contains("\"No\":");
  }

  @Test
  void jsonLinesByFtpsWithTlsFromTheFirstByte() throws Exception {
    Files.write(files.files("ftps-implicit").resolve("in").resolve("b.jsonl"), json("I-1"));
    world.number("I-1");

    assertThat(Files.readString(file("ftps-implicit", "out", "told-"))).contains("\"No\":");
    assertThat(file("ftps-implicit", "in/done", "").toString()).endsWith("-b.jsonl");
  }

  @Test
  void fixedWidthsBySftpAreCountedInBytes() throws Exception {
    Files.write(
        files.files("sftp").resolve("in").resolve("faults.txt"),
        "000000000W-1电话    \n000000000W-2电话机坏\r\n000000000W-1twice\n".getBytes(GBK));
    world.number("W-1");
    world.number("W-2");

    assertThat(new String(Files.readAllBytes(file("sftp", "in/reject", "faults_rejects.txt")), GBK))
        .contains("\n3\t", "000000000W-1twice");
    assertThat(new String(Files.readAllBytes(file("sftp", "out", "told-")), GBK))
        .matches("00\\S{10}电话电话\n");
  }

  private Path file(String protocol, String directory, String start) {
    Path place = files.files(protocol).resolve(directory);
    return await()
        .atMost(PATIENCE)
        .until(() -> list(place, start), found -> !found.isEmpty())
        .get(0);
  }

  private static List<Path> list(Path place, String start) {
    if (!Files.isDirectory(place)) {
      return List.of();
    }
    try (Stream<Path> files = Files.list(place)) {
      return files.filter(file -> file.getFileName().toString().startsWith(start)).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
