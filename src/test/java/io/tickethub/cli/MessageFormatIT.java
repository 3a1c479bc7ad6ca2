package io.tickethub.cli;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.EmbeddedHub;
import io.tickethub.harness.FormatJar;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.TemplateWorld;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.http.HttpResponse;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** The worked example of a format in Java goes the whole way, from its jar to a running hub. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class MessageFormatIT {

  private static final Charset GBK = Charset.forName("GBK");
  private static final String NAME = "old-desk";
  private static final String TOLD =
      "connectors/partner-transport/examples/order/introduced/told.json";

  private static final ManifestConnector CONNECTOR =
      ManifestConnector.named(
              NAME,
              """
              settings:
                url: {type: url, description: where the desk takes news}
              inbound:
                news:
                  format: ticket-lines
                  charset: GBK
                  mapping: mapping/news.jsonata
                  message-id: ID
              outbound:
                told:
                  tells: [introduced]
                  format: ticket-lines
                  charset: GBK
                  unmappable: replace
                  mapping: mapping/told.jsonata
                  idempotency: key
              """)
          .with(
              "mapping/news.jsonata",
              """
              {"type": "open", "ticket": {"id": NO},
               "content": {"kind": "fault", "productClass": "general", "title": TX,
                           "attributes": {"productName": "telephone"}}}
              """)
          .with("mapping/told.jsonata", "{\"NO\": ticket.number, \"TX\": \"电话☎|坏\\n请处理\"}")
          .with(
              "routes/old-desk.camel.yaml",
              """
              - route:
                  id: old-desk-news
                  from:
                    uri: servlet:/old-desk/news
                    parameters: {httpMethodRestrict: POST}
                    steps:
                      - to: {uri: "hub:in/news"}
              - route:
                  id: old-desk-told
                  from: {uri: "hub:out/told", steps: [{to: {uri: "{{url}}/told"}}]}
              """);

  private Path directory;
  private TemplateWorld world;
  private RecordingServer web;

  @BeforeAll
  void write(@TempDir Path directory) throws Exception {
    this.directory = directory;
    web = new RecordingServer();
    web.answers(request -> new RecordingServer.Reply(200, "text/plain", ""));
    world = new TemplateWorld(directory);
    world.add(CONNECTOR);
    world.setting(NAME, "url", web.url());
    Path folder = connectors().resolve(NAME);
    FormatJar.example(folder);
    Path received = folder.resolve("examples/news/opens/received.txt");
    Files.createDirectories(received.getParent());
    Files.write(received, report("1", "F-1001"));
    Path told = folder.resolve("examples/told/introduced/told.json");
    Files.createDirectories(told.getParent());
    Files.copy(EmbeddedHub.home().resolve(TOLD), told);
  }

  @AfterAll
  void stop() {
    world.close();
    web.close();
  }

  private Path connectors() {
    return directory.resolve("connectors");
  }

  private static byte[] report(String id, String number) {
    String content = "ID:%s|NO:%s|ST:OPEN\nTX:宽带无法上网,\n+客户称灯闪红\n".formatted(id, number);
    return (content + "END:" + content.getBytes(GBK).length + "\n").getBytes(GBK);
  }

  private record Ran(int code, String text) {}

  private Ran hub(String... words) {
    List<String> all = new ArrayList<>(List.of("connector"));
    all.addAll(List.of(words));
    all.addAll(List.of("--directory", connectors().toString()));
    StringWriter text = new StringWriter();
    int code =
        HubCommand.commandLine()
            .setOut(new PrintWriter(text))
            .setErr(new PrintWriter(text))
            .execute(all.toArray(String[]::new));
    return new Ran(code, text.toString());
  }

  @Test
  void fromItsJarToARunningHub() throws Exception {
    theExamplesAreWrittenAndChecked();
    aMessageIsTried();
    theContractHolds();
    aRunningHubTakesAndSends();
    historyIsRehearsedWithTheHubsLibraries();
  }

  private void theExamplesAreWrittenAndChecked() throws IOException {
    assertThat(hub("test", NAME, "--update").text()).contains("change.json", "sent.txt");
    Path examples = connectors().resolve(NAME).resolve("examples");
    assertThat(Files.readString(examples.resolve("news/opens/change.json")))
        .contains("宽带无法上网,\\n客户称灯闪红");
    assertThat(Files.readString(examples.resolve("told/introduced/sent.txt"), GBK))
        .isEqualTo("NO:TH20260105000001\nTX:电话?/坏\n+请处理\nEND:40\n");
    Ran check = hub("check", NAME);
    assertThat(check.code()).as(check.text()).isZero();
  }

  private void aMessageIsTried() throws IOException {
    String routes = EmbeddedHub.home().resolve("routes").toString();
    Path file = connectors().resolve(NAME).resolve("examples/news/opens/received.txt");
    Ran tried = hub("try", NAME, "news", file.toString(), "--routes", routes);
    assertThat(tried.code()).as(tried.text()).isZero();
    assertThat(tried.text())
        .containsSubsequence("decoded    GBK", "parsed     ticket-lines", "mapped");

    Path cut = directory.resolve("cut.txt");
    Files.write(cut, "NO:1|X\nEND:x".getBytes(GBK));
    Ran refused = hub("try", NAME, "news", cut.toString(), "--routes", routes);
    assertThat(refused.code()).isEqualTo(HubCommand.FAILED);
    assertThat(refused.text())
        .contains("STOPPED at 'parsed'", "the format 'ticket-lines' cannot read it")
        .contains("NumberFormatException at org.example.lines.TicketLinesFormat.parse")
        .contains("if the system does not write ticket-lines");

    Ran coverage = hub("coverage", NAME);
    assertThat(coverage.code()).as(coverage.text()).isZero();
    assertThat(coverage.text()).contains("never read: ST");
  }

  private void theContractHolds() {
    Ran test = hub("test", NAME, "--fast");

    assertThat(test.code()).as(test.text()).isZero();
    assertThat(test.text()).contains("in news: truncated", "in news: undecodable");
  }

  private void aRunningHubTakesAndSends() throws Exception {
    world.start();
    HttpResponse<String> receipt =
        world.post(NAME, "news", report("1", "F-1001"), Map.of("Content-Type", "text/plain"));
    assertThat(receipt.statusCode()).as(receipt.body()).isEqualTo(202);
    world.number("F-1001");

    HttpResponse<String> refusal = world.post(NAME, "news", "NO:1\nEND:-".getBytes(GBK), Map.of());
    assertThat(refusal.statusCode()).isEqualTo(400);
    assertThat(refusal.body()).contains("the format 'ticket-lines' cannot read it");
    assertThat(world.post(NAME, "news", report("2", "F-1002"), Map.of()).statusCode())
        .isEqualTo(202);
    world.number("F-1002");

    world.opens("DESK-1");
    String number = world.number("DESK-1");
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () ->
                assertThat(web.requests("/told"))
                    .anySatisfy(
                        request -> {
                          assertThat(new String(request.body(), GBK))
                              .startsWith("NO:" + number + "\nTX:电话?/坏\n+请处理\nEND:");
                          assertThat(request.headers().get("Content-Type"))
                              .isEqualTo("text/plain; charset=GBK");
                        }));
  }

  private void historyIsRehearsedWithTheHubsLibraries() {
    Ran rehearsal =
        hub(
            "rehearse",
            NAME,
            "--since",
            "1h",
            "--url",
            world.hub().url().toString(),
            "--data",
            world.hub().data().toString());

    assertThat(rehearsal.code()).as(rehearsal.text()).isZero();
    assertThat(rehearsal.text()).contains("lib/ is not sent");
  }
}
