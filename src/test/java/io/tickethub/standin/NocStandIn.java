package io.tickethub.standin;

import jakarta.jms.Message;
import jakarta.jms.TextMessage;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * The NOC: repairs the platform and the network, and brings in the regional company for what others
 * escalate; XML over JMS both ways.
 */
public final class NocStandIn implements StandIn {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuuMMddHHmmss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final double ESCALATES = 0.1;
  private static final Map<String, String> STEPS =
      Map.of(
          "accepted", "JD",
          "processing", "CL",
          "suspended", "GQ",
          "escalated", "SJ",
          "replied", "HD");

  /** New, dispatched again after a return, reopened. */
  private static final Set<String> BEGINS = Set.of("01", "02", "03");

  /** Cancelled, given to somebody else. */
  private static final Set<String> ENDS = Set.of("07", "08");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "JD",
          "processing", "CL",
          "suspended", "GQ",
          "escalated", "SJ",
          "replied", "HD",
          "calling-back", "HD",
          "archived", "GD",
          "cancelled", "CX",
          "rejected", "CX");

  private static final int LIST_PART = 200;

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final Map<String, String> orders = new ConcurrentHashMap<>();
  private final BrokerClient broker;
  private final Staff staff;
  private final RepairLife repair;

  public NocStandIn(String brokerUrl, String password, Duration pace, long seed) {
    this.broker = new BrokerClient(brokerUrl, name(), password);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("NOC", ESCALATES, staff, ledger, mood, this::send);
    broker.consume("noc.order", this::takeOrder);
    broker.consume("noc.list-request", this::list);
  }

  /** A cable of the area breaks (大面积障碍). Returns the NOC's number of it. */
  public String declareMassFault(String area) throws Exception {
    String number = repair.nextNumber();
    String text =
        "<MassFault xmlns=\"urn:noc\" id=\"%s\">%s%s%s%s%s%s</MassFault>"
            .formatted(
                repair.nextNumber(),
                Xml.element("OrderNo", number),
                Xml.element("Time", TIME.format(Instant.now())),
                Xml.element("Domain", "WL"),
                Xml.element("Area", area),
                Xml.element("Product", "general"),
                Xml.element("Title", "光缆中断"));
    broker.send("noc.progress", text, null, null);
    return number;
  }

  /** The cable is spliced. */
  public void clear(String number) throws Exception {
    send(new News(repair.nextNumber(), null, number, "replied", Instant.now(), "光缆已熔接"));
  }

  private void takeOrder(Message message) throws Exception {
    if (mood.is(Mischief.DOWN)) {
      throw new IllegalStateException("nobody is here");
    }
    Xml order = Xml.parse(((TextMessage) message).getText());
    if (!ledger.isNew(order.attribute("key"))) {
      return;
    }
    String ticket = order.text("HubTicketNo");
    ledger.takesEffect(
        ticket,
        Integer.parseInt(order.attribute("sequence")),
        order.text("Event"),
        order.text("State"));
    String number = orders.computeIfAbsent(ticket, any -> repair.nextNumber());
    boolean begins = BEGINS.contains(order.text("Event"));
    if (begins && order.text("Purpose").equals("REPAIR")) {
      repair.begin(ticket, number);
    } else if (begins) {
      staff.soon(() -> support(ticket, number));
    } else if (ENDS.contains(order.text("Event"))) {
      repair.end(ticket);
    }
  }

  private void list(Message message) throws Exception {
    String key = Xml.parse(((TextMessage) message).getText()).attribute("key");
    String time = TIME.format(Instant.now());
    List<Map.Entry<String, String>> beliefs =
        ledger.beliefs().entrySet().stream()
            .filter(belief -> orders.containsKey(belief.getKey()))
            .toList();
    int parts = Math.max(1, (beliefs.size() + LIST_PART - 1) / LIST_PART);
    for (int part = 1; part <= parts; part++) {
      StringBuilder listed = new StringBuilder();
      beliefs.stream()
          .skip((part - 1L) * LIST_PART)
          .limit(LIST_PART)
          .forEach(belief -> listed.append(listed(belief.getKey(), belief.getValue())));
      broker.send(
          "noc.list",
          "<OrderList xmlns=\"urn:noc\" key=\"%s\" part=\"%d\" of=\"%d\">%s%s</OrderList>"
              .formatted(key, part, parts, Xml.element("Time", time), listed),
          null,
          null);
    }
  }

  private String listed(String ticket, String state) {
    return "<Order>%s%s%s</Order>"
        .formatted(
            Xml.element("OrderNo", orders.get(ticket)),
            Xml.element("HubTicketNo", ticket),
            Xml.element("Step", LISTED.getOrDefault(state, "DJ")));
  }

  private void support(String ticket, String number) throws Exception {
    send(new News(repair.nextNumber(), ticket, number, null, Instant.now(), "区公司专家已介入"));
  }

  private void send(News news) throws Exception {
    boolean replied = "replied".equals(news.state());
    String text =
        "<Progress xmlns=\"urn:noc\" id=\"%s\">%s%s%s%s%s%s%s%s</Progress>"
            .formatted(
                news.id(),
                Xml.element("OrderNo", news.partnerTicket()),
                Xml.element("HubTicketNo", news.ticket()),
                Xml.element("Step", news.state() == null ? "FK" : STEPS.get(news.state())),
                Xml.element("Time", TIME.format(news.at())),
                Xml.element("Waiting", "suspended".equals(news.state()) ? "KH" : null),
                Xml.element("Cause", replied ? "光缆中断" : null),
                Xml.element("Measure", replied ? news.text() : null),
                Xml.element("Remark", news.text()));
    broker.send("noc.progress", text, null, null);
  }

  @Override
  public String name() {
    return "noc";
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
    broker.close();
  }
}
