package io.tickethub.tmf;

import static io.tickethub.tmf.TmfApi.JSON;
import static io.tickethub.tmf.TmfVersion.V4;
import static io.tickethub.tmf.TmfVersion.V5;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.harness.Caller;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.EmbeddedHub;
import java.net.URLEncoder;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;
import org.junit.jupiter.params.provider.ValueSource;

/** Trouble tickets through the interface, every answer held to the published schemas. */
class TroubleTicketApiIT {

  @TempDir private static Path directory;
  private static TmfApi api;

  @BeforeAll
  static void start() throws Exception {
    api = TmfApi.start(directory);
  }

  @AfterAll
  static void stop() {
    api.close();
  }

  private static ObjectNode created(TmfVersion version, ObjectNode body) throws Exception {
    return api.ticket(api.post(version, "/troubleTicket", body), version, 201);
  }

  private static ObjectNode minimal(String description) {
    return TmfApi.minimal(description);
  }

  @Test
  void theSpecificationsExampleComesBackAsItWasPosted() throws Exception {
    ObjectNode example = TmfApi.example("TroubleTicket_create_example_request");
    example.put("@type", "TroubleTicket");
    api.valid(example, V5, "TroubleTicket_FVO");
    Answer answer = api.post(V5, "/troubleTicket", example);
    ObjectNode ticket = api.ticket(answer, V5, 201);
    assertThat(answer.header("Location")).isEqualTo(ticket.get("href").asText());
    example
        .properties()
        .forEach(
            entry ->
                assertThat(ticket.get(entry.getKey()))
                    .as(entry.getKey())
                    .isEqualTo(entry.getValue()));
    assertThat(history(ticket, V5)).containsExactly("acknowledged", "inProgress");
    String id = ticket.get("id").asText();
    assertThat(api.ticket(api.get(V5, "/troubleTicket/" + id), V5, 200)).isEqualTo(ticket);
    ObjectNode asV4 = api.ticket(api.get(V4, "/troubleTicket/" + id), V4, 200);
    assertThat(asV4.at("/relatedParty/0/id").asText()).isEqualTo("9866");
    assertThat(asV4.at("/relatedEntity/0/@referredType").asText()).isEqualTo("CustomerBill");
    assertThat(history(asV4, V4)).containsExactly("acknowledged", "inProgress");
  }

  @Test
  void aTicketOfVersion4ComesBackAsItWasPosted() throws Exception {
    ObjectNode body =
        (ObjectNode)
            JSON.readTree(
                """
                {"name": "No signal", "description": "No signal since the morning", "severity": "Critical",
                 "priority": "High", "ticketType": "incident", "externalId": "X-1",
                 "requestedResolutionDate": "2026-12-01T08:00:00Z",
                 "channel": {"id": "8", "name": "self service"},
                 "note": [{"id": "1", "author": "Jack", "date": "2026-11-01T08:00:00Z", "text": "please hurry"}],
                 "relatedParty": [{"id": "C-1", "name": "Jack Smith", "role": "customer", "@referredType": "Customer"}],
                 "relatedEntity": [{"id": "P-1", "role": "product", "@referredType": "Product"}],
                 "troubleTicketRelationship": [{"id": "T-1", "relationshipType": "dependent"}],
                 "colour": {"of": "the lamp"}}
                """);
    api.valid(body, V4, "TroubleTicket_Create");
    ObjectNode ticket = created(V4, body);
    List.of("name", "description", "severity", "priority", "ticketType", "externalId", "colour")
        .forEach(field -> assertThat(ticket.get(field)).isEqualTo(body.get(field)));
    assertThat(ticket.at("/note/0/text").asText()).isEqualTo("please hurry");
    assertThat(ticket.get("note")).hasSize(1);
    assertThat(ticket.at("/relatedParty/0/id").asText()).isEqualTo("C-1");
    assertThat(ticket.at("/relatedParty/0/@referredType").asText()).isEqualTo("Customer");
    assertThat(ticket.at("/relatedEntity/0/role").asText()).isEqualTo("product");
    ObjectNode asV5 =
        api.ticket(api.get(V5, "/troubleTicket/" + ticket.get("id").asText()), V5, 200);
    assertThat(asV5.at("/externalIdentifier/0/id").asText()).isEqualTo("X-1");
    assertThat(asV5.at("/relatedParty/0/partyOrPartyRole/name").asText()).isEqualTo("Jack Smith");
  }

