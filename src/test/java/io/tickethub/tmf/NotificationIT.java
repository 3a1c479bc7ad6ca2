package io.tickethub.tmf;

import static io.tickethub.tmf.TmfApi.JSON;
import static io.tickethub.tmf.TmfVersion.V4;
import static io.tickethub.tmf.TmfVersion.V5;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.harness.Caller;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.RecordingServer;
import io.tickethub.harness.RecordingServer.Reply;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Listeners, specifications and the page, on a hub that is restarted in between. */
class NotificationIT {

  private static final Reply DOWN = new Reply(503, "application/json", "{}");
  private static final Reply TAKEN = new Reply(204, "application/json", "");

  @TempDir private Path directory;

  @Test
  void listenersAreToldEverythingInOrderThroughFailuresAndARestart() throws Exception {
    try (RecordingServer old = new RecordingServer();
        RecordingServer current = new RecordingServer()) {
      old.answers(request -> TAKEN);
      AtomicInteger failures = new AtomicInteger(2);
      current.answers(request -> failures.getAndDecrement() > 0 ? DOWN : TAKEN);
      try (TmfApi api = TmfApi.start(directory)) {
        hostsThatNobodyAllowedAreRefused(api);
        register(api, V4, old, "eventType=TroubleTicketStatusChangeEvent,TroubleTicketCreateEvent");
        String listener = register(api, V5, current, null);
        assertThat(register(api, V5, current, null)).isEqualTo(listener);
        String id = lifeOfATicket(api);
        String deleted = create(api);
        api.call("DELETE", V5, "/troubleTicket/" + deleted, TmfApi.DESK, null, null);
        String specification = lifeOfASpecification(api);
        awaitTypes(
            api,
            current,
            V5,
            id,
            "CreateEvent",
            "AttributeValueChangeEvent",
            "StatusChangeEvent",
            "StatusChangeEvent",
            "InformationRequiredEvent",
            "StatusChangeEvent",
            "StatusChangeEvent",
            "ResolvedEvent");
        awaitTypes(api, current, V5, deleted, "CreateEvent", "StatusChangeEvent", "DeleteEvent");
        awaitTypes(
            api,
            current,
            V5,
            specification,
            "CreateEvent",
            "AttributeValueChangeEvent",
            "StatusChangeEvent",
            "DeleteEvent");
        awaitTypes(
            api,
            old,
            V4,
            id,
            "CreateEvent",
            "StatusChangeEvent",
            "StatusChangeEvent",
            "StatusChangeEvent",
            "StatusChangeEvent");
        thePageIsThere(api);
        failures.set(Integer.MAX_VALUE);
        waiting = create(api);
      }
      failures.set(0);
      try (TmfApi api = TmfApi.start(directory, "--hub.tmf.patience=0s")) {
        awaitTypes(api, current, V5, waiting, "CreateEvent");
        whoCannotWaitFindsTheSameTicketLater(api);
        aListenerThatIsRemovedHearsNoMore(api, current);
      }
    }
  }

  private String waiting;

  private static void hostsThatNobodyAllowedAreRefused(TmfApi api) throws Exception {
    for (String callback :
        List.of("http://169.254.169.254/x", "http://127.0.0.1.evil.test/", "http://localhost:1/")) {
      assertThat(api.post(V5, "/hub", hub(callback, null)).status()).as(callback).isEqualTo(403);
    }
    for (String callback :
        List.of(
            "file:///etc/passwd", "http://user@127.0.0.1/", "no url", "http://127.0.0.1/?a=b")) {
      assertThat(api.post(V4, "/hub", hub(callback, null)).status()).as(callback).isEqualTo(400);
    }
  }

  private static ObjectNode hub(String callback, String query) {
    ObjectNode body = JSON.createObjectNode().put("callback", callback).put("@type", "Hub");
    return query == null ? body : body.put("query", query);
  }

  private static String register(
      TmfApi api, TmfVersion version, RecordingServer server, String query) throws Exception {
    Answer answer = api.post(version, "/hub", hub(server.url(), query));
    assertThat(answer.status()).as(answer.text()).isEqualTo(201);
    api.valid(answer.json(), version, version == V4 ? "EventSubscription" : "Hub");
    assertThat(answer.header("Location")).endsWith("/hub/" + answer.field("id"));
    return answer.field("id");
  }

  private static String create(TmfApi api) throws Exception {
    Answer answer = api.post(V5, "/troubleTicket", TmfApi.minimal("to be told"));
    return api.ticket(answer, V5, 201).get("id").asText();
  }

  private static String lifeOfATicket(TmfApi api) throws Exception {
    String id = create(api);
    for (String change :
        List.of(
            "\"severity\": \"Major\"",
            "\"status\": \"inProgress\"",
            "\"status\": \"pending\"",
            "\"status\": \"inProgress\"",
            "\"status\": \"resolved\"")) {
      String patch = "{\"@type\": \"TroubleTicket\", %s}".formatted(change);
      api.ticket(api.patch(V5, id, TicketPatch.MERGE, patch), V5, 200);
    }
    return id;
  }

