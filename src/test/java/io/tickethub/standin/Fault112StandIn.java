package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.standin.HttpServerStandIn.Reply;
import io.tickethub.standin.HttpServerStandIn.Request;
import java.io.IOException;
import java.net.URI;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/**
 * The 112 fault system: takes dispatches by SOAP, works on what is its own, notifies by SOAP, and
 * exports its faults and summaries as GBK files on its FTP server.
 */
public final class Fault112StandIn implements StandIn {

  private static final ZoneId ZONE = ZoneId.of("Asia/Shanghai");
  private static final Charset GBK = Charset.forName("GBK");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss").withZone(ZONE);
  private static final DateTimeFormatter PRECISE =
      DateTimeFormatter.ofPattern("uuuu-MM-dd HH:mm:ss.SSS").withZone(ZONE);
  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd").withZone(ZONE);
  private static final String DELIMITER = "_+|";
  private static final String NAMESPACE = "urn:fault-112";
  private static final List<String> PARTIES =
      List.of("HOSPITAL", "CAMPUS", "TRANSPORT", "NOC", "ZQZC", "GOVERNMENT", "OTHER");
  private static final Map<String, String> STATES =
      Map.of("accepted", "20", "processing", "30", "suspended", "40", "replied", "70");

  private static final List<String> CODES =
      List.of("10", "20", "30", "40", "60", "70", "75", "80", "90");

  private static final List<String> FAULT_COLUMNS =
      List.of(
          "流水",
          "故障号",
          "是否光网",
          "区局",
          "分局",
          "站点",
          "申告时间",
          "业务类型",
          "申告大类",
          "申告现象",
          "测试代码",
          "测试结果",
          "申告备注",
          "申告联系信息",
          "是否二级预处理",
          "结案方式",
          "结案历时",
          "受理来源",
          "一级受理员",
          "一级预处理工号",
          "一级预处理建议",
          "一级预处理结案代码",
          "二级预处理结案代码",
          "二级预处理备注",
          "二级工号",
          "二级结案时间",
          "派修时间",
          "派修工号",
          "派修方向",
          "派修中心",
          "三级故障大类",
          "三级故障修复代码",
          "三级工号",
          "三级修复时间");
  private static final List<String> RESULT_COLUMNS =
      List.of("业务类型", "小结类型", "差错来源", "备注", "申告号", "逻辑号", "流水", "小结号", "小结时间", "小结工号");

  private static final List<String> LIST_COLUMNS = List.of("流水", "故障号", "工单状态", "状态时间", "导出时间");

  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final AtomicLong numbers = new AtomicLong(System.currentTimeMillis() % 100_000_000 * 100);
  private final Map<String, Fault> byHubTicket = new ConcurrentHashMap<>();
  private final Map<String, Fault> byNumber = new ConcurrentHashMap<>();
  private final ConcurrentLinkedQueue<Fault> toExport = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Fault> toSummarise = new ConcurrentLinkedQueue<>();
  private final AtomicLong openedHere = new AtomicLong();
  private final HttpServerStandIn server;
  private final FtpServerStandIn ftp;
  private final HubClient hub;
  private final Path export;
  private final Staff staff;
  private final RepairLife repair;

  /** One fault of 112's. */
  private static final class Fault {
    private final String number;
    private final String serial;
    private final boolean own;
    private final Instant reported;
    private volatile Instant dispatched;
    private volatile Instant repaired;

    private Fault(String number, String serial, boolean own) {
      this.number = number;
      this.serial = serial;
      this.own = own;
      this.reported = Instant.now();
    }
  }

  /** Ports and places of the system. */
  public record Address(
      int soapPort, int ftpPort, Path ftpDirectory, String ftpUser, String ftpPassword) {}

  public Fault112StandIn(Address address, URI hub, Duration pace, long seed) throws IOException {
    this.hub = new HubClient(hub);
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("N", staff, ledger, mood, this::notify);
    this.export = Files.createDirectories(address.ftpDirectory().resolve("export"));
    this.ftp =
        new FtpServerStandIn(
            address.ftpDirectory(),
            address.ftpPort(),
            address.ftpUser(),
            address.ftpPassword(),
            mood,
            staff);
    this.server = new HttpServerStandIn(address.soapPort(), mood);
    server.on("/soap", this::takeCall);
    server.start();
    staff.every(Duration.ofSeconds(2), this::export);
  }