  @ParameterizedTest
  @EnumSource(TmfVersion.class)
  void theSameExternalIdentifierIsTheSameTicket(TmfVersion version) throws Exception {
    ObjectNode body = minimal("twice");
    if (version == V4) {
      body.put("externalId", "TWICE-4");
    } else {
      body.putArray("externalIdentifier")
          .addObject()
          .put("id", "TWICE-5")
          .put("@type", "ExternalIdentifier");
    }
    String first = created(version, body).get("id").asText();
    assertThat(created(version, body).get("id").asText()).isEqualTo(first);
    Answer other = api.post(version, "/troubleTicket", body.put("description", "other"));
    assertThat(other.status()).isEqualTo(409);
  }

  @Test
  void theSameIdempotencyKeyIsTheSameRequest() throws Exception {
    byte[] body = JSON.writeValueAsBytes(minimal("once"));
    Map<String, String> key = Map.of("Idempotency-Key", "K-1");
    String first =
        id(api.call("POST", V5, "/troubleTicket", TmfApi.DESK, "application/json", body, key));
    String second =
        id(api.call("POST", V5, "/troubleTicket", TmfApi.DESK, "application/json", body, key));
    assertThat(second).isEqualTo(first);
    byte[] other = JSON.writeValueAsBytes(minimal("other"));
    assertThat(
            api.call("POST", V5, "/troubleTicket", TmfApi.DESK, "application/json", other, key)
                .status())
        .isEqualTo(409);
  }

  private static String id(Answer answer) {
    return answer.field("id");
  }

  private static List<String> history(JsonNode ticket, TmfVersion version) {
    List<String> statuses = new ArrayList<>();
    ticket.get(version.history()).forEach(change -> statuses.add(change.get("status").asText()));
    return statuses;
  }

  @ParameterizedTest
  @EnumSource(TmfVersion.class)
  void aMergePatchChangesWhatItNames(TmfVersion version) throws Exception {
    String id = created(version, minimal("to be merged")).get("id").asText();
    ObjectNode patched =
        api.ticket(
            api.patch(
                version,
                id,
                TicketPatch.MERGE,
                "{\"@type\": \"TroubleTicket\", \"severity\": \"Major\", \"name\": \"New\","
                    + " \"status\": \"inProgress\", \"statusChangeReason\": \"seen\"}"),
            version,
            200);
    assertThat(patched.get("severity").asText()).isEqualTo("Major");
    assertThat(patched.get("name").asText()).isEqualTo("New");
    assertThat(patched.get("description").asText()).isEqualTo("to be merged");
    assertThat(patched.get("status").asText()).isEqualTo("inProgress");
    assertThat(patched.get("statusChangeReason").asText()).isEqualTo("seen");
    ObjectNode gone =
        api.ticket(
            api.patch(
                version,
                id,
                "application/json",
                "{\"severity\": null, \"@type\": \"TroubleTicket\"}"),
            version,
            200);
    assertThat(gone.has("severity")).isFalse();
  }

  @Test
  void theSpecificationsPatchesCanBeApplied() throws Exception {
    ObjectNode example = TmfApi.example("TroubleTicket_create_example_request");
    String id = created(V5, example.put("@type", "TroubleTicket")).get("id").asText();
    ObjectNode patched =
        api.ticket(
            api.patch(
                V5,
                id,
                TicketPatch.PATCH,
                RequestSchemas.document(V5)
                    .at(
                        "/components/examples/TroubleTicket_partialupdate_example_application_json_patch_request/value")
                    .toString()),
            V5,
            200);
    assertThat(patched.get("severity").asText()).isEqualTo("Minor");
    ObjectNode queried =
        api.ticket(
            api.patch(
                V5,
                id,
                TicketPatch.QUERY,
                "[{\"op\": \"replace\", \"path\": \"/note?id=77456\", \"value\": {\"text\": \"at once\"}},"
                    + "{\"op\": \"replace\", \"path\": \"$.attachment[?(@.id=='34345')].name\", \"value\": \"Bill\"}]"),
            V5,
            200);
    assertThat(queried.at("/note/0/text").asText()).isEqualTo("at once");
    assertThat(queried.at("/note/0/author").asText()).isEqualTo("Jack Smith");
    assertThat(queried.at("/attachment/0/name").asText()).isEqualTo("Bill");
    for (String kind : List.of("json", "merge_json")) {
      ObjectNode resolved =
          api.ticket(
              api.patch(
                  V5,
                  id,
                  kind.equals("json") ? "application/json" : TicketPatch.MERGE,
                  TmfApi.example(
                          "TroubleTicket_partialupdate_example_application_%s_request"
                              .formatted(kind))
                      .toString()),
              V5,
              200);
      assertThat(resolved.get("status").asText()).isEqualTo("resolved");
      assertThat(resolved.get("resolutionDate").asText()).isNotEmpty();
    }
  }

