package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.net.URI;
import java.nio.charset.Charset;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The customer response system: XML in Chinese and GB18030 over HTTP, signed both ways. Its account
 * managers ask for solutions, too.
 */
public final class CustomerResponseStandIn implements StandIn {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.of("Asia/Shanghai"));
  private static final Map<String, String> ACTIONS =
      Map.of("accepted", "受理", "processing", "勘查", "suspended", "待客户", "replied", "方案提交");
  private static final Set<String> BEGINS = Set.of("登记", "新需求", "重提");
  private static final Set<String> ENDS = Set.of("撤销", "收回");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "受理",
          "processing", "勘查",
          "suspended", "待客户",
          "escalated", "上报区公司",
          "replied", "方案提交",
          "calling-back", "方案提交",
          "archived", "归档",
          "cancelled", "撤销",
          "rejected", "撤销");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final Map<String, String> numbers = new ConcurrentHashMap<>();
  private final AtomicLong openedHere = new AtomicLong();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String secret;
  private final Staff staff;
  private final RepairLife repair;

  public CustomerResponseStandIn(int port, URI hub, String secret, Duration pace, long seed) {
    this.secret = secret;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("KX", staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/support-requests", this::takeRequest);
    server.on("/request-lists", this::list);
    server.start();
  }

  /** An account manager asks for a solution. */
  public void ask() {
    openedHere.incrementAndGet();
    String id = repair.nextNumber();
    String text =
        Xml.element("动作", "新建")
            + Xml.element("客响单号", repair.nextNumber())
            + Xml.element("时间", TIME.format(Instant.now()))
            + Xml.element("产品名称", "云网融合")
            + Xml.element("规模", "一般项目")
            + Xml.element("标题", "新校区组网")
            + Xml.element("区县", "港口区")
            + Xml.element("客户编号", "C000201");
    staff.now(() -> post(id, text));
  }

  private Reply takeRequest(Request request) throws Exception {
    if (!HubClient.isSigned(secret, request.headers(), request.body())) {
      return new Reply(401, "text/plain", "wrong signature".getBytes(UTF_8));
    }
    Xml message = Xml.parse(new String(request.body(), GB18030));
    String ticket = message.text("单号");
    String number =
        numbers.computeIfAbsent(
            ticket,
            any -> message.text("客响单号") == null ? repair.nextNumber() : message.text("客响单号"));
    if (ledger.isNew(request.headers().get("Idempotency-Key"))) {
      String event = message.text("事件");
      int sequence = Integer.parseInt(message.attribute("序号"));
      ledger.takesEffect(ticket, sequence, event, message.text("状态"));
      if (BEGINS.contains(event)) {
        repair.begin(ticket, number);
      } else if (ENDS.contains(event)) {
        repair.end(ticket);
      }
    }
    String receipt =
        "<?xml version=\"1.0\" encoding=\"GB18030\"?><回执 xmlns=\"urn:customer-response\">%s</回执>"
            .formatted(Xml.element("客响单号", number));
    return new Reply(200, "application/xml; charset=GB18030", receipt.getBytes(GB18030));
  }

  /** One page holds all: there are never many. */
  private Reply list(Request request) {
    if (!HubClient.isSigned(secret, request.headers(), request.body())) {
      return new Reply(401, "text/plain", "wrong signature".getBytes(UTF_8));
    }
    StringBuilder listed = new StringBuilder(Xml.element("时间", TIME.format(Instant.now())));
    ledger
        .beliefs()
        .forEach(
            (ticket, state) ->
                listed.append(
                    "<需求>%s%s%s</需求>"
                        .formatted(
                            Xml.element("客响单号", numbers.get(ticket)),
                            Xml.element("单号", ticket),
                            Xml.element("状态", LISTED.getOrDefault(state, "待受理")))));
    String text =
        "<?xml version=\"1.0\" encoding=\"GB18030\"?><清单 xmlns=\"urn:customer-response\">%s</清单>"
            .formatted(listed);
    return new Reply(200, "application/xml; charset=GB18030", text.getBytes(GB18030));
  }

  private void send(News news) throws Exception {
    post(
        news.id(),
        Xml.element("动作", news.state() == null ? "进展" : ACTIONS.get(news.state()))
            + Xml.element("客响单号", news.partnerTicket())
            + Xml.element("单号", news.ticket())
            + Xml.element("时间", TIME.format(news.at()))
            + Xml.element("方案", "replied".equals(news.state()) ? "双路由裸光纤加备份专线" : null)
            + Xml.element("说明", news.text()));
  }

  private void post(String id, String content) throws Exception {
    byte[] body =
        "<?xml version=\"1.0\" encoding=\"GB18030\"?><响应 xmlns=\"urn:customer-response\" 编号=\"%s\">%s</响应>"
            .formatted(id, content)
            .getBytes(GB18030);
    hub.post(
        "/in/customer-response/response",
        "application/xml; charset=GB18030",
        body,
        HubClient.signature(secret, id, body));
  }

  /** Requests of its own account managers. */
  public long openedHere() {
    return openedHere.get();
  }

  @Override
  public String name() {
    return "customer-response";
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
