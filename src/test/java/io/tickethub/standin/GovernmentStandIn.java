package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.net.URI;
import java.time.Duration;
import java.time.Instant;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;

/** The government hotline: SOAP 1.2 both ways, signed. */
public final class GovernmentStandIn implements StandIn {

  private static final Map<String, String> STATES =
      Map.of(
          "accepted", "RECEIVED",
          "processing", "WORKING",
          "suspended", "WAITING",
          "replied", "SOLVED");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "RECEIVED",
          "processing", "WORKING",
          "suspended", "WAITING",
          "escalated", "ESCALATED",
          "replied", "SOLVED",
          "calling-back", "SOLVED",
          "archived", "CLOSED",
          "cancelled", "CANCELLED",
          "rejected", "CANCELLED");

  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final HttpServerStandIn server;
  private final HubClient hub;
  private final String secret;
  private final Staff staff;
  private final RepairLife repair;

  public GovernmentStandIn(int port, URI hub, String secret, Duration pace, long seed) {
    this.secret = secret;
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("ZF", staff, ledger, mood, this::send);
    this.server = new HttpServerStandIn(port, mood);
    server.on("/soap", this::take);
    server.start();
  }

  private Reply take(Request request) throws Exception {
    if (!HubClient.isSigned(secret, request.headers(), request.body())) {
      return new Reply(401, "text/plain", "wrong signature".getBytes(UTF_8));
    }
    Xml order = Xml.parse(request.body()).element("Body").firstChild();
    if (order.name().equals("ListOrders")) {
      return list();
    }
    String ticket = order.text("ticket");
    String number = orders.computeIfAbsent(ticket, any -> repair.nextNumber());
    if (ledger.isNew(order.text("requestId"))) {
      int sequence = Integer.parseInt(order.text("sequence"));
      ledger.takesEffect(ticket, sequence, order.text("event"), order.text("state"));
      follow(order.text("event"), ticket, number);
    }
    String receipt =
        "<OrderReceipt xmlns=\"urn:government-hotline\"><result>OK</result>%s</OrderReceipt>"
            .formatted(Xml.element("orderNo", number));
    return new Reply(200, "application/soap+xml; charset=UTF-8", soap(receipt));
  }

  /** One page holds all: there are never many. */
  private Reply list() {
    StringBuilder listed = new StringBuilder(Xml.element("time", Instant.now()));
    ledger
        .beliefs()
        .forEach(
            (ticket, state) ->
                listed.append(
                    "<order>%s%s%s</order>"
                        .formatted(
                            Xml.element("ticket", ticket),
                            Xml.element("orderNo", orders.get(ticket)),
                            Xml.element("state", LISTED.getOrDefault(state, "NEW")))));
    return new Reply(
        200,
        "application/soap+xml; charset=UTF-8",
        soap("<OrderList xmlns=\"urn:government-hotline\">%s</OrderList>".formatted(listed)));
  }

  private static byte[] soap(String body) {
    return "<soap:Envelope xmlns:soap=\"http://www.w3.org/2003/05/soap-envelope\"><soap:Body>%s</soap:Body></soap:Envelope>"
        .formatted(body)
        .getBytes(UTF_8);
  }

  private void follow(String event, String ticket, String number) {
    if (event.equals("introduced") || event.equals("reopened")) {
      repair.begin(ticket, number);
    } else if (event.equals("withdrawn") || event.equals("cancelled")) {
      repair.end(ticket);
    }
  }

  private void send(News news) throws Exception {
    boolean replied = "replied".equals(news.state());
    byte[] body =
        soap(
            "<Progress xmlns=\"urn:government-hotline\">%s%s%s%s%s%s%s%s%s</Progress>"
                .formatted(
                    Xml.element("messageId", news.id()),
                    Xml.element("ticket", news.ticket()),
                    Xml.element("orderNo", news.partnerTicket()),
                    Xml.element("state", news.state() == null ? "NEWS" : STATES.get(news.state())),
                    Xml.element("time", news.at()),
                    Xml.element("waitingFor", "suspended".equals(news.state()) ? "AGENCY" : null),
                    Xml.element("cause", replied ? "证书过期" : null),
                    Xml.element("action", replied ? news.text() : null),
                    Xml.element("remark", news.text())));
    hub.post(
        "/in/partner-government/progress",
        "application/soap+xml; charset=UTF-8",
        body,
        HubClient.signature(secret, news.id(), body));
  }

  @Override
  public String name() {
    return "partner-government";
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