  /** A customer calls 112 itself. */
  public void receiveCall() {
    long number = numbers.incrementAndGet();
    Fault fault = new Fault("F" + number, "S" + number, true);
    fault.dispatched = Instant.now();
    byNumber.put(fault.number, fault);
    openedHere.incrementAndGet();
    toExport.add(fault);
    staff.later(
        staff.pace().multipliedBy(8).plusSeconds(3),
        () -> {
          fault.repaired = Instant.now();
          toExport.add(fault);
        });
  }

  /** The access network of an area fails (大面积障碍). Returns 112's number of it. */
  public String declareMassFault(String area) {
    String number = "F" + numbers.incrementAndGet();
    byNumber.put(number, new Fault(number, "S" + numbers.get(), true));
    String id = repair.nextNumber();
    String content =
        Xml.element("faultNo", number)
            + Xml.element("time", PRECISE.format(Instant.now()))
            + Xml.element("area", area)
            + Xml.element("product", "其他")
            + Xml.element("domainCode", "JR")
            + Xml.element("title", "接入光缆中断");
    staff.now(() -> post("MassFaultNotification", "declareMassFault", id, content));
    return number;
  }

  private Reply takeCall(Request request) throws Exception {
    Xml envelope = Xml.parse(request.body());
    Xml call = envelope.element("Body").firstChild();
    if (!action(call).equals(request.headers().get("SOAPAction"))) {
      return new Reply(500, "text/plain", "the SOAPAction is another operation's".getBytes(UTF_8));
    }
    String ticket = call.text("hubTicketNo");
    boolean dispatch = call.name().equals("DispatchRequest");
    Fault fault = dispatch ? faultOf(ticket, call) : byHubTicket.get(ticket);
    if (fault == null && call.text("faultNo") != null) {
      fault = byNumber.get(call.text("faultNo"));
    }
    if (fault == null) {
      return soap(operationResponse("4", "there is no such fault"));
    }
    byHubTicket.putIfAbsent(ticket, fault);
    if (ledger.isNew(call.text("requestId"))) {
      takeEffect(call, ticket, fault);
    }
    return soap(
        dispatch
            ? "<DispatchResponse xmlns=\"%s\"><result>0</result><faultNo>%s</faultNo><serialNo>%s</serialNo></DispatchResponse>"
                .formatted(NAMESPACE, fault.number, fault.serial)
            : operationResponse("0", null));
  }

  private static String action(Xml call) {
    return "\"urn:fault-112/%s\""
        .formatted(call.name().replace("Request", "").toLowerCase(Locale.ROOT));
  }

  private Fault faultOf(String ticket, Xml call) {
    if (call.text("faultNo") != null && byNumber.containsKey(call.text("faultNo"))) {
      return byNumber.get(call.text("faultNo"));
    }
    return byHubTicket.computeIfAbsent(
        ticket,
        any -> {
          long number = numbers.incrementAndGet();
          Fault fault = new Fault("F" + number, "S" + number, false);
          byNumber.put(fault.number, fault);
          return fault;
        });
  }

  private void takeEffect(Xml call, String ticket, Fault fault) {
    int sequence = Integer.parseInt(call.text("sequence"));
    switch (call.name()) {
      case "DispatchRequest" -> {
        boolean again = Integer.parseInt(call.text("reopened")) > 0;
        String event = again ? "reopened" : "introduced";
        ledger.takesEffect(ticket, sequence, event, state(call.text("state")));
        fault.dispatched = Instant.now();
        if ("fault-112".equals(call.text("owner"))) {
          if (!again && staff.happens(0.05)) {
            giveAway(ticket, fault);
          } else {
            repair.begin(ticket, fault.number);
          }
        }
        if (staff.happens(0.2)) {
          toExport.add(fault);
        }
      }
      case "ArchiveRequest" -> {
        ledger.takesEffect(ticket, sequence, call.text("event"), call.text("event"));
        toSummarise.add(fault);
      }
      case "TransferRequest" -> ledger.takesEffect(ticket, sequence, "transferred", "dispatched");
      case "UrgeRequest" -> {
        String urging = call.text("escalationLevel") == null ? "urged" : "limit-escalated";
        String event = call.text("repeated").equals("true") ? "repeated" : urging;
        ledger.takesEffect(ticket, sequence, event, believed(ticket));
      }
      default ->
          ledger.takesEffect(ticket, sequence, call.text("event"), state(call.text("state")));
    }
  }

