package io.tickethub.tmf;

import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.harness.Caller;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.EmbeddedHub;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/**
 * A hub without connectors, and clients of its TMF621 interface: every answer is held to the
 * published specification.
 */
final class TmfApi implements AutoCloseable {

  static final JsonMapper JSON = new JsonMapper();
  static final String DESK = "desk-token-0123456789";
  static final String PLAIN = "plain-token-0123456789";
  static final String OWN = "own-token-0123456789";
  static final String READER = "reader-token-0123456789";

  private final EmbeddedHub hub;
  private final Caller caller;
  private final RequestSchemas schemas = new RequestSchemas();

  private TmfApi(EmbeddedHub hub) {
    this.hub = hub;
    this.caller = new Caller(hub.url());
  }

  static TmfApi start(Path directory, String... values) throws Exception {
    Path connectors = Files.createDirectories(directory.resolve("connectors"));
    Path products = connectors.resolve("products");
    if (!Files.exists(products)) {
      Files.createSymbolicLink(products, EmbeddedHub.home().resolve("connectors/products"));
    }
    List<String> arguments = new ArrayList<>(List.of(values));
    client(arguments, directory, "desk", DESK, "call-center", "read,write,listen,personal");
    client(arguments, directory, "plain", PLAIN, "call-center", "read,write");
    client(arguments, directory, "own", OWN, "own", "read,write,listen");
    client(arguments, directory, "reader", READER, "reader", "read");
    arguments.add("--hub.tmf.clients.own.tickets=own");
    arguments.add("--hub.tmf.listeners=127.0.0.1");
    return new TmfApi(EmbeddedHub.start(directory, connectors, arguments.toArray(String[]::new)));
  }

  private static void client(
      List<String> arguments,
      Path directory,
      String name,
      String token,
      String system,
      String scopes)
      throws Exception {
    Path secret = Files.writeString(directory.resolve(name + ".token"), token);
    String key = "--hub.tmf.clients.%s.".formatted(name);
    arguments.add(key + "token=file:" + secret);
    arguments.add(key + "system=" + system);
    arguments.add(key + "scopes=" + scopes);
  }

  EmbeddedHub hub() {
    return hub;
  }

  /** A call of an operation; whatever is refused has the specification's error body. */
  Answer call(
      String method, TmfVersion version, String path, String token, String type, byte[] body)
      throws Exception {
    return call(method, version, path, token, type, body, Map.of());
  }

  Answer call(
      String method,
      TmfVersion version,
      String path,
      String token,
      String type,
      byte[] body,
      Map<String, String> more)
      throws Exception {
    Map<String, String> headers = new HashMap<>(more);
    if (token != null) {
      headers.put("Authorization", "Bearer " + token);
    }
    if (type != null) {
      headers.put("Content-Type", type);
    }
    Answer answer =
        caller.call(
            method,
            version.root() + path,
            headers,
            body == null ? BodyPublishers.noBody() : BodyPublishers.ofByteArray(body));
    if (answer.status() >= 400) {
      assertThat(schemas.flaws(answer.json(), version, "Error")).as(answer.text()).isEmpty();
      assertThat(answer.field("status")).isEqualTo(String.valueOf(answer.status()));
    }
    return answer;
  }

  Answer get(TmfVersion version, String path) throws Exception {
    return call("GET", version, path, DESK, null, null);
  }

  Answer post(TmfVersion version, String path, JsonNode body) throws Exception {
    return call("POST", version, path, DESK, "application/json", JSON.writeValueAsBytes(body));
  }

  Answer patch(TmfVersion version, String id, String type, String body) throws Exception {
    return call("PATCH", version, "/troubleTicket/" + id, DESK, type, body.getBytes());
  }

  /** The answer's ticket, which is what the specification says. */
  ObjectNode ticket(Answer answer, TmfVersion version, int status) {
    assertThat(answer.status()).as(answer.text()).isEqualTo(status);
    ObjectNode ticket = (ObjectNode) answer.json();
    valid(ticket, version, version == TmfVersion.V4 ? "TroubleTicket" : "TroubleTicket_RES");
    return ticket;
  }

  void valid(JsonNode body, TmfVersion version, String schema) {
    assertThat(schemas.flaws(body, version, schema)).as("%s: %s", schema, body).isEmpty();
  }

  RequestSchemas schemas() {
    return schemas;
  }

  /** An example of the specification of v5. */
  static ObjectNode example(String name) {
    return (ObjectNode)
        RequestSchemas.document(TmfVersion.V5)
            .at("/components/examples/%s/value".formatted(name))
            .deepCopy();
  }

  static ObjectNode minimal(String description) {
    return JSON.createObjectNode()
        .put("description", description)
        .put("severity", "Minor")
        .put("ticketType", "incident")
        .put("@type", "TroubleTicket");
  }

  @Override
  public void close() {
    hub.close();
  }
}
