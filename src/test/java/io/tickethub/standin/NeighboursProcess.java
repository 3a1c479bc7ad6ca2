package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.datatype.jsr310.JavaTimeModule;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The systems around the hub as a process of their own, steered over HTTP on loopback.
 *
 * <ul>
 *   <li>{@code POST /load?tickets=N&perSecond=R}: customers call, N times, or for ever without N
 *   <li>{@code POST /misbehave?system=NAME&how=MISCHIEF&seconds=S}, {@code POST /behave}
 *   <li>{@code GET /ledgers}: what each system sent, what took effect, what it believes
 * </ul>
 */
public final class NeighboursProcess {

  private static final double SHARE_OF_112 = 0.1;
  private static final double SHARE_OF_INSPECTIONS = 0.03;
  private static final double SHARE_OF_ACCOUNT_MANAGERS = 0.03;

  private final JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
  private final Neighbours neighbours;
  private final ScheduledExecutorService calls = Executors.newSingleThreadScheduledExecutor();
  private final AtomicLong made = new AtomicLong();

  private NeighboursProcess(Neighbours neighbours) {
    this.neighbours = neighbours;
  }

  /** Arguments: a file with the address as JSON, the control port. */
  public static void main(String[] arguments) throws IOException {
    ((ch.qos.logback.classic.Logger) org.slf4j.LoggerFactory.getLogger("ROOT"))
        .setLevel(ch.qos.logback.classic.Level.WARN);
    JsonMapper json = JsonMapper.builder().addModule(new JavaTimeModule()).build();
    Neighbours.Address address =
        json.readValue(Path.of(arguments[0]).toFile(), Neighbours.Address.class);
    NeighboursProcess process = new NeighboursProcess(new Neighbours(address));
    process.listen(Integer.parseInt(arguments[1]));
    process.endWithParent();
  }

  /** When the program that started this one is gone, this one has no purpose. */
  private void endWithParent() {
    ProcessHandle.current()
        .parent()
        .ifPresent(parent -> parent.onExit().thenRun(() -> Runtime.getRuntime().halt(0)));
  }

  private void listen(int port) throws IOException {
    HttpServer server = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 10);
    server.createContext("/load", http -> answer(http, load(query(http))));
    server.createContext("/misbehave", http -> answer(http, misbehave(query(http))));
    server.createContext("/behave", http -> answer(http, behave()));
    server.createContext("/list", http -> answer(http, list()));
    server.createContext("/exported", http -> answer(http, neighbours.analysis().exported()));
    server.createContext("/ledgers", http -> answer(http, ledgers()));
    server.start();
  }

  private Map<String, Object> load(Map<String, String> query) {
    long tickets = Long.parseLong(query.getOrDefault("tickets", String.valueOf(Long.MAX_VALUE)));
    double perSecond = Double.parseDouble(query.getOrDefault("perSecond", "5"));
    long nanoseconds = Math.round(1_000_000_000 / perSecond);
    calls.scheduleAtFixedRate(
        () -> {
          long number = made.get();
          if (number < tickets) {
            made.incrementAndGet();
            call(number);
          }
        },
        0,
        nanoseconds,
        TimeUnit.NANOSECONDS);
    return Map.of();
  }

  private void call(long number) {
    long dice = Math.floorMod(number * 7919, 100);
    if (dice < SHARE_OF_112 * 100) {
      neighbours.fault112().receiveCall();
    } else if (dice < (SHARE_OF_112 + SHARE_OF_INSPECTIONS) * 100) {
      neighbours.supportCentre().inspect();
    } else if (dice < (SHARE_OF_112 + SHARE_OF_INSPECTIONS + SHARE_OF_ACCOUNT_MANAGERS) * 100) {
      neighbours.customerResponse().ask();
    } else {
      neighbours.callCenter().receiveCall();
    }
  }

  private Map<String, Object> misbehave(Map<String, String> query) {
    Duration duration = Duration.ofSeconds(Long.parseLong(query.get("seconds")));
    neighbours.all().stream()
        .filter(system -> system.name().equals(query.get("system")))
        .forEach(system -> system.mood().misbehave(Mischief.valueOf(query.get("how")), duration));
    return Map.of();
  }

  private Map<String, Object> behave() {
    neighbours.all().forEach(system -> system.mood().behave());
    return Map.of();
  }

  /** Systems that cannot be asked for the list of their tickets give it. */
  private Map<String, Object> list() throws IOException {
    return Map.of("systems", neighbours.giveLists());
  }

  private Map<String, Object> ledgers() {
    Map<String, Object> systems = new LinkedHashMap<>();
    for (StandIn system : neighbours.all()) {
      Map<String, Object> ledger = new LinkedHashMap<>();
      ledger.put("totals", system.ledger().totals());
      ledger.put("complaints", system.ledger().complaints());
      ledger.put("beliefs", system.ledger().beliefs());
      systems.put(system.name(), ledger);
    }
    Map<String, Object> answer = new LinkedHashMap<>();
    answer.put("made", made.get());
    answer.put(
        "opened",
        neighbours.callCenter().opened()
            + neighbours.fault112().openedHere()
            + neighbours.supportCentre().openedHere()
            + neighbours.customerResponse().openedHere());
    answer.put("refused", neighbours.callCenter().refused());
    answer.put("systems", systems);
    return answer;
  }

  private static Map<String, String> query(HttpExchange http) {
    Map<String, String> query = new TreeMap<>();
    String text = http.getRequestURI().getQuery();
    if (text != null) {
      for (String pair : text.split("&")) {
        String[] parts = pair.split("=", 2);
        query.put(parts[0], parts[1]);
      }
    }
    return query;
  }

  private void answer(HttpExchange http, Object body) throws IOException {
    byte[] bytes = json.writeValueAsString(body).getBytes(UTF_8);
    http.sendResponseHeaders(200, bytes.length);
    http.getResponseBody().write(bytes);
    http.close();
  }
}