  private String believed(String ticket) {
    return ledger.beliefs().getOrDefault(ticket, "dispatched");
  }

  private static String state(String code) {
    return switch (code) {
      case "10" -> "dispatched";
      case "20" -> "accepted";
      case "30" -> "processing";
      case "40" -> "suspended";
      case "60" -> "escalated";
      case "70" -> "replied";
      case "75" -> "calling-back";
      case "80" -> "pre-diagnosing";
      case "90" -> "archived";
      default -> "cancelled";
    };
  }

  /** 转派: the fault is somebody else's. */
  private void giveAway(String ticket, Fault fault) {
    String party = PARTIES.get(staff.below(PARTIES.size()));
    String id = repair.nextNumber();
    Instant at = Instant.now();
    staff.soon(
        () ->
            send(
                id,
                Xml.element("faultNo", fault.number)
                    + Xml.element("hubTicketNo", ticket)
                    + Xml.element("action", "TRANSFER")
                    + Xml.element("transferTo", party)
                    + Xml.element("time", PRECISE.format(at))
                    + Xml.element("remark", "非本专业")));
  }

  private void notify(News news) throws Exception {
    boolean replied = "replied".equals(news.state());
    send(
        news.id(),
        Xml.element("faultNo", news.partnerTicket())
            + Xml.element("hubTicketNo", staff.happens(0.5) ? news.ticket() : null)
            + Xml.element("action", news.state() == null ? "FEEDBACK" : "STATE")
            + Xml.element("stateCode", news.state() == null ? null : STATES.get(news.state()))
            + Xml.element("suspendCause", "suspended".equals(news.state()) ? "C" : null)
            + Xml.element("time", PRECISE.format(news.at()))
            + Xml.element("operator", "7012")
            + Xml.element("remark", news.text())
            + Xml.element("cause", replied ? "光猫故障" : null)
            + Xml.element("repairAction", replied ? news.text() : null)
            + Xml.element("repairCode", replied ? "X21" : null));
  }

  private void send(String id, String content) throws Exception {
    post("ProgressNotification", "notifyProgress", id, content);
  }

  private void post(String name, String operation, String id, String content) throws Exception {
    String envelope =
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body><%s xmlns=\"%s\">%s%s</%s></soap:Body></soap:Envelope>"
            .formatted(name, NAMESPACE, Xml.element("notificationId", id), content, name);
    hub.post(
        "/in/fault-112/progress",
        "text/xml; charset=UTF-8",
        envelope.getBytes(UTF_8),
        Map.of("SOAPAction", "\"urn:fault-112/%s\"".formatted(operation)));
  }

  private static String operationResponse(String result, String message) {
    return "<OperationResponse xmlns=\"%s\">%s%s</OperationResponse>"
        .formatted(NAMESPACE, Xml.element("result", result), Xml.element("message", message));
  }

  private static Reply soap(String payload) {
    String envelope =
        "<soap:Envelope xmlns:soap=\"http://schemas.xmlsoap.org/soap/envelope/\"><soap:Body>%s</soap:Body></soap:Envelope>"
            .formatted(payload);
    return new Reply(200, "text/xml; charset=UTF-8", envelope.getBytes(UTF_8));
  }

