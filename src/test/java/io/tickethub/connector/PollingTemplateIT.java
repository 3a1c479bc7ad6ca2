package io.tickethub.connector;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import io.tickethub.cli.HubCommand;
import io.tickethub.harness.ManifestConnector;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import io.tickethub.harness.RecordingServer.Request;
import io.tickethub.harness.TemplateWorld;
import io.tickethub.journal.ChannelCursors;
import io.tickethub.journal.TicketReferences;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A system that is asked for news by REST, page by page. */
class PollingTemplateIT {

  private static final Duration PATIENCE = Duration.ofSeconds(30);
  private static final int PAGE = 3;
  private static final String KEY = "s3cret";

  /** What the partner has to tell, in order; its cursor is the place in it, written oddly. */
  private final List<String> news = new CopyOnWriteArrayList<>();

  private final AtomicInteger failures = new AtomicInteger();
  private RecordingServer partner;
  private TemplateWorld world;

  @BeforeEach
  void start(@TempDir Path directory) throws Exception {
    partner = new RecordingServer();
    partner.answers(this::page);
    world = new TemplateWorld(directory);
    world.add(
        ManifestConnector.named(
                "partner-polled",
                """
                settings:
                  base-url: {type: url, description: the service}
                  key: {type: secret, description: the key}
                inbound:
                  news:
                    route: {template: rest-poll-in, url: "{{base-url}}/news", query: "status=open&size=3", every: 200ms}
                    format: json-records
                    records: data/items
                    mapping: mapping/news.jsonata
                    message-id: no
                    poll: {parameter: after, cursor: next, start: "0&x=1", api-key: {secret: key}}
                """)
            .with(
                "mapping/news.jsonata",
                """
                {"type": "open", "ticket": {"id": no},
                 "content": {"kind": "fault", "productClass": "general", "title": title,
                             "attributes": {"productName": "telephone"}}}
                """));
    world.setting("partner-polled", "base-url", partner.url());
    world.secret("partner-polled", "key", KEY);
  }

  @AfterEach
  void stop() {
    world.close();
    partner.close();
  }

  /** A cursor is {@code PLACE&x=1}: it must come back as one value. */
  private Reply page(Request request) {
    if (failures.getAndUpdate(left -> Math.max(0, left - 1)) > 0) {
      return new Reply(503, "text/plain", "come later");
    }
    String cursor = request.query().replaceFirst(".*after=", "");
    if (!cursor.endsWith("%26x%3D1") || !KEY.equals(request.headers().get("X-Api-Key"))) {
      return new Reply(400, "text/plain", cursor);
    }
    int from = Integer.parseInt(cursor.replace("%26x%3D1", ""));
    int to = Math.min(news.size(), from + PAGE);
    return new Reply(
        200,
        "application/json",
        "{\"next\": \"%d&x=1\", \"data\": {\"items\": [%s]}}"
            .formatted(to, String.join(",", news.subList(from, to))));
  }

  private void tell(int from, int to) {
    news.addAll(
        IntStream.range(from, to)
            .mapToObj(i -> "{\"no\": \"P-%d\", \"title\": \"电话%d\"}".formatted(i, i))
            .collect(Collectors.toList()));
  }

  private void knows(int from, int to) {
    TicketReferences references = world.hub().part(TicketReferences.class);
    await()
        .atMost(PATIENCE)
        .untilAsserted(
            () ->
                assertThat(
                        IntStream.range(from, to)
                            .filter(i -> references.ticketsCalled("P-" + i).size() != 1))
                    .isEmpty());
  }

  private String cursor() {
    return world.hub().part(ChannelCursors.class).find("partner-polled", "news").orElse("none");
  }

  @Test
  void everyPageIsReadOnceAndTheNewsToo() throws Exception {
    tell(0, 10);
    world.start();
    knows(0, 10);
    await().atMost(PATIENCE).until(this::cursor, "10&x=1"::equals);

    tell(10, 12);
    knows(10, 12);
    await().atMost(PATIENCE).until(this::cursor, "12&x=1"::equals);
    assertThat(
            partner.requests("/news").stream()
                .map(Request::query)
                .filter(query -> query.startsWith("status=open&size=3&after=3%26")))
        .hasSize(1);
  }

  @Test
  void aBadRecordIsKeptAsRejectedAndHoldsNobodyUp() throws Exception {
    tell(0, 1);
    news.add("{\"no\": \"P-1\", \"colour\": 3}");
    tell(2, 5);
    world.start();

    knows(2, 5);
    assertThat(
            world
                .hub()
                .database()
                .queryForList(
                    "SELECT status FROM message WHERE connector = 'partner-polled' AND status = 'rejected'",
                    String.class))
        .hasSize(1);
  }

  @Test
  void anOperatorHasItReadFromAnotherPlaceWhichChangesNothing() throws Exception {
    tell(0, 4);
    world.start();
    await().atMost(PATIENCE).until(this::cursor, "4&x=1"::equals);

    assertThat(connector("cursor", "partner-polled", "--json")).contains("\"4&x=1\"");
    assertThat(connector("cursor", "partner-polled", "news", "--set", "3&x=1", "--json"))
        .contains("\"before\"", "\"4&x=1\"");
    await().atMost(PATIENCE).until(this::cursor, "4&x=1"::equals);
    assertThat(connector("cursor", "partner-polled", "new", "--set", "3"))
        .contains("no running connector 'partner-polled' polls a channel 'new'");
    assertThat(
            partner.requests("/news").stream()
                .map(Request::query)
                .filter("status=open&size=3&after=3%26x%3D1"::equals))
        .hasSize(2);
    assertThat(
            world
                .hub()
                .database()
                .queryForObject(
                    "SELECT sum(duplicates) FROM message_ledger WHERE connector = 'partner-polled'",
                    Long.class))
        .isEqualTo(1);
  }

  /** What {@code hub connector} says to these words. */
  private String connector(String... words) throws IOException {
    List<String> all = new ArrayList<>(List.of("connector"));
    all.addAll(List.of(words));
    all.addAll(List.of("--url", world.hub().url().toString(), "--data", world.hub().data() + ""));
    StringWriter said = new StringWriter();
    PrintWriter out = new PrintWriter(said);
    HubCommand.commandLine().setOut(out).setErr(out).execute(all.toArray(String[]::new));
    return said.toString();
  }

  @Test
  void aPageThatFailsOrIsNoneMovesNothingAndIsAskedForAgain() throws Exception {
    tell(0, 2);
    failures.set(3);
    AtomicInteger broken = new AtomicInteger(3);
    partner.answers(
        request ->
            broken.getAndDecrement() > 0
                ? new Reply(
                    200, "application/json", "{\"next\": \"9&x=1\", \"data\": {\"items\": [")
                : page(request));
    world.start();

    knows(0, 2);
    await().atMost(PATIENCE).until(this::cursor, "2&x=1"::equals);
  }
}