  private static String lifeOfASpecification(TmfApi api) throws Exception {
    ObjectNode example = TmfApi.example("TroubleTicketSpecification_create_example_request");
    example.put("lifecycleStatus", "inDesign");
    Answer created = api.post(V5, "/troubleTicketSpecification", example);
    assertThat(created.status()).as(created.text()).isEqualTo(201);
    api.valid(created.json(), V5, "TroubleTicketSpecification_RES");
    example
        .properties()
        .forEach(
            entry -> assertThat(created.json().get(entry.getKey())).isEqualTo(entry.getValue()));
    String path = "/troubleTicketSpecification/" + created.field("id");
    assertThat(created.header("Location")).endsWith(path);
    JsonNode listed = api.get(V5, "/troubleTicketSpecification?name=Bill%20Dispute").json();
    assertThat(listed).hasSize(1);
    assertThat(api.get(V5, "/troubleTicketSpecification?name=x").header("X-Total-Count"))
        .isEqualTo("0");
    patchSpecification(
        api,
        path,
        TicketPatch.QUERY,
        "[{\"op\": \"replace\", \"path\": \"/specCharacteristic?id=1\", \"value\": {\"configurable\": false}}]");
    JsonNode patched =
        patchSpecification(
            api,
            path,
            TicketPatch.PATCH,
            RequestSchemas.document(V5)
                .at(
                    "/components/examples/TroubleTicketSpecification_partialupdate_application_json_patch_request/value")
                .toString());
    assertThat(patched.get("lifecycleStatus").asText()).isEqualTo("active");
    assertThat(patched.at("/specCharacteristic/0/configurable").asBoolean()).isFalse();
    assertThat(api.call("DELETE", V5, path, TmfApi.DESK, null, null).status()).isEqualTo(204);
    assertThat(api.get(V5, path).status()).isEqualTo(404);
    return created.field("id");
  }

  private static JsonNode patchSpecification(TmfApi api, String path, String type, String patch)
      throws Exception {
    Answer answer = api.call("PATCH", V5, path, TmfApi.DESK, type, patch.getBytes());
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    api.valid(answer.json(), V5, "TroubleTicketSpecification_RES");
    return answer.json();
  }

  /** What was taken of one resource; every notification is what the specification says. */
  private static void awaitTypes(
      TmfApi api, RecordingServer server, TmfVersion version, String id, String... types) {
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(() -> assertThat(types(api, server, version, id)).containsExactly(types));
  }

  private static List<String> types(
      TmfApi api, RecordingServer server, TmfVersion version, String id) {
    List<String> types = new ArrayList<>();
    List<String> eventIds = new ArrayList<>();
    for (RecordingServer.Request request : server.requests()) {
      JsonNode event = json(request.body());
      String type = event.get("eventType").asText();
      api.valid(event, version, type);
      assertThat(request.path())
          .isEqualTo("/listener/" + type.substring(0, 1).toLowerCase() + type.substring(1));
      JsonNode resource = event.get("event").elements().next();
      String eventId = event.get("eventId").asText();
      if (resource.get("id").asText().equals(id) && !eventIds.contains(eventId)) {
        eventIds.add(eventId);
        types.add(type.replaceFirst("TroubleTicket(Specification)?", ""));
      }
    }
    return types;
  }

  private static JsonNode json(byte[] body) {
    try {
      return JSON.readTree(body);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  private static void thePageIsThere(TmfApi api) throws Exception {
    Caller anybody = new Caller(api.hub().url());
    Answer page = anybody.get("/tmf-api/docs", Map.of());
    assertThat(page.status()).isEqualTo(200);
    assertThat(page.text()).doesNotContain("http://").doesNotContain("https://");
    assertThat(page.header("Content-Security-Policy")).contains("connect-src 'self'");
    assertThat(anybody.get("/tmf-api/docs/ui/swagger-ui-bundle.js", Map.of()).status())
        .isEqualTo(200);
    assertThat(anybody.get("/tmf-api/docs/docs.js", Map.of()).status()).isEqualTo(200);
    assertThat(
            anybody.get("/tmf-api/docs/v4/openapi.json", Map.of()).json().path("swagger").asText())
        .isEqualTo("2.0");
    assertThat(
            anybody
                .get("/tmf-api/docs/v5/openapi.json", Map.of())
                .json()
                .at("/servers/0/url")
                .asText())
        .isEqualTo("/tmf-api/troubleTicket/v5");
  }

  private static void whoCannotWaitFindsTheSameTicketLater(TmfApi api) throws Exception {
    for (TmfVersion version : TmfVersion.values()) {
      byte[] body = JSON.writeValueAsBytes(TmfApi.minimal("impatient"));
      Map<String, String> key = Map.of("Idempotency-Key", "impatient " + version);
      List<Answer> answers = new ArrayList<>();
      await()
          .atMost(Duration.ofSeconds(20))
          .until(
              () -> {
                answers.add(
                    api.call(
                        "POST",
                        version,
                        "/troubleTicket",
                        TmfApi.DESK,
                        "application/json",
                        body,
                        key));
                return answers.get(answers.size() - 1).status() == 201;
              });
      assertThat(answers.get(0).status()).isEqualTo(version == V4 ? 503 : 202);
      Integer tickets =
          api.hub()
              .database()
              .queryForObject(
                  "select count(*) from message where external_id = ?",
                  Integer.class,
                  "POST key impatient " + version);
      assertThat(tickets).isEqualTo(1);
    }
  }

  private static void aListenerThatIsRemovedHearsNoMore(TmfApi api, RecordingServer server)
      throws Exception {
    String id = register(api, V5, server, null);
    String path = "/hub/" + id;
    assertThat(api.get(V5, path).field("callback")).isEqualTo(server.url());
    assertThat(api.call("GET", V5, path, TmfApi.OWN, null, null).status()).isEqualTo(404);
    assertThat(api.call("DELETE", V5, path, TmfApi.DESK, null, null).status()).isEqualTo(204);
    assertThat(api.call("DELETE", V5, path, TmfApi.DESK, null, null).status()).isEqualTo(404);
    Integer left =
        api.hub()
            .database()
            .queryForObject(
                "select count(*) from trouble_ticket_notification where listener_id = ?",
                Integer.class,
                id);
    assertThat(left).isZero();
  }
}
