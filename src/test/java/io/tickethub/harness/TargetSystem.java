package io.tickethub.harness;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Instant;
import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Consumer;
import java.util.function.Function;

/** A system that is told things by a {@link PlainConnector}, and how it takes them. */
public final class TargetSystem implements AutoCloseable {

  private static final Reply TAKEN = new Reply(200, "{}");

  private final JsonMapper json = new JsonMapper();
  private final List<Told> told = new CopyOnWriteArrayList<>();
  private final List<Told> asked = new CopyOnWriteArrayList<>();
  private final int port;
  private volatile Function<Told, Reply> answers = any -> TAKEN;
  private volatile Consumer<JsonNode> hearing = any -> {};
  private volatile Function<JsonNode, String> listing = any -> "{}";
  private volatile Function<Told, Reply> asking = any -> new Reply(200, "{\"known\": false}");
  private HttpServer server;
  private ExecutorService threads;

  /** One request of the hub, and the status it was answered with; 0 before that. */
  public record Told(
      String key, String ticket, int sequence, String code, String note, Instant at, int status) {

    private Told answered(int with) {
      return new Told(key, ticket, sequence, code, note, at, with);
    }
  }

  /** What the system answers; status 0 loses the answer. */
  public record Reply(int status, String body) {}

  public TargetSystem() throws IOException {
    this.port = Ports.free(1).get(0);
    up();
  }

  public String url() {
    return "http://127.0.0.1:" + port;
  }

  /** Opens the port. */
  public void up() throws IOException {
    threads = Executors.newCachedThreadPool();
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), 100);
    server.setExecutor(threads);
    server.createContext("/told", http -> serve(http, told, answers));
    server.createContext("/asked", http -> serve(http, asked, asking));
    server.createContext("/list", this::list);
    server.start();
  }

  /** Closes the port: connections are refused. */
  public void down() {
    server.stop(0);
    threads.shutdownNow();
  }

  /** From now on answers so. */
  public void answers(Function<Told, Reply> how) {
    answers = how;
  }

  /** From now on answers with this status. */
  public void answers(int status) {
    answers(any -> new Reply(status, "{}"));
  }

  /** From now on answers the question "do you have this?" so. */
  public void answersQuestions(Function<Told, Reply> how) {
    asking = how;
  }

  private void serve(HttpExchange http, List<Told> book, Function<Told, Reply> how)
      throws IOException {
    JsonNode body = json.readTree(http.getRequestBody().readAllBytes());
    String header = http.getRequestHeaders().getFirst("Idempotency-Key");
    Told request =
        new Told(
            header == null ? body.path("key").asText() : header,
            body.path("ticket").asText(),
            body.path("sequence").asInt(),
            body.path("code").asText(),
            body.path("note").asText(null),
            Instant.now(),
            0);
    Reply reply = how.apply(request);
    if (reply.status() == 200) {
      hearing.accept(body);
    }
    book.add(request.answered(reply.status()));
    if (reply.status() != 0) {
      byte[] bytes = reply.body().getBytes(UTF_8);
      http.getResponseHeaders().set("Content-Type", "application/json");
      http.sendResponseHeaders(reply.status(), bytes.length);
      http.getResponseBody().write(bytes);
    }
    http.close();
  }

  private void list(HttpExchange http) throws IOException {
    byte[] bytes =
        listing.apply(json.readTree(http.getRequestBody().readAllBytes())).getBytes(UTF_8);
    http.getResponseHeaders().set("Content-Type", "application/json");
    http.sendResponseHeaders(200, bytes.length);
    http.getResponseBody().write(bytes);
    http.close();
  }

  /** From now on hands on what it takes. */
  public void hears(Consumer<JsonNode> how) {
    hearing = how;
  }

  /** From now on answers the question for its list so. */
  public void lists(Function<JsonNode, String> how) {
    listing = how;
  }

  /** Everything it was told, in order, refused or not. */
  public List<Told> told() {
    return List.copyOf(told);
  }

  /** What it took of one ticket, in order. */
  public List<Told> took(String ticket) {
    return told(ticket).stream().filter(request -> request.status() == 200).toList();
  }

  /** What it was told of one ticket, in order, refused or not. */
  public List<Told> told(String ticket) {
    return told.stream().filter(request -> request.ticket().equals(ticket)).toList();
  }

  /** The questions, in order. */
  public List<Told> asked() {
    return List.copyOf(asked);
  }

  @Override
  public void close() {
    down();
  }
}
