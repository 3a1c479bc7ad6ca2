package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.TemplateWorld;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;

/** Connectors of a manifest and mappings only, against real servers, both ways. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class RouteTemplatesIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);

  private TemplateWorld world;
  private RecordingServer web;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    web = new RecordingServer();
    world = new TemplateWorld(directory);
    world.add(json("plain-json", "", "url: \"{{base-url}}/plain-json\""));
    world.setting("plain-json", "base-url", web.url());
    world.start();
  }

  @AfterAll
  void stop() {
    world.close();
    web.close();
  }

  private static ManifestConnector json(String name, String channel, String route) {
    return ManifestConnector.named(
            name,
            """
            settings:
              base-url: {type: url, description: where the system listens}
            inbound:
              news:
                route: {template: http-json-in}
                format: json
                mapping: mapping/news.jsonata
                %s
            outbound:
              told:
                tells: [introduced]
                route: {template: http-json-out, %s}
                format: json
                mapping: mapping/told.jsonata
                idempotency: key
                %s
            """
                .formatted(channel, route, channel))
        .with("mapping/news.jsonata", "change")
        .with(
            "mapping/told.jsonata", "{\"to\": \"%s\", \"ticket\": ticket.number}".formatted(name));
  }

  @Test
  void jsonByHttp() throws Exception {
    HttpResponse<String> receipt =
        world.post("plain-json", "news", TemplateWorld.report("J-1"), Map.of());

    assertThat(receipt.statusCode()).isEqualTo(202);
    String number = world.number("J-1");
    world.opens("D-1");
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(web.bodies("/plain-json"))
                    .anySatisfy(
                        body -> assertThat(new String(body, UTF_8)).contains(world.number("D-1"))));
    assertThat(number).isNotBlank();
  }
}
