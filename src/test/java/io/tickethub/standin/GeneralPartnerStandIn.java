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

/** The partners behind everything else: a mail gateway that posts JSON, with keys. */
public final class GeneralPartnerStandIn implements StandIn {

  private static final Map<String, String> WORDS =
      Map.of("accepted", "接单", "processing", "处理中", "suspended", "等客户", "replied", "完成");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "接单",
          "processing", "处理中",
          "suspended", "等客户",
          "escalated", "升级",
          "replied", "完成",
          "calling-back", "完成",
          "archived", "归档",
          "cancelled", "撤单",
          "rejected", "撤单");

  private final Map<String, String> threads = new ConcurrentHashMap<>();
  private final JsonMapper json = new JsonMapper();
  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String secret;
  private final Staff staff;
  private final RepairLife repair;

  public GeneralPartnerStandIn(int port, URI hub, String secret, Duration pace, long seed) {
    this.secret = secret;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("M", staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/send", this::take);
    server.on("/send/threads", this::list);
    server.start();
  }

  private Reply take(Request request) throws Exception {
    if (!secret.equals(request.headers().get("X-Gateway-Key"))) {
      return new Reply(401, "text/plain", "wrong key".getBytes(UTF_8));
    }
    JsonNode notice = json.readTree(request.body());
    String ticket = notice.get("ticket").asText();
    String event = notice.get("event").asText();
    String thread = threads.computeIfAbsent(ticket, any -> repair.nextNumber());
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      ledger.takesEffect(
          ticket, notice.get("sequence").asInt(), event, notice.get("state").asText());
      follow(event, ticket, thread);
    }
    return new Reply(200, "application/json", json.writeValueAsBytes(Map.of("thread", thread)));
  }

  /** One page holds all: there are never many. */
  private Reply list(Request request) throws Exception {
    if (!secret.equals(request.headers().get("X-Gateway-Key"))) {
      return new Reply(401, "text/plain", "wrong key".getBytes(UTF_8));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("asOf", Instant.now().toString());
    list.put(
        "threads",
        ledger.beliefs().entrySet().stream()
            .map(
                belief ->
                    Map.of(
                        "thread",
                        threads.get(belief.getKey()),
                        "ticket",
                        belief.getKey(),
                        "word",
                        LISTED.getOrDefault(belief.getValue(), "新工单")))
            .toList());
    return new Reply(200, "application/json", json.writeValueAsBytes(list));
  }

  private void follow(String event, String ticket, String number) {
    if (event.equals("introduced") || event.equals("reopened")) {
      repair.begin(ticket, number);
    } else if (event.equals("withdrawn") || event.equals("cancelled")) {
      repair.end(ticket);
    }
  }

  private void send(News news) throws Exception {
    String word = news.state() == null ? "进展" : WORDS.get(news.state());
    hub.post(
        "/in/partner-general/mail",
        "application/json",
        json.writeValueAsBytes(
            Map.of(
                "messageId",
                "<%s@partner.example.test>".formatted(news.id()),
                "thread",
                news.partnerTicket(),
                "sentAt",
                news.at().toString(),
                "subject",
                "回复：【%s】%s".formatted(word, news.ticket()),
                "body",
                news.text())),
        Map.of("X-Gateway-Key", secret));
  }

  @Override
  public String name() {
    return "partner-general";
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
