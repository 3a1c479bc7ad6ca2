package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The digital hospital hotline: HTTP JSON both ways, signed, with idempotency keys. */
public final class HospitalStandIn implements StandIn {

  private static final Map<String, String> STATUSES =
      Map.of(
          "accepted", "ACCEPTED",
          "processing", "IN_PROGRESS",
          "suspended", "ON_HOLD",
          "replied", "RESOLVED");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "ACCEPTED",
          "processing", "IN_PROGRESS",
          "suspended", "ON_HOLD",
          "escalated", "ESCALATED",
          "replied", "RESOLVED",
          "calling-back", "RESOLVED",
          "archived", "CLOSED",
          "cancelled", "CANCELLED",
          "rejected", "CANCELLED");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, String> tickets = new ConcurrentHashMap<>();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String secret;
  private final Staff staff;
  private final RepairLife repair;

  public HospitalStandIn(int port, URI hub, String secret, Duration pace, long seed) {
    this.secret = secret;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("YY", staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/api/ticket-events", this::takeEvent);
    server.on("/api/ticket-list", this::list);
    server.start();
  }

  private Reply takeEvent(Request request) throws Exception {
    if (!HubClient.isSigned(secret, request.headers(), request.body())) {
      return new Reply(401, "text/plain", "wrong signature".getBytes(UTF_8));
    }
    JsonNode event = json.readTree(request.body());
    String ticket = event.get("ticket").asText();
    String number = tickets.computeIfAbsent(ticket, any -> repair.nextNumber());
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      takeEffect(event, ticket, number);
    }
    return new Reply(
        200, "application/json", json.writeValueAsBytes(Map.of("partnerTicket", number)));
  }

  /** One page holds all: there are never many. */
  private Reply list(Request request) throws Exception {
    if (!HubClient.isSigned(secret, request.headers(), request.body())) {
      return new Reply(401, "text/plain", "wrong signature".getBytes(UTF_8));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("listId", repair.nextNumber());
    list.put("asOf", Instant.now().toString());
    list.put(
        "tickets",
        ledger.beliefs().entrySet().stream()
            .filter(belief -> tickets.containsKey(belief.getKey()))
            .map(
                belief ->
                    Map.of(
                        "ticket",
                        belief.getKey(),
                        "partnerTicket",
                        tickets.get(belief.getKey()),
                        "status",
                        LISTED.getOrDefault(belief.getValue(), "NEW")))
            .toList());
    return new Reply(200, "application/json", json.writeValueAsBytes(list));
  }

  private void takeEffect(JsonNode event, String ticket, String number) {
    String what = event.get("event").asText();
    ledger.takesEffect(ticket, event.get("sequence").asInt(), what, event.get("state").asText());
    if (what.equals("introduced") || what.equals("reopened")) {
      repair.begin(ticket, number);
    } else if (what.equals("withdrawn") || what.equals("cancelled")) {
      repair.end(ticket);
    }
  }

  private void send(News news) throws Exception {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("eventId", news.id());
    message.put("type", news.state() == null ? "comment" : "status");
    message.put("ticket", news.ticket());
    message.put("partnerTicket", news.partnerTicket());
    message.put("occurredAt", news.at().toString());
    message.put("comment", news.text());
    if (news.state() != null) {
      message.put("status", STATUSES.get(news.state()));
    }
    if ("suspended".equals(news.state())) {
      message.put("holdReason", "HOSPITAL");
    }
    if ("replied".equals(news.state())) {
      message.put("resolution", Map.of("cause", "接口板故障", "action", news.text(), "code", "HW-03"));
    }
    byte[] body = json.writeValueAsBytes(message);
    hub.post(
        "/in/partner-hospital/progress",
        "application/json",
        body,
        HubClient.signature(secret, news.id(), body));
  }

  public int port() {
    return server.port();
  }

  @Override
  public String name() {
    return "partner-hospital";
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
    staff.close();
    server.close();
  }
}
