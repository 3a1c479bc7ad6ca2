package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;

import io.tickethub.cli.HubInThisProcess;
import io.tickethub.connector.example.GoldenFiles;
import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.kit.contract.CaseResult;
import io.tickethub.kit.contract.CaseResult.Outcome;
import io.tickethub.kit.contract.ContractSuite;
import io.tickethub.kit.contract.FolderResult;
import io.tickethub.kit.scaffold.NewConnector;
import io.tickethub.kit.scaffold.Skeletons;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Collectors;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The contract of connectors that are made of templates no shipped connector uses. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class TemplateContractIT {

  private static final String MESSAGE =
      "{\"Fault\": {\"Id\": \"M-000001\", \"No\": \"F-000001\", \"Title\": \"电话不通\"}}";

  private static final String NOTE =
      "{\"Fault\": {\"Id\": \"M-000002\", \"No\": \"F-000001\", \"Note\": \"还是不通\"}}";

  private static final String SOAP12 =
      "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>"
          + "<Fault><Id>M-000001</Id><No>F-000001</No><Title>电话不通</Title></Fault>"
          + "</e:Body></e:Envelope>";

  private static final String SOAP12_NOTE =
      "<e:Envelope xmlns:e=\"http://www.w3.org/2003/05/soap-envelope\"><e:Body>"
          + "<Fault><Id>M-000002</Id><No>F-000001</No><Note>还是不通</Note></Fault>"
          + "</e:Body></e:Envelope>";

  private static final String FILE_NAME = "    headers: {fileName: '\"派单_\" & key & \".jsonl\"'}\n";

  private static final String FILE_SETTINGS =
      """
      settings:
        server: {type: text, description: host and port}
        user: {type: text, description: user}
        password: {type: secret, description: password}
      """;

  private static final String LOGIN =
      "server: \"{{server}}\", user: \"{{user}}\", password: \"{{password}}\"";

  private static final String STORE =
      """
        store: {type: text, description: certificate and trust}
        store-password: {type: secret, description: its password}
      """;

  private static final String SENDER =
      """
        sender: {type: distinguished-name, description: the sender's certificate}
        issuer: {type: url, description: the token server}
        client: {type: text, description: the sender's id at the token server}
        key: {type: secret, description: key}
      """;

  /** All there is to ask a sender for, but a key. */
  private static final String PROOFS =
      """

          client-certificate: {subject: "{{sender}}", alternative-name: "dns:partner.test"}
          bearer-token: {issuer: "{{issuer}}", keys: "{{issuer}}/keys", audience: hub, scope: faults.report, subject: "{{client}}"}
          signature: {secret: key, header: X-Signature, timestamp: X-Timestamp, id: X-Id}
      """
          .stripTrailing();

  private Path connectors;
  private final Map<String, Map<String, CaseResult>> results = new TreeMap<>();

  @BeforeAll
  void run(@TempDir Path directory) throws IOException {
    connectors = directory;
    files("ftps", FILE_SETTINGS + STORE + trust(), "names: GBK", "names: GBK");
    String keys = ", known-hosts: \"{{known-hosts}}\"";
    String settings = FILE_SETTINGS + "  known-hosts: {type: text, description: host keys}\n";
    files("sftp", settings, "names: GBK" + keys, "names: UTF-8" + keys);
    queue();
    web(
        "web",
        SENDER
            + STORE
            + "tls: {certificate: \"{{store}}\", certificate-password: \"{{store-password}}\", trust: \"{{store}}\", trust-password: \"{{store-password}}\"}\n",
        "json\n    api-key: {secret: key}",
        ", oauth2-token-url: \"{{url}}/token\", oauth2-client-id: hub, oauth2-client-secret: \"{{key}}\"");
    web("web-soap", SENDER, "soap12", "");
    begin("tmf621-v4");
    begin("rest-poll-in");
    List<String> names;
    try (var folders = Files.list(connectors)) {
      names =
          folders
              .filter(folder -> Files.exists(folder.resolve("connector.yaml")))
              .map(folder -> folder.getFileName().toString())
              .sorted()
              .toList();
    }
    ContractSuite suite =
        new ContractSuite(
            HubInThisProcess::start,
            new ContractSuite.Options(
                connectors,
                "",
                true,
                List.of(
                    "--hub.database.embedded.binaries="
                        + EmbeddedHub.home().resolve("target/postgresql"))),
            (folder, result) -> {});
    for (FolderResult folder : suite.run(names, List.of())) {
      results.put(
          folder.name(),
          folder.cases().stream()
              .collect(Collectors.toMap(CaseResult::name, result -> result, (a, b) -> b)));
    }
  }

  /** The folder to begin with that a template has. */
  private void begin(String template) {
    new Skeletons(connectors)
        .create(
            new NewConnector("begun-" + template, connectors, "Partner", "合作方", "it", "it"),
            template);
  }

  private static String trust() {
    return "tls: {trust: \"{{store}}\", trust-password: \"{{store-password}}\"}\n";
  }

  private void files(String protocol, String settings, String in, String out) throws IOException {
    write(
        protocol,
        settings,
        "json-lines\n    charset: GBK",
        "{template: %s-file-in, %s, directory: in, poll: 200ms, done-file: \"${file:name}.ok\", %s}"
            .formatted(protocol, LOGIN, in),
        FILE_NAME,
        "{template: %s-file-out, %s, directory: out, %s}".formatted(protocol, LOGIN, out),
        "GBK");
  }

  private void queue() throws IOException {
    write(
        "broker",
        """
        settings:
          address: {type: text, description: the broker}
          user: {type: text, description: user}
          password: {type: secret, description: password}
        jms-broker:
          connection-factory: org.apache.activemq.artemis.jms.client.ActiveMQConnectionFactory
          properties: {brokerURL: "{{address}}"}
          user: "{{user}}"
          password: "{{password}}"
        """,
        "json",
        "{template: jms-in, queue: news}",
        "    headers: {_AMQ_DUPL_ID: key}\n",
        "{template: jms-out, queue: told}",
        "UTF-8");
  }

  private void web(String name, String settings, String format, String more) throws IOException {
    String template = format.startsWith("soap") ? "soap" : "http-json";
    write(
        name,
        "settings:\n  url: {type: url, description: the service}\n" + settings,
        format,
        "{template: %s-in}".formatted(template) + PROOFS,
        "",
        "{template: %s-out, url: \"{{url}}/faults\"%s}".formatted(template, more),
        "UTF-8");
  }

  private void write(
      String name,
      String head,
      String format,
      String in,
      String headers,
      String out,
      String charset)
      throws IOException {
    Path folder =
        ManifestConnector.named(
                name,
                """
                %s
                inbound:
                  news:
                    format: %s
                    mapping: mapping/news.jsonata
                    message-id: Fault.Id
                    route: %s
                outbound:
                  told:
                    tells: [introduced, urged]
                    format: %s
                    mapping: mapping/told.jsonata
                    idempotency: key
                %s    route: %s
                """
                    .formatted(head.strip(), format, in, format, headers, out))
            .with(
                "mapping/news.jsonata",
                """
                Fault.Note ? {"type": "note", "ticket": {"id": Fault.No}, "note": Fault.Note}
                : {"type": "open", "ticket": {"id": Fault.No},
                   "content": {"kind": "fault", "productClass": "general", "title": Fault.Title,
                               "attributes": {"productName": "telephone"}}}
                """)
            .with(
                "mapping/told.jsonata",
                "{\"Fault\": {\"Key\": key, \"No\": ticket.number, \"Title\": \"电话\"}}")
            .with("examples/news/a-fault/change.json", "{}")
            .with("examples/news/b-note/change.json", "{}")
            .with(
                "examples/told/a-ticket/told.json",
                """
                {"key": "TH1-1-introduced", "code": "introduced", "sequence": 1,
                 "event": {"type": "opened", "from": "received", "to": "received"},
                 "ticket": {"number": "TH1", "content": {"kind": "fault", "productClass": "general",
                   "title": "电话不通", "attributes": {"productName": "telephone"}}}}
                """)
            .writeTo(connectors);
    for (String example : List.of("a-fault", "b-note")) {
      String text =
          format.startsWith("soap")
              ? example.equals("a-fault") ? SOAP12 : SOAP12_NOTE
              : example.equals("a-fault") ? MESSAGE : NOTE;
      Files.write(
          folder.resolve("examples/news").resolve(example).resolve("received.txt"),
          (text + "\n").getBytes(Charset.forName(charset)));
    }
    new GoldenFiles(ConnectorCheck.compile(folder)).rewriteAll();
  }

  private void assertPassed(String folder, String... cases) {
    for (String name : cases) {
      assertThat(results.get(folder)).containsKey(name);
      CaseResult result = results.get(folder).get(name);
      assertThat(result.outcome())
          .as("%s, %s: %s", folder, name, result.detail())
          .isEqualTo(Outcome.PASSED);
    }
  }

  private void assertNoneFailed(String folder) {
    assertThat(
            results.get(folder).values().stream()
                .filter(result -> result.outcome() == Outcome.FAILED))
        .as(folder)
        .isEmpty();
  }

  @Test
  void filesByFtps() {
    assertNoneFailed("ftps");
    assertPassed(
        "ftps",
        "in news: accepted",
        "in news: order",
        "in news: charset-of-names",
        "in news: hostile-names",
        "in news: outage",
        "in news: replay",
        "out told: told",
        "out told: temporary-failure",
        "out told: reply-lost",
        "out told: credential-failure",
        "out told: false-server");
  }

  @Test
  void aFileNameInAnotherCharsetIsCaught() {
    assertPassed("sftp", "in news: charset-of-names", "in news: hostile-names");
    assertThat(results.get("sftp").get("out told: told").outcome()).isEqualTo(Outcome.FAILED);
  }

  @Test
  void queuesOfAnotherBroker() {
    assertNoneFailed("broker");
    assertPassed(
        "broker",
        "in news: accepted",
        "in news: order",
        "in news: outage",
        "in news: replay",
        "out told: told",
        "out told: temporary-failure",
        "out told: reply-lost",
        "out told: credential-failure",
        "out told: order",
        "out told: idle-partner");
  }

  @Test
  void webServicesThatAskForCertificateTokenKeyAndSignature() {
    assertNoneFailed("web");
    assertPassed(
        "web",
        "in news: unsigned",
        "in news: order",
        "out told: told",
        "out told: credential-failure",
        "out told: false-server",
        "out told: never-answered");
  }

  @Test
  void soapOfVersion12() {
    assertNoneFailed("web-soap");
    assertPassed(
        "web-soap",
        "in news: unsigned",
        "in news: order",
        "in news: too-deep",
        "in news: entity",
        "out told: told");
  }

  @Test
  void aTroubleTicketInterfaceFromItsSkeleton() {
    assertNoneFailed("begun-tmf621-v4");
    assertPassed(
        "begun-tmf621-v4",
        "in events: unsigned",
        "in events: order",
        "in events: replay",
        "out ticket: told",
        "out ticket: reply-lost",
        "out ticket: order",
        "out ticket: never-answered");
  }

  @Test
  void aPolledServiceFromItsSkeleton() {
    assertNoneFailed("begun-rest-poll-in");
    assertPassed(
        "begun-rest-poll-in",
        "in progress: accepted",
        "in progress: duplicate",
        "in progress: truncated",
        "in progress: too-large",
        "out order: told");
  }
}
