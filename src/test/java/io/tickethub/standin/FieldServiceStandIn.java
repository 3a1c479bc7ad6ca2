package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.nio.charset.Charset;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.time.Duration;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;
import java.util.stream.Stream;

/**
 * Field service: work orders in GBK and reports in JSON lines on its FTP server. It takes a file
 * name once.
 */
public final class FieldServiceStandIn implements StandIn {

  private static final Charset GBK = Charset.forName("GBK");
  private static final Duration APPOINTMENT = Duration.ofHours(2);
  private static final Map<String, String> STEPS =
      Map.of(
          "accepted", "read",
          "processing", "prepare",
          "suspended", "rebook",
          "replied", "close");

  private static final Map<String, String> LISTED =
      Map.of(
          "accepted", "read",
          "processing", "working",
          "suspended", "waiting",
          "escalated", "escalated",
          "replied", "done",
          "calling-back", "done",
          "archived", "filed",
          "cancelled", "cancelled",
          "rejected", "cancelled");

  private static final DateTimeFormatter DAY =
      DateTimeFormatter.ofPattern("uuuuMMdd-HHmmssSSS").withZone(ZoneId.of("Asia/Shanghai"));
  private final Ledger ledger = new Ledger();
  private final Mood mood = new Mood();
  private final JsonMapper json = new JsonMapper();
  private final Map<String, String> numbers = new ConcurrentHashMap<>();

  /** Orders that somebody else has now. */
  private final Set<String> passedOn = ConcurrentHashMap.newKeySet();

  private final Path orders;
  private final Path reports;
  private final FtpServerStandIn server;
  private final Staff staff;
  private final RepairLife repair;

  public FieldServiceStandIn(
      int port, Path directory, String user, String password, Duration pace, long seed)
      throws IOException {
    this.staff = new Staff(name(), pace, seed);
    this.repair = new RepairLife("ZW", staff, ledger, mood, this::send);
    this.orders = Files.createDirectories(directory.resolve("order"));
    this.reports = Files.createDirectories(directory.resolve("report"));
    this.server = new FtpServerStandIn(directory, port, user, password, mood, staff);
    staff.every(Duration.ofMillis(200), this::readOrders);
  }

  private void readOrders() throws IOException {
    try (Stream<Path> files = Files.list(orders)) {
      for (Path file : files.sorted().toList()) {
        String name = file.getFileName().toString();
        if (name.startsWith("gd_") && name.endsWith(".txt")) {
          if (ledger.isNew(name)) {
            takeEffect(List.of(Files.readString(file, GBK).strip().split("\\|", -1)));
          }
          Files.delete(file);
        }
      }
    }
  }

  private void takeEffect(List<String> order) {
    String ticket = order.get(0);
    String event = event(order.get(2));
    String number = numbers.computeIfAbsent(ticket, any -> repair.nextNumber());
    String state =
        switch (event) {
          case "archived", "cancelled", "replied", "calling-back" -> event;
          case "introduced", "dispatched", "reopened", "transferred" -> "dispatched";
          default -> ledger.beliefs().getOrDefault(ticket, "dispatched");
        };
    ledger.takesEffect(ticket, Integer.parseInt(order.get(1)), event, state);
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

  private static String event(String action) {
    return switch (action) {
      case "新单" -> "introduced";
      case "再派" -> "dispatched";
      case "重派" -> "reopened";
      case "补充" -> "updated";
      case "催单" -> "urged";
      case "重复申告" -> "repeated";
      case "撤单" -> "cancelled";
      case "收回" -> "withdrawn";
      case "归档" -> "archived";
      case "转派" -> "transferred";
      case "请求" -> "requested";
      case "回单" -> "replied";
      case "时限升级" -> "limit-escalated";
      default -> "calling-back";
    };
  }

  /** A step and, where an engineer begins or ends, what belongs to it, in one file. */
  private void send(News news) throws IOException {
    StringBuilder lines = new StringBuilder();
    if ("processing".equals(news.state())) {
      lines.append(line(news, news.id() + "A", "appointment"));
    }
    if ("replied".equals(news.state())) {
      for (String step : List.of("build", "activate", "demonstrate")) {
        lines.append(line(news, news.id() + step.charAt(0), step));
      }
    }
    String step = news.state() == null ? "build" : STEPS.get(news.state());
    lines.append(line(news, news.id(), step));
    write("report_%s.jsonl".formatted(news.id()), lines.toString().getBytes(UTF_8));
  }

  private String line(News news, String id, String step) throws IOException {
    Map<String, Object> line = new LinkedHashMap<>();
    line.put("reportNo", id);
    line.put("orderNo", news.partnerTicket());
    line.put("hubTicketNo", news.ticket());
    line.put("step", step);
    line.put("time", news.at().toString());
    if (step.equals("appointment") || step.equals("rebook")) {
      Instant from = news.at().truncatedTo(ChronoUnit.HOURS).plus(APPOINTMENT);
      line.put("from", from.toString());
      line.put("to", from.plus(APPOINTMENT).toString());
    }
    if (step.equals("close")) {
      line.put("cause", "光猫故障");
      line.put("done", news.text());
      line.put("closeCode", "WX21");
    }
    line.put("remark", news.text());
    return json.writeValueAsString(line) + "\n";
  }

  /** Gives the list of its orders, as every night. */
  public void exportList() throws IOException {
    String now = Instant.now().toString();
    StringBuilder lines = new StringBuilder();
    for (Map.Entry<String, String> belief : ledger.beliefs().entrySet()) {
      Map<String, String> line = new LinkedHashMap<>();
      line.put("orderNo", numbers.get(belief.getKey()));
      line.put("hubTicketNo", belief.getKey());
      line.put("status", listed(belief.getKey(), belief.getValue()));
      line.put("asOf", now);
      lines.append(json.writeValueAsString(line)).append('\n');
    }
    write("orders_%s.jsonl".formatted(DAY.format(Instant.now())), lines.toString().getBytes(UTF_8));
  }

  private String listed(String ticket, String state) {
    boolean closed = state.equals("archived") || state.equals("cancelled");
    return passedOn.contains(ticket) && !closed ? "passed-on" : LISTED.getOrDefault(state, "new");
  }

  private void write(String name, byte[] bytes) throws IOException {
    Path file = reports.resolve(name);
    if (mood.is(Mischief.HALF_FILE)) {
      try (var out = Files.newOutputStream(file)) {
        out.write(bytes, 0, bytes.length / 2);
        out.flush();
        LockSupport.parkNanos(Duration.ofMillis(700).toNanos());
        out.write(bytes, bytes.length / 2, bytes.length - bytes.length / 2);
      }
      return;
    }
    Path part = reports.resolve(".part-" + name);
    Files.write(part, bytes);
    Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
  }

  @Override
  public String name() {
    return "field-service";
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