  /** Writes what changed since the last export, once the hub has fetched that. */
  private void export() throws IOException {
    if (mood.is(Mischief.DOWN)) {
      return;
    }
    Path faults = export.resolve("fault_infor_%s.txt".formatted(DAY.format(Instant.now())));
    if (!Files.exists(faults)) {
      List<String> lines = new ArrayList<>();
      for (Fault fault = toExport.poll(); fault != null; fault = toExport.poll()) {
        lines.add(faultLine(fault));
      }
      write(faults, FAULT_COLUMNS, lines);
    }
    Path results = export.resolve("result_infor_%s.txt".formatted(DAY.format(Instant.now())));
    if (!Files.exists(results)) {
      List<String> lines = new ArrayList<>();
      for (Fault fault = toSummarise.poll(); fault != null; fault = toSummarise.poll()) {
        lines.add(resultLine(fault));
      }
      write(results, RESULT_COLUMNS, lines);
    }
  }

  private void write(Path file, List<String> columns, List<String> lines) throws IOException {
    List<String> distinct = lines.stream().distinct().toList();
    if (distinct.isEmpty()) {
      return;
    }
    String text = String.join(DELIMITER, columns) + "\n" + String.join("\n", distinct) + "\n";
    byte[] bytes = text.getBytes(GBK);
    ledger.sent();
    if (mood.is(Mischief.HALF_FILE)) {
      writeInHalves(file, bytes);
    } else {
      Path part = file.resolveSibling("." + file.getFileName());
      Files.write(part, bytes);
      Files.move(part, file, StandardCopyOption.ATOMIC_MOVE);
    }
  }

  /** Some systems write while others read. */
  private static void writeInHalves(Path file, byte[] bytes) throws IOException {
    try (var out = Files.newOutputStream(file)) {
      out.write(bytes, 0, bytes.length / 2);
      out.flush();
      LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
      out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
    }
  }

  private static String faultLine(Fault fault) {
    String[] values = new String[FAULT_COLUMNS.size()];
    Arrays.fill(values, "");
    values[0] = fault.serial;
    values[1] = fault.number;
    values[2] = "是";
    values[3] = "防城 区局";
    values[6] = TIME.format(fault.reported);
    values[7] = "光纤宽带";
    values[8] = "上网障碍";
    values[9] = "无法上网";
    values[12] = "客户 很急";
    values[13] = "0770-2812345";
    values[17] = fault.own ? "112" : "10000";
    values[26] = fault.dispatched == null ? "1900-01-01T00:00:00" : TIME.format(fault.dispatched);
    if (fault.repaired != null) {
      values[30] = "终端";
      values[31] = "X21";
      values[32] = "7012";
      values[33] = TIME.format(fault.repaired);
    }
    return String.join(DELIMITER, values);
  }

  private String resultLine(Fault fault) {
    return String.join(
        DELIMITER,
        "光纤宽带",
        "已修复",
        "",
        "客户确认 恢复",
        fault.number,
        "",
        fault.serial,
        "R" + numbers.incrementAndGet(),
        TIME.format(Instant.now()),
        "7012");
  }

  /** Gives the list of its faults, as every night. */
  public void exportList() throws IOException {
    Map<String, String> states = new HashMap<>();
    Map<String, String> beliefs = ledger.beliefs();
    byHubTicket.forEach(
        (ticket, fault) -> states.put(fault.number, beliefs.getOrDefault(ticket, "dispatched")));
    String now = TIME.format(Instant.now());
    List<String> lines =
        byNumber.values().stream()
            .map(
                fault ->
                    String.join(
                        DELIMITER,
                        fault.serial,
                        fault.number,
                        code(
                            states.getOrDefault(
                                fault.number, fault.repaired == null ? "dispatched" : "replied")),
                        "1900-01-01T00:00:00",
                        now))
            .toList();
    write(
        export.resolve("open_infor_%s.txt".formatted(DAY.format(Instant.now()))),
        LIST_COLUMNS,
        lines);
  }

  private static String code(String state) {
    return CODES.stream().filter(code -> state(code).equals(state)).findFirst().orElse("99");
  }

  /** Tickets that customers reported to 112 itself. */
  public long openedHere() {
    return openedHere.get();
  }

  public int soapPort() {
    return server.port();
  }

  @Override
  public String name() {
    return "fault-112";
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
    ftp.close();
  }
}