  @ParameterizedTest
  @EnumSource(TmfVersion.class)
  void aSkippedStepIsInTheHistory(TmfVersion version) throws Exception {
    String id = created(version, minimal("steps")).get("id").asText();
    for (String status :
        List.of("pending", "inProgress", "held", "inProgress", "resolved", "closed")) {
      ObjectNode patched =
          api.ticket(api.patch(version, id, TicketPatch.MERGE, status(status)), version, 200);
      assertThat(patched.get("status").asText()).isEqualTo(status);
    }
    ObjectNode ticket = api.ticket(api.get(version, "/troubleTicket/" + id), version, 200);
    assertThat(history(ticket, version))
        .containsExactly(
            "acknowledged",
            "inProgress",
            "pending",
            "inProgress",
            "held",
            "inProgress",
            "resolved",
            "closed");
    Answer illegal = api.patch(version, id, TicketPatch.MERGE, status("inProgress"));
    assertThat(illegal.status()).isEqualTo(409);
    assertThat(api.get(version, "/troubleTicket/" + id).json()).isEqualTo(ticket);
  }

  private static String status(String status) {
    return "{\"@type\": \"TroubleTicket\", \"status\": \"%s\"}".formatted(status);
  }

  @ParameterizedTest
  @EnumSource(TmfVersion.class)
  void deletingCancels(TmfVersion version) throws Exception {
    String id = created(version, minimal("to go")).get("id").asText();
    String path = "/troubleTicket/" + id;
    assertThat(api.call("DELETE", version, path, TmfApi.DESK, null, null).status()).isEqualTo(204);
    assertThat(api.call("DELETE", version, path, TmfApi.DESK, null, null).status()).isEqualTo(204);
    ObjectNode ticket = api.ticket(api.get(version, path), version, 200);
    assertThat(ticket.get("status").asText()).isEqualTo("cancelled");
    String closed = created(version, minimal("stays").put("status", "closed")).get("id").asText();
    assertThat(
            api.call("DELETE", version, "/troubleTicket/" + closed, TmfApi.DESK, null, null)
                .status())
        .isEqualTo(409);
  }

  @ParameterizedTest
  @EnumSource(TmfVersion.class)
  void listsAreFilteredSortedAndPaged(TmfVersion version) throws Exception {
    String severity = "S-" + version;
    List<String> ids = new ArrayList<>();
    for (int i = 0; i < 5; i++) {
      ObjectNode body =
          minimal("listed " + i).put("severity", severity).put("priority", "P" + i % 2);
      ids.add(created(version, body).get("id").asText());
    }
    assertThat(listed(version, "severity=" + severity)).containsExactlyInAnyOrderElementsOf(ids);
    assertThat(listed(version, "severity=%s&sort=creationDate".formatted(severity)))
        .containsExactlyElementsOf(ids);
    assertThat(listed(version, "severity=%s&priority=P1&sort=-id".formatted(severity)))
        .containsExactly(ids.get(3), ids.get(1));
    assertThat(
            listed(
                version, "severity.eq=%s;priority.ne=P1&sort=-priority,name".formatted(severity)))
        .containsExactly(ids.get(0), ids.get(2), ids.get(4));
    assertThat(listed(version, "id=%s,%s".formatted(ids.get(0), ids.get(1)))).hasSize(2);
    assertThat(listed(version, "creationDate.gt=2999-01-01")).isEmpty();
    assertThat(
            listed(
                version,
                "severity=%s&creationDate%%3E=2020-01-01T00:00:00Z&status=acknowledged"
                    .formatted(severity)))
        .hasSize(5);
    assertThat(listed(version, "severity=%s&status=held".formatted(severity))).isEmpty();
    Answer page =
        api.get(version, "/troubleTicket?severity=%s&sort=id&offset=2&limit=2".formatted(severity));
    assertThat(page.header("X-Total-Count")).isEqualTo("5");
    assertThat(page.header("X-Result-Count")).isEqualTo("2");
    assertThat(page.header("Link"))
        .contains("severity=%s&sort=id&offset=4&limit=2>; rel=\"next\"".formatted(severity))
        .contains("offset=0&limit=2>; rel=\"prev\"");
    assertThat(page.json())
        .extracting(ticket -> ticket.get("id").asText())
        .containsExactly(ids.get(2), ids.get(3));
    JsonNode some =
        api.get(
                version,
                "/troubleTicket?severity=%s&fields=name,status&limit=1".formatted(severity))
            .json()
            .get(0);
    List<String> fields = new ArrayList<>();
    some.fieldNames().forEachRemaining(fields::add);
    assertThat(fields).containsExactlyInAnyOrder("id", "href", "@type", "name", "status");
    assertThat(api.get(version, "/troubleTicket").header("X-Total-Count")).isNotEqualTo("0");
  }

