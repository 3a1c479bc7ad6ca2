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
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;

/** The call centre 10000: a JMS client that reports, urges, calls customers back and archives. */
public final class CallCenterStandIn implements StandIn {

  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZoneId.of("Asia/Shanghai"));
  private static final String NAMESPACE = "urn:tickethub:call-center";
  private static final String REQUESTS = "call-center.request";
  private static final String TASKS = "call-center.task";
  private static final String REPLIES = "call-center.reply";
  private static final String LIST_REQUESTS = "call-center.list-request";
  private static final String LISTS = "call-center.list";
  private static final int LIST_PART = 500;
  private static final Duration PATIENCE = Duration.ofSeconds(5);

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final BrokerClient broker;
  private final Staff staff;
  private final Probabilities probabilities;
  private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() % 100_000_000 * 100);
  private final Map<String, String> unanswered = new ConcurrentHashMap<>();
  private final Map<String, String> accounts = new ConcurrentHashMap<>();
  private final Map<String, String> hubNumbers = new ConcurrentHashMap<>();
  private final Map<String, String> openedAs = new ConcurrentHashMap<>();
  private final AtomicLong opened = new AtomicLong();
  private static final String ARCHIVED = "archived";

  private final AtomicLong archived = new AtomicLong();

  /** News that crosses with the archiving opens nothing again here. */
  private final Set<String> closed = ConcurrentHashMap.newKeySet();

  private final AtomicLong refused = new AtomicLong();

  /**
   * How customers are.
   *
   * @param solvedOnThePhone before anything is dispatched
   * @param urges asks for haste
   * @param repeats reports the same again
   * @param dissatisfied is not satisfied at the call-back
   */
  public record Probabilities(
      double solvedOnThePhone, double urges, double repeats, double dissatisfied) {
    public static final Probabilities USUAL = new Probabilities(0.1, 0.06, 0.05, 0.08);
  }

  public CallCenterStandIn(
      String brokerUrl,
      String user,
      String password,
      Duration pace,
      long seed,
      Probabilities probabilities) {
    this.broker = new BrokerClient(brokerUrl, user, password);
    this.staff = new Staff(name(), pace, seed);
    this.probabilities = probabilities;
    broker.consume(TASKS, this::takeTask);
    broker.consume(REPLIES, this::takeReply);
    broker.consume(LIST_REQUESTS, this::list);
    staff.every(PATIENCE, this::askAgain);
  }

  /** Why customers call: every kind of ticket, and faults of every domain. */
  private enum Reason {
    HOSPITAL(
        "01", "YY", null, "PACS影像系统无法登录", "hospitalCode=H-0770-03,subsystem=pacs,department=放射科"),
    NETWORK("01", "QT", "WL", "多个小区宽带中断", "productName=光纤宽带"),
    TRANSPORT("01", "JT", null, "车载终端不上线", "plate=桂P12345,terminalId=GPS-88001"),
    ACCESS("01", "QT", "JR", "专线频繁中断", "productName=互联网专线"),
    CAMPUS(
        "01",
        "YJT",
        null,
        "食堂读卡器不能刷卡",
        "schoolCode=FCG-01,cardReader=R-0007,cardNumber=2026001234"),
    INSPECTION("08", "QT", null, "节前线路巡检", "productName=互联网专线"),
    INSTALLATION("07", "QT", null, "新装互联网专线", "productName=互联网专线,serviceNumber=07702812345"),
    PRE_SALES("06", "QT", null, "园区专线组网方案", "productName=互联网专线,projectSize=large"),
    GOVERNMENT("01", "ZW", null, "移动执法终端无法上传", "agencyCode=GX-FCG-017,application=移动执法"),
    PLATFORM("01", "YY", "PT", "挂号平台登录失败", "hospitalCode=H-0770-03,subsystem=registration"),
    GOVERNMENT_PRODUCT("01", "ZW", "CP", "执法应用闪退", "agencyCode=GX-FCG-017,application=移动执法"),
    GENERAL_PRODUCT("01", "QT", "CP", "云视频会议无法入会", "productName=云视频会议"),
    GENERAL("01", "QT", null, "宽带无法上网", "productName=光纤宽带,serviceNumber=07702812345"),
    CUSTOMER_SIDE("01", "QT", "YH", "客户交换机掉电", "productName=互联网专线"),
    COMPLAINT("02", "JT", null, "车载终端屡修不好", "plate=桂P12346,terminalId=GPS-88002"),
    INQUIRY("03", "QT", null, "查询装机进度", "productName=光纤宽带"),
    SERVICE_REQUEST("04", "QT", null, "变更套餐", "productName=光纤宽带"),
    SUGGESTION("05", "YJT", null, "建议食堂增设充值点", "schoolCode=FCG-01");

    private final String kind;
    private final String product;
    private final String domain;
    private final String title;
    private final String attributes;

    Reason(String kind, String product, String domain, String title, String attributes) {
      this.kind = kind;
      this.product = product;
      this.domain = domain;
      this.title = title;
      this.attributes = attributes;
    }

    private boolean canBeSolvedOnThePhone() {
      return kind.compareTo("06") < 0;
    }
  }

  /** A customer calls. */
  public void receiveCall() {
    long number = numbers.incrementAndGet();
    String ticket = "10000-" + number;
    Reason reason = Reason.values()[(int) (opened.get() % Reason.values().length)];
    boolean solved =
        reason.canBeSolvedOnThePhone() && staff.happens(probabilities.solvedOnThePhone());
    Instant now = Instant.now();
    String message =
        request(
            "CC-" + number,
            "OPEN",
            ticket,
            null,
            now,
            null,
            solved ? "远程重启后恢复" : "客户急用",
            report(reason, solved, number, "防城区"));
    openedAs.put(ticket, solved ? "replied" : "dispatched");
    opened.incrementAndGet();
    boolean urges = !solved && staff.happens(probabilities.urges());
    if (urges && mood.is(Mischief.OUT_OF_ORDER)) {
      urge(ticket, "URGE", now.plusMillis(5));
    }
    sendRequest("CC-" + number, message);
    if (urges && !mood.is(Mischief.OUT_OF_ORDER)) {
      staff.soon(() -> urge(ticket, "URGE", Instant.now()));
    }
    if (!solved && staff.happens(probabilities.repeats())) {
      staff.soon(() -> urge(ticket, "REPEAT", Instant.now()));
    }
    if (solved) {
      staff.soon(() -> callBack(ticket, null));
    }
  }

  /** A customer of a district calls, whose line is dead; the fault is dispatched. */
  public void receiveCallFrom(String district) {
    long number = numbers.incrementAndGet();
    String ticket = "10000-" + number;
    openedAs.put(ticket, "dispatched");
    opened.incrementAndGet();
    sendRequest(
        "CC-" + number,
        request(
            "CC-" + number,
            "OPEN",
            ticket,
            null,
            Instant.now(),
            null,
            "全家断网",
            report(Reason.GENERAL, false, number, district)));
  }

  private void urge(String ticket, String action, Instant at) {
    String id = "CU-" + numbers.incrementAndGet();
    sendRequest(id, request(id, action, ticket, null, at, null, "客户来电", ""));
  }

  private static String report(Reason reason, boolean solved, long number, String district) {
    StringBuilder attributes = new StringBuilder();
    for (String pair : List.of(reason.attributes.split(","))) {
      String[] parts = pair.split("=");
      attributes.append("<Attribute name=\"%s\">%s</Attribute>".formatted(parts[0], parts[1]));
    }
    return """
    <Report><Kind>%s</Kind><Product>%s</Product><Title>%s</Title><Description>%s，故障时间上午9点</Description>\
    <District>%s</District>%s<PreDiagnosis>%s</PreDiagnosis>\
    <Customer><No>C%06d</No><Name>张三</Name><Phone>+86 138 0000 1234</Phone></Customer>%s</Report>\
    """
        .formatted(
            reason.kind,
            reason.product,
            reason.title,
            reason.title,
            district,
            Xml.element("FaultDomain", reason.domain),
            solved ? "SOLVED" : "UNSOLVED",
            number % 500,
            attributes);
  }

  private static String request(
      String id,
      String action,
      String ticket,
      String hubTicket,
      Instant at,
      String satisfied,
      String remark,
      String report) {
    return "<?xml version=\"1.0\" encoding=\"UTF-8\"?>\n<ServiceRequest xmlns=\"%s\" messageId=\"%s\">%s%s%s%s%s%s%s</ServiceRequest>"
        .formatted(
            NAMESPACE,
            id,
            Xml.element("Action", action),
            Xml.element("TicketNo", ticket),
            Xml.element("HubTicketNo", hubTicket),
            Xml.element("Time", TIME.format(at)),
            Xml.element("Satisfied", satisfied),
            Xml.element("Remark", remark),
            report);
  }

  /**
   * A request counts as made when the broker has it, and as answered when the hub's acknowledgement
   * is there.
   */
  private void sendRequest(String id, String text) {
    boolean wantsAnswer = id.startsWith("CC-");
    if (wantsAnswer) {
      unanswered.put(id, text);
    }
    staff.now(() -> put(id, text, wantsAnswer));
    if (mood.is(Mischief.DUPLICATE)) {
      staff.now(() -> put(id, text, wantsAnswer));
    }
  }

  private void put(String id, String text, boolean wantsAnswer) throws Exception {
    broker.send(REQUESTS, text, wantsAnswer ? REPLIES : null, wantsAnswer ? id : null);
    ledger.sent();
  }

  /** Who got no answer asks again, with the same words. */
  private void askAgain() throws Exception {
    for (Map.Entry<String, String> request : unanswered.entrySet()) {
      broker.send(REQUESTS, request.getValue(), REPLIES, request.getKey());
    }
  }

  private void takeReply(Message message) throws Exception {
    if (mood.is(Mischief.REPLY_LOST)) {
      return;
    }
    Xml answer = Xml.parse(((TextMessage) message).getText());
    unanswered.remove(message.getJMSCorrelationID());
    if (answer.text("Result").equals("ACCEPTED")) {
      hubNumbers.put(answer.text("TicketNo"), answer.text("HubTicketNo"));
    } else {
      refused.incrementAndGet();
    }
  }

  private void takeTask(Message message) throws Exception {
    if (mood.is(Mischief.DOWN)) {
      throw new IllegalStateException("nobody is here");
    }
    Xml task = Xml.parse(((TextMessage) message).getText());
    if (!ledger.isNew(task.attribute("key"))) {
      return;
    }
    String hubTicket = task.text("HubTicketNo");
    ledger.takesEffect(
        hubTicket,
        Integer.parseInt(task.attribute("sequence")),
        task.text("Event"),
        closed.contains(hubTicket) ? ARCHIVED : task.text("StateCode"));
    Xml customer = task.element("Customer");
    if (customer != null) {
      accounts.put(
          customer.text("No"),
          "%s %s".formatted(customer.text("Account"), customer.text("Suspended")));
    }
    if (task.text("Type").equals("CALL_BACK")) {
      staff.soon(() -> callBack(task.text("TicketNo"), hubTicket));
    }
  }

  private void callBack(String ticket, String hubTicketOrNull) throws Exception {
    String hubTicket = hubTicketOrNull == null ? hubNumbers.get(ticket) : hubTicketOrNull;
    if (hubTicket == null) {
      throw new IllegalStateException("the hub's number of %s is not known yet".formatted(ticket));
    }
    if (staff.happens(0.3)) {
      String id = "CS-" + numbers.incrementAndGet();
      put(
          id,
          request(id, "CALLBACK_STARTED", ticket, hubTicket, Instant.now(), null, null, ""),
          false);
    }
    if (staff.happens(0.05)) {
      String id = "CN-" + numbers.incrementAndGet();
      put(
          id,
          request(id, "CALLBACK_NOT_REACHED", ticket, hubTicket, Instant.now(), null, "无人接听", ""),
          false);
      staff.soon(() -> ask(ticket, hubTicket));
      return;
    }
    ask(ticket, hubTicket);
  }

  /** The customer answers the call. */
  private void ask(String ticket, String hubTicket) throws Exception {
    boolean satisfied = !staff.happens(probabilities.dissatisfied());
    String id = "CB-" + numbers.incrementAndGet();
    String text =
        request(
            id,
            "CALLBACK",
            ticket,
            hubTicket,
            Instant.now(),
            satisfied ? "Y" : "N",
            satisfied ? "客户满意" : "客户反映仍有故障",
            "");
    sendRequest(id, text);
    if (satisfied) {
      closed.add(hubTicket);
    }
    ledger.believes(hubTicket, satisfied ? ARCHIVED : "dispatched");
    if (satisfied) {
      archived.incrementAndGet();
    }
  }

  private static final Map<String, String> STATES =
      Map.ofEntries(
          Map.entry("received", "受理"),
          Map.entry("pre-diagnosing", "预处理"),
          Map.entry("dispatched", "派单"),
          Map.entry("accepted", "接单"),
          Map.entry("processing", "处理"),
          Map.entry("escalated", "升级"),
          Map.entry("suspended", "挂起"),
          Map.entry("replied", "回单"),
          Map.entry("calling-back", "回访"),
          Map.entry(ARCHIVED, "归档"),
          Map.entry("rejected", "不予受理"),
          Map.entry("cancelled", "撤单"));

  private void list(Message message) throws Exception {
    String key = Xml.parse(((TextMessage) message).getText()).attribute("key");
    String asOf = TIME.format(Instant.now());
    Map<String, String> known = new TreeMap<>(ledger.beliefs());
    hubNumbers.forEach((ticket, number) -> known.putIfAbsent(number, openedAs.get(ticket)));
    List<Map.Entry<String, String>> beliefs = List.copyOf(known.entrySet());
    int parts = Math.max(1, (beliefs.size() + LIST_PART - 1) / LIST_PART);
    for (int part = 1; part <= parts; part++) {
      StringBuilder tickets = new StringBuilder();
      beliefs.stream()
          .skip((part - 1L) * LIST_PART)
          .limit(LIST_PART)
          .forEach(
              belief ->
                  tickets.append(
                      "<Ticket>%s%s</Ticket>"
                          .formatted(
                              Xml.element("HubTicketNo", belief.getKey()),
                              Xml.element("State", STATES.get(belief.getValue())))));
      broker.send(
          LISTS,
          "<TicketList xmlns=\"%s\" key=\"%s\" part=\"%d\" of=\"%d\">%s%s</TicketList>"
              .formatted(NAMESPACE, key, part, parts, Xml.element("AsOf", asOf), tickets),
          null,
          null);
    }
  }

  /** Customer → account and whether it is suspended (Y, N or null), as CRM/BSS had it told. */
  public Map<String, String> accounts() {
    return accounts;
  }

  /** Tickets this centre opened. */
  public long opened() {
    return opened.get();
  }

  /** Tickets this centre archived, whoever opened them. */
  public long archived() {
    return archived.get();
  }

  /** Requests the hub refused. */
  public long refused() {
    return refused.get();
  }

  @Override
  public String name() {
    return "call-center";
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
