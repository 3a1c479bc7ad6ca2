package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The transport hotline: HTTP XML. It knows no keys: what it gets twice, it does twice; but it can
 * be asked.
 */
public final class TransportStandIn implements StandIn {

  private static final Map<String, String> STATUSES =
      Map.of("accepted", "1", "processing", "2", "suspended", "3", "replied", "5");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("dd-MM-yyyy HH:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "1",
          "processing", "2",
          "suspended", "3",
          "escalated", "4",
          "replied", "5",
          "calling-back", "5",
          "archived", "7",
          "cancelled", "8",
          "rejected", "8");
  private static final String NAMESPACE = "urn:transport-hotline";

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String secret;
  private final Staff staff;
  private final RepairLife repair;

  public TransportStandIn(int port, URI hub, String secret, Duration pace, long seed) {
    this.secret = secret;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("JT", staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/orders", this::takeOrder);
    server.on("/questions", this::answerQuestion);
    server.on("/lists", this::list);
    server.start();
  }

  private Reply takeOrder(Request request) throws Exception {
    Xml order = Xml.parse(request.body());
    String ticket = order.text("TicketNo");
    String event = order.text("Event");
    String number = orders.computeIfAbsent(ticket, any -> repair.nextNumber());
    ledger.isNew(identity(order));
    ledger.takesEffect(
        ticket, Integer.parseInt(order.text("Sequence")), event, order.text("State"));
    if (event.equals("introduced") || event.equals("reopened")) {
      repair.begin(ticket, number);
    } else if (event.equals("withdrawn") || event.equals("cancelled")) {
      repair.end(ticket);
    }
    return xml("<Taken xmlns=\"%s\"><OrderNo>%s</OrderNo></Taken>".formatted(NAMESPACE, number));
  }

  private Reply answerQuestion(Request request) throws Exception {
    Xml question = Xml.parse(request.body());
    return xml(
        "<Answer xmlns=\"%s\"><Known>%s</Known>%s</Answer>"
            .formatted(
                NAMESPACE,
                ledger.has(identity(question)),
                Xml.element("OrderNo", orders.get(question.text("TicketNo")))));
  }

  /** One page holds all: there are never many. */
  private Reply list(Request request) {
    StringBuilder listed = new StringBuilder(Xml.element("Time", TIME.format(Instant.now())));
    ledger
        .beliefs()
        .forEach(
            (ticket, state) ->
                listed.append(
                    "<Order>%s%s%s</Order>"
                        .formatted(
                            Xml.element("TicketNo", ticket),
                            Xml.element("OrderNo", orders.get(ticket)),
                            Xml.element("Status", LISTED.getOrDefault(state, "9")))));
    return xml("<OrderList xmlns=\"%s\">%s</OrderList>".formatted(NAMESPACE, listed));
  }

  private static String identity(Xml message) {
    return "%s/%s/%s"
        .formatted(message.text("TicketNo"), message.text("Sequence"), message.text("Event"));
  }

  private static Reply xml(String text) {
    return new Reply(200, "application/xml; charset=UTF-8", text.getBytes(UTF_8));
  }

  private void send(News news) throws Exception {
    boolean replied = "replied".equals(news.state());
    String text =
        "<Progress xmlns=\"%s\" id=\"%s\">%s%s%s%s%s%s%s%s</Progress>"
            .formatted(
                NAMESPACE,
                news.id(),
                Xml.element("TicketNo", news.ticket()),
                Xml.element("OrderNo", news.partnerTicket()),
                Xml.element("Status", news.state() == null ? "0" : STATUSES.get(news.state())),
                Xml.element("Time", TIME.format(news.at())),
                Xml.element("Waiting", "suspended".equals(news.state()) ? "customer" : null),
                Xml.element("Cause", replied ? "终端SIM卡接触不良" : null),
                Xml.element("Action", replied ? news.text() : null),
                Xml.element("Text", news.text()));
    byte[] body = text.getBytes(UTF_8);
    hub.post(
        "/in/partner-transport/progress",
        "application/xml; charset=UTF-8",
        body,
        HubClient.signature(secret, news.id(), body));
  }

  public int port() {
    return server.port();
  }

  @Override
  public String name() {
    return "partner-transport";
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
