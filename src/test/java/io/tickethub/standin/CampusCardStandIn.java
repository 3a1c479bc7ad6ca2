package io.tickethub.standin;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

/**
 * The campus card hotline: orders and replies as CSV files in GB18030 on its SFTP server. It takes
 * a file name once.
 */
public final class CampusCardStandIn implements StandIn {

  private static final Charset GB18030 = Charset.forName("GB18030");
  private static final DateTimeFormatter TIME =
      DateTimeFormatter.ofPattern("uuuu/M/d H:mm:ss").withZone(ZoneId.of("Asia/Shanghai"));
  private static final Map<String, String> STATES =
      Map.of("accepted", "已接单", "processing", "处理中", "suspended", "挂起", "replied", "已修复");
  private static final Map<String, String> EVENTS =
      Map.ofEntries(
          Map.entry("派单", "introduced"),
          Map.entry("重派", "reopened"),
          Map.entry("补充", "updated"),
          Map.entry("催单", "urged"),
          Map.entry("重复申告", "repeated"),
          Map.entry("撤单", "cancelled"),
          Map.entry("收回", "withdrawn"),
          Map.entry("归档", "archived"),
          Map.entry("转派", "transferred"),
          Map.entry("请求", "requested"),
          Map.entry("回单", "replied"),
          Map.entry("回访", "calling-back"),
          Map.entry("时限升级", "limit-escalated"),
          Map.entry("并入", "joined"),
          Map.entry("退出", "left"));

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "已接单",
          "processing", "处理中",
          "suspended", "挂起",
          "escalated", "升级",
          "replied", "已修复",
          "calling-back", "已修复",
          "archived", "已归档",
          "cancelled", "已撤单",
          "rejected", "已撤单");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmssSSS").withZone(ZoneId.of("Asia/Shanghai"));
  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final Map<String, String> numbers = new ConcurrentHashMap<>();

  /** Orders that somebody else has now. */
  private final Set<String> passedOn = ConcurrentHashMap.newKeySet();

  private final SftpServerStandIn server;
  private final Staff staff;
  private final RepairLife repair;

  public CampusCardStandIn(int port, String user, String password, Duration pace, long seed)
      throws IOException {
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("YJT", staff, ledger, mood, this::send);
    this.server = new SftpServerStandIn(port, user, password, mood, staff);
    staff.every(Duration.ofMillis(200), this::readOrders);
  }

  private void readOrders() throws IOException {
    try (Stream<Path> files = Files.list(server.root().resolve("out"))) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("派单_") && name.endsWith(".csv")) {
          readOrder(file, name);
          Files.delete(file);
        }
      }
    }
  }

  private void readOrder(Path file, String name) throws IOException {
    CSVFormat format = CSVFormat.DEFAULT.builder().setHeader().setSkipHeaderRecord(true).get();
    try (CSVParser parser = CSVParser.parse(Files.readString(file, GB18030), format)) {
      for (CSVRecord order : parser) {
        if (ledger.isNew(name)) {
          takeEffect(order);
        }
      }
    }
  }

  private void takeEffect(CSVRecord order) {
    String ticket = order.get("单号");
    String event = EVENTS.get(order.get("事件"));
    String number = numbers.computeIfAbsent(ticket, any -> repair.nextNumber());
    String state =
        switch (event) {
          case "archived", "cancelled", "replied", "calling-back" -> event;
          case "introduced", "reopened", "transferred" -> "dispatched";
          default -> ledger.beliefs().getOrDefault(ticket, "dispatched");
        };
    ledger.takesEffect(ticket, Integer.parseInt(order.get("序号")), event, state);
    if (event.equals("transferred") || event.equals("withdrawn")) {
      passedOn.add(ticket);
    } else if (event.equals("introduced") || event.equals("reopened")) {
      passedOn.remove(ticket);
    }
    if (event.equals("introduced") || event.equals("reopened")) {
      repair.begin(ticket, number);
    } else if (event.equals("withdrawn") || event.equals("cancelled")) {
      repair.end(ticket);
    }
  }

  private void send(News news) throws IOException {
    boolean replied = "replied".equals(news.state());
    Map<String, String> values = new HashMap<>();
    values.put("回单编号", news.id());
    values.put("单号", news.ticket());
    values.put("合作方单号", news.partnerTicket());
    values.put("状态", news.state() == null ? "反馈" : STATES.get(news.state()));
    values.put("时间", TIME.format(news.at()));
    values.put("挂起原因", "suspended".equals(news.state()) ? "客户" : "");
    values.put("故障原因", replied ? "读卡器损坏" : "");
    values.put("处理措施", replied ? news.text() : "");
    values.put("说明", news.text());
    List<String> columns = List.of("回单编号", "单号", "合作方单号", "状态", "时间", "挂起原因", "故障原因", "处理措施", "说明");
    String text =
        CSVFormat.DEFAULT.format(columns.toArray())
            + "\r\n"
            + CSVFormat.DEFAULT.format(columns.stream().map(values::get).toArray())
            + "\r\n";
    write("回单_%s.csv".formatted(news.id()), text.getBytes(GB18030));
  }

  /** Gives the list of its orders, as every night. */
  public void exportList() throws IOException {
    String now = TIME.format(Instant.now());
    StringBuilder text =
        new StringBuilder(CSVFormat.DEFAULT.format("合作方单号", "单号", "状态", "状态时间", "清单时间"));
    ledger
        .beliefs()
        .forEach(
            (ticket, state) ->
                text.append("\r\n")
                    .append(
                        CSVFormat.DEFAULT.format(
                            numbers.get(ticket), ticket, listed(ticket, state), "", now)));
    write(
        "清单_%s.csv".formatted(DAY.format(Instant.now())),
        text.append("\r\n").toString().getBytes(GB18030));
  }

  private String listed(String ticket, String state) {
    boolean closed = state.equals("archived") || state.equals("cancelled");
    return passedOn.contains(ticket) && !closed ? "转出" : LISTED.getOrDefault(state, "待接单");
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path in = server.root().resolve("in");
    Path file = in.resolve(name);
    if (mood.is(Mischief.HALF_FILE)) {
      try (var out = Files.newOutputStream(file)) {
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
        LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
        out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
      }
      return;
    }
    Path part = in.resolve("part-" + name);
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  public int port() {
    return server.port();
  }

  /** The line of a known_hosts file that names its server. */
  public String knownHost() {
    return server.knownHost();
  }

  @Override
  public String name() {
    return "partner-campus-card";
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
    try {
      server.close();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