  @Test
  void jsonPathFilters() throws Exception {
    ObjectNode body = minimal("with a note").put("severity", "JP");
    body.putArray("note").addObject().put("id", "n1").put("text", "x").put("@type", "Note");
    String id = created(V5, body).get("id").asText();
    created(V5, minimal("without").put("severity", "JP"));
    assertThat(
            listed(
                V5,
                "severity=JP&filter=note%5B?(@.id=='n1')%5D"
                    .replace("?", "%3F")
                    .replace("'", "%27")))
        .containsExactly(id);
    assertThat(listed(V5, "severity=JP&note.id=n1")).containsExactly(id);
  }

  private static List<String> listed(TmfVersion version, String query) throws Exception {
    Answer answer = api.get(version, "/troubleTicket?" + query);
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    for (JsonNode ticket : answer.json()) {
      api.valid(ticket, version, version == V4 ? "TroubleTicket" : "TroubleTicket_RES");
      ids.add(ticket.get("id").asText());
    }
    return ids;
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "limit=-1",
        "limit=x",
        "offset=99999999",
        "name.regex=(a%2B)%2B$",
        "name*=(a%2B)%2B$",
        "filter=$..*",
        "filter=$.note%5B%3F(@.text%20=~%20/(a%2B)%2B$/)%5D",
        "filter=%5B%5B%5B",
        "sort=a;b",
        "fields=a%00b",
        "status=nonsense",
        "creationDate.gt=yesterday",
        "%zz=1",
        "a.b.c.d.e.f.g.h=1",
        "after=x",
        "after=&before=",
        "after=&offset=5",
        "before=LWlkOjE6MQ&sort=lastUpdate",
        "after=&sort=name",
        "after=&note.author=me"
      })
  void aHostileQueryIsRefusedAtOnce(String query) throws Exception {
    int status = rawStatus("/tmf-api/troubleTicket/v5/troubleTicket?" + query);
    assertThat(status).as(query).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "&sort=id", "&sort=creationDate", "&sort=-lastUpdate"})
  void aListIsWalkedByCursorsThereAndBack(String sort) throws Exception {
    List<String> created = new ArrayList<>();
    for (int number = 0; number < 7; number++) {
      created.add(created(V5, minimal("walked").put("severity", "WALK" + sort)).get("id").asText());
    }
    String query = "severity=" + URLEncoder.encode("WALK" + sort, UTF_8) + sort;
    List<String> expected = listed(V5, query);
    assertThat(expected).hasSameSizeAs(created).containsAll(created);

    List<String> there = new ArrayList<>();
    String next = "/troubleTicket?" + query + "&limit=3&after=";
    String last = next;
    for (; next != null; next = linked(next, "next")) {
      there.addAll(ids(api.get(V5, next)));
      last = next;
    }
    assertThat(there).isEqualTo(expected);

    List<String> back = new ArrayList<>();
    for (String page = last; page != null; page = linked(page, "prev")) {
      back.addAll(0, ids(api.get(V5, page)));
    }
    assertThat(back).isEqualTo(expected);
    assertThat(ids(api.get(V5, linked(last, "first")))).isEqualTo(expected.subList(0, 3));
    assertThat(ids(api.get(V5, linked(last, "last")))).isEqualTo(expected.subList(4, 7));
  }

  @Test
  void whatIsAddedWhileAListIsWalkedMovesNothing() throws Exception {
    for (int number = 0; number < 4; number++) {
      created(V5, minimal("before").put("severity", "MOVES"));
    }
    List<String> expected = listed(V5, "severity=MOVES");
    String first = "/troubleTicket?severity=MOVES&limit=2&after=";
    String next = linked(first, "next");
    created(V5, minimal("meanwhile").put("severity", "MOVES"));
    assertThat(ids(api.get(V5, next))).isEqualTo(expected.subList(2, 4));
  }

  private static List<String> ids(Answer answer) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(200);
    List<String> ids = new ArrayList<>();
    answer.json().forEach(ticket -> ids.add(ticket.get("id").asText()));
    return ids;
  }

  /** Null if the page has no such link. */
  private static String linked(String page, String relation) throws Exception {
    String links = api.get(V5, page).header("Link");
    Matcher link =
        Pattern.compile("<[^>]*(/troubleTicket\\?[^>]*)>; rel=\"" + relation + "\"").matcher(links);
    return link.find() ? link.group(1) : null;
  }

  private static int rawStatus(String path) throws Exception {
    try (java.net.Socket socket =
        new java.net.Socket(api.hub().url().getHost(), api.hub().url().getPort())) {
      socket.setSoTimeout(5_000);
      socket
          .getOutputStream()
          .write(
              ("GET %s HTTP/1.1\r\nHost: hub\r\nAuthorization: Bearer %s\r\nConnection: close\r\n\r\n"
                      .formatted(path, TmfApi.DESK))
                  .getBytes());
      String answer = new String(socket.getInputStream().readAllBytes());
      return Integer.parseInt(answer.substring(9, 12));
    }
  }

  @Test
  void aBodyThatIsNotWhatTheSpecificationSaysIsRefused() throws Exception {
    for (String body :
        List.of(
            "",
            "[]",
            "{",
            "{}",
            "{\"description\": 5, \"severity\": \"a\", \"ticketType\": \"b\", \"@type\": \"TroubleTicket\"}",
            "{\"description\": \"a\", \"severity\": \"a\", \"ticketType\": \"b\", \"status\": \"lost\"}",
            "{\"description\": \"a\", \"description\": \"b\"}",
            "[".repeat(10_000))) {
      for (TmfVersion version : TmfVersion.values()) {
        Answer answer =
            api.call(
                "POST",
                version,
                "/troubleTicket",
                TmfApi.DESK,
                "application/json",
                body.getBytes());
        assertThat(answer.status()).as(body).isEqualTo(400);
      }
    }
    byte[] large = ("{\"description\": \"" + "x".repeat(200_000) + "\"}").getBytes();
    assertThat(
            api.call("POST", V5, "/troubleTicket", TmfApi.DESK, "application/json", large).status())
        .isEqualTo(413);
    assertThat(api.call("POST", V5, "/troubleTicket", TmfApi.DESK, "text/plain", large).status())
        .isEqualTo(415);
    String id = created(V5, minimal("kept")).get("id").asText();
    assertThat(
            api.patch(
                    V5, id, TicketPatch.MERGE, "{\"id\": \"other\", \"@type\": \"TroubleTicket\"}")
                .status())
        .isEqualTo(400);
    assertThat(
            api.patch(
                    V5,
                    id,
                    TicketPatch.PATCH,
                    "[{\"op\": \"test\", \"path\": \"/severity\", \"value\": \"x\"}]")
                .status())
        .isEqualTo(409);
  }

  @Test
  void onlyClientsAreLetInAndOnlyAsFarAsTheirScopesGo() throws Exception {
    byte[] body = JSON.writeValueAsBytes(minimal("scoped"));
    assertThat(api.call("GET", V4, "/troubleTicket", null, null, null).status()).isEqualTo(401);
    assertThat(api.call("GET", V4, "/troubleTicket", "wrong-token-0123456789", null, null).status())
        .isEqualTo(401);
    assertThat(
            api.call("GET", V4, "/troubleTicket", api.hub().operatorToken(), null, null).status())
        .isEqualTo(401);
    assertThat(
            api.call("POST", V4, "/troubleTicket", TmfApi.READER, "application/json", body)
                .status())
        .isEqualTo(403);
    assertThat(api.call("POST", V4, "/hub", TmfApi.READER, "application/json", body).status())
        .isEqualTo(403);
    assertThat(
            api.call("PUT", V5, "/troubleTicket/x", TmfApi.DESK, "application/json", body).status())
        .isEqualTo(405);
    assertThat(api.call("GET", V5, "/nothing", TmfApi.DESK, null, null).status()).isEqualTo(404);
    assertThat(api.get(V5, "/troubleTicket/TH0").status()).isEqualTo(404);
  }

  @Test
  void aClientOfItsOwnTicketsSeesNoOthers() throws Exception {
    String others = created(V5, minimal("of the desk")).get("id").asText();
    Answer answer =
        api.call(
            "POST",
            V5,
            "/troubleTicket",
            TmfApi.OWN,
            "application/json",
            JSON.writeValueAsBytes(minimal("my own")));
    String mine = api.ticket(answer, V5, 201).get("id").asText();
    assertThat(api.call("GET", V5, "/troubleTicket/" + others, TmfApi.OWN, null, null).status())
        .isEqualTo(404);
    JsonNode list = api.call("GET", V5, "/troubleTicket?limit=100", TmfApi.OWN, null, null).json();
    assertThat(list).extracting(ticket -> ticket.get("id").asText()).containsExactly(mine);
  }

  @Test
  void personalDataAreMaskedForWhoMayNotSeeThemAndSurviveTheirPatch() throws Exception {
    ObjectNode body = minimal("联系人张三丰 13800001234");
    ObjectNode party = body.putArray("relatedParty").addObject();
    party.put("role", "customer").put("@type", "RelatedPartyRefOrPartyRoleRef");
    party
        .putObject("partyOrPartyRole")
        .put("id", "C-9")
        .put("name", "张三丰")
        .put("@type", "PartyRef")
        .put("@referredType", "Individual");
    body.putArray("note").addObject().put("text", "电话 13800001234").put("@type", "Note");
    String id = created(V5, body).get("id").asText();
    String path = "/troubleTicket/" + id;
    Answer masked = api.call("GET", V5, path, TmfApi.PLAIN, null, null);
    assertThat(masked.text()).doesNotContain("13800001234").doesNotContain("张三丰");
    assertThat(readers(id)).isEmpty();
    String patch =
        "[{\"op\": \"add\", \"path\": \"/note/-\", \"value\": {\"text\": \"one more\", \"@type\": \"Note\"}}]";
    assertThat(
            api.call("PATCH", V5, path, TmfApi.PLAIN, TicketPatch.PATCH, patch.getBytes()).status())
        .isEqualTo(200);
    ObjectNode ticket = api.ticket(api.get(V5, path), V5, 200);
    assertThat(readers(id)).containsExactly("tmf621 client desk");
    assertThat(ticket.get("note")).hasSize(2);
    assertThat(ticket.at("/note/0/text").asText()).isEqualTo("电话 13800001234");
    assertThat(ticket.at("/relatedParty/0/partyOrPartyRole/name").asText()).isEqualTo("张三丰");
  }

  private static List<String> readers(String id) {
    return api.hub()
        .database()
        .queryForList("select actor from audit where subject = ?", String.class, "ticket " + id);
  }

  private static final Pattern COMMANDS = Pattern.compile("(?s)```sh\n(.*?)```");
  private static final Pattern WORD = Pattern.compile("'([^']*)'|\"([^\"]*)\"|(\\S+)");

  @Test
  void everyCommandOfTheGuideWorksAsWritten() throws Exception {
    String guide = Files.readString(EmbeddedHub.home().resolve("src/docs/tmf621.md"));
    List<String> lines =
        COMMANDS.matcher(guide).results().flatMap(block -> block.group(1).lines()).toList();
    assertThat(lines).hasSizeGreaterThan(16);
    String id = "";
    for (int i = 0; i < lines.size(); i += 2) {
      String command = lines.get(i + 1).replace("$ID", id);
      Answer answer = run(command);
      assertThat("# " + answer.status()).as(command + answer.text()).isEqualTo(lines.get(i));
      id = answer.status() == 201 ? answer.field("id") : id;
    }
  }

  private static Answer run(String command) throws Exception {
    String method = "GET";
    String path = "";
    String body = null;
    Map<String, String> headers = new HashMap<>();
    List<String> words =
        WORD.matcher(command)
            .results()
            .map(
                word ->
                    word.group(1) != null
                        ? word.group(1)
                        : word.group(2) != null ? word.group(2) : word.group(3))
            .toList();
    for (int i = 1; i < words.size(); i++) {
      switch (words.get(i)) {
        case "-X" -> method = words.get(++i);
        case "-d" -> body = words.get(++i);
        case "-H" -> {
          String[] header = words.get(++i).split(": ");
          headers.put(header[0], header[1].replace("$TOKEN", TmfApi.DESK));
        }
        default -> path = words.get(i).replace("$HUB", "");
      }
    }
    return new Caller(api.hub().url())
        .call(
            method,
            path,
            headers,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofString(body));
  }
}
