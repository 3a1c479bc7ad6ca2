package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The government and enterprise support centre: JSON over HTTP both ways, with keys. It repairs,
 * asks the regional company for support, and inspects on its own account.
 */
public final class SupportCentreStandIn implements StandIn {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.of("Asia/Shanghai"));
  private static final double ESCALATES = 0.2;
  private static final double PASSES_ON = 0.4;
  private static final Map<String, String> STATUSES =
      Map.of(
          "accepted", "已接单",
          "processing", "处理中",
          "suspended", "挂起",
          "escalated", "申请支援",
          "replied", "已完成");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "已接单",
          "processing", "处理中",
          "suspended", "挂起",
          "escalated", "申请支援",
          "replied", "已完成",
          "calling-back", "已完成",
          "archived", "已归档",
          "cancelled", "已撤销",
          "rejected", "已撤销");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final AtomicLong openedHere = new AtomicLong();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String key;
  private final Staff staff;
  private final RepairLife repair;

  public SupportCentreStandIn(int port, URI hub, String key, Duration pace, long seed) {
    this.key = key;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("ZQ", ESCALATES, staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/api/v1/work-orders", this::takeOrder);
    server.on("/api/v1/work-order-list", this::list);
    server.start();
  }

  /** An inspection is due. */
  public void inspect() {
    String order = repair.nextNumber();
    openedHere.incrementAndGet();
    Map<String, Object> message = message(repair.nextNumber(), "巡检", order, null);
    message.put("title", "互联网专线季度检查");
    message.put("district", "防城区");
    staff.now(() -> post(message));
  }

  private Reply takeOrder(Request request) throws Exception {
    if (!key.equals(request.headers().get("X-Api-Key"))) {
      return new Reply(401, "text/plain", "wrong key".getBytes(UTF_8));
    }
    JsonNode order = json.readTree(request.body());
    String ticket = order.get("hubTicketNo").asText();
    String number =
        orders.computeIfAbsent(
            ticket,
            any -> order.has("orderNo") ? order.get("orderNo").asText() : repair.nextNumber());
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      takeEffect(order, ticket, number);
    }
    return new Reply(
        200,
        "application/json",
        json.writeValueAsBytes(Map.of("result", 0, "message", "成功", "orderNo", number)));
  }

  /** One page holds all: there are never many. */
  private Reply list(Request request) throws Exception {
    if (!key.equals(request.headers().get("X-Api-Key"))) {
      return new Reply(401, "text/plain", "wrong key".getBytes(UTF_8));
    }
    Map<String, Object> list = new LinkedHashMap<>();
    list.put("result", 0);
    list.put("time", TIME.format(Instant.now()));
    list.put(
        "orders",
        ledger.beliefs().entrySet().stream()
            .map(
                belief ->
                    Map.of(
                        "orderNo",
                        orders.get(belief.getKey()),
                        "hubTicketNo",
                        belief.getKey(),
                        "status",
                        LISTED.getOrDefault(belief.getValue(), "待接单")))
            .toList());
    return new Reply(200, "application/json", json.writeValueAsBytes(list));
  }

  private void takeEffect(JsonNode order, String ticket, String number) {
    String action = order.get("action").asText();
    ledger.takesEffect(ticket, order.get("sequence").asInt(), action, order.get("state").asText());
    boolean mine = order.get("role").asText().equals("处理");
    boolean begins = action.equals("introduced") || action.equals("reopened");
    if (begins && mine && staff.happens(PASSES_ON)) {
      staff.soon(() -> passOn(ticket, number));
    } else if (begins && mine) {
      repair.begin(ticket, number);
    } else if (action.equals("registered")) {
      repair.begin(ticket, number);
    } else if (action.equals("withdrawn") || action.equals("cancelled")) {
      repair.end(ticket);
    }
  }

  /** 转派: somebody has to go there. */
  private void passOn(String ticket, String number) throws Exception {
    Map<String, Object> message = message(repair.nextNumber(), "转派", number, ticket);
    message.put("to", "装维");
    message.put("remark", "需上门更换光猫");
    post(message);
  }

  private void send(News news) throws Exception {
    Map<String, Object> message =
        message(news.id(), news.state() == null ? "反馈" : "状态", news.partnerTicket(), news.ticket());
    message.put("time", TIME.format(news.at()));
    message.put("remark", news.text());
    if (news.state() != null) {
      message.put("status", STATUSES.get(news.state()));
    }
    if ("suspended".equals(news.state())) {
      message.put("holdReason", "客户原因");
    }
    if ("replied".equals(news.state())) {
      message.put("cause", "尾纤折断");
      message.put("measure", news.text());
    }
    post(message);
  }

  private static Map<String, Object> message(String id, String type, String order, String ticket) {
    Map<String, Object> message = new LinkedHashMap<>();
    message.put("messageNo", id);
    message.put("type", type);
    message.put("orderNo", order);
    if (ticket != null) {
      message.put("hubTicketNo", ticket);
    }
    message.put("time", TIME.format(Instant.now()));
    return message;
  }

  private void post(Map<String, Object> message) throws Exception {
    hub.post(
        "/in/support-centre/progress",
        "application/json",
        json.writeValueAsBytes(message),
        Map.of("X-Api-Key", key));
  }

  /** Inspections this centre opened itself. */
  public long openedHere() {
    return openedHere.get();
  }

  @Override
  public String name() {
    return "support-centre";
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
