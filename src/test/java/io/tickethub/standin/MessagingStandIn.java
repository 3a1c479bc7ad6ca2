package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The ECP: takes messages by JSON over HTTP with a key, and sends one with a known key once.
 * Customers' and staff's messages have a server each.
 */
public final class MessagingStandIn implements StandIn {

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final AtomicLong messages = new AtomicLong();
  private final String name;
  private final String key;
  private final HttpServerStandIn server;

  public MessagingStandIn(String name, int port, String key) {
    this.name = name;
    this.key = key;
    this.server = new HttpServerStandIn(port, mood);
    server.on("/ecp/v2/messages", this::take);
    server.start();
  }

  private Reply take(Request request) throws Exception {
    if (!key.equals(request.headers().get("X-Api-Key"))) {
      return new Reply(401, "text/plain", "wrong key".getBytes(UTF_8));
    }
    JsonNode notification = json.readTree(request.body());
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      ledger.takesEffect(
          notification.get("ticket").asText(),
          notification.get("sequence").asInt(),
          notification.get("event").asText(),
          notification.get("state").asText());
      messages.addAndGet(notification.get("messages").size());
    }
    return new Reply(
        200, "application/json", json.writeValueAsBytes(Map.of("status", 0, "message", "OK")));
  }

  /** Messages sent to people. */
  public long messages() {
    return messages.get();
  }

  @Override
  public String name() {
    return name;
  }

  @Override
  public Ledger ledger() {
    return ledger;
  }

  @Override
  public Mood mood() {
    return mood;
  }

  @Override
  public void close() {
    server.close();
  }
}
