package io.tickethub.standin;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.locks.LockSupport;

/** A web server with moods: what it does not answer, it does not answer in earnest. */
final class HttpServerStandIn implements AutoCloseable {

  private static final Duration SLOWNESS = Duration.ofSeconds(1);

  private final int port;
  private final Mood mood;
  private final Map<String, Handler> handlers = new TreeMap<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final Thread doorkeeper = new Thread(this::keepDoor, "doorkeeper");
  private volatile HttpServer server;
  private volatile boolean closed;

  HttpServerStandIn(int port, Mood mood) {
    this.port = port;
    this.mood = mood;
  }

  /** Answers a request. */
  @FunctionalInterface
  interface Handler {
    Reply handle(Request request) throws Exception;
  }

  /** A request as it came. */
  record Request(
      String method, String path, String query, Map<String, String> headers, byte[] body) {}

  /** What is answered. */
  record Reply(int status, String contentType, byte[] body) {}

  /** Requests whose path begins with {@code path} are answered by {@code handler}. */
  void on(String path, Handler handler) {
    handlers.put(path, handler);
  }

  void start() {
    open();
    doorkeeper.start();
  }

  int port() {
    return server.getAddress().getPort();
  }

  private void open() {
    try {
      HttpServer opened = HttpServer.create(new InetSocketAddress("127.0.0.1", port), 200);
      opened.setExecutor(threads);
      handlers.forEach((path, handler) -> opened.createContext(path, http -> serve(http, handler)));
      opened.start();
      server = opened;
    } catch (IOException e) {
      throw new IllegalStateException("port %d cannot be opened".formatted(port), e);
    }
  }

  /** A system that is down refuses connections: its port is closed until it is up again. */
  private void keepDoor() {
    while (!closed) {
      if (mood.is(Mischief.DOWN) && server != null) {
        server.stop(0);
        server = null;
      } else if (!mood.is(Mischief.DOWN) && server == null) {
        try {
          open();
        } catch (IllegalStateException e) {
          pause(Duration.ofMillis(100));
        }
      }
      pause(Duration.ofMillis(20));
    }
  }

  private void serve(HttpExchange http, Handler handler) throws IOException {
    Request request =
        new Request(
            http.getRequestMethod(),
            http.getRequestURI().getPath(),
            http.getRequestURI().getRawQuery(),
            headers(http),
            http.getRequestBody().readAllBytes());
    if (mood.is(Mischief.SLOW)) {
      pause(SLOWNESS);
    }
    if (mood.is(Mischief.HANG)) {
      pause(mood.left(Mischief.HANG));
      http.close();
      return;
    }
    if (mood.is(Mischief.FAILING)) {
      answer(http, new Reply(503, "text/plain", "out of order".getBytes(UTF_8)));
      return;
    }
    Reply reply;
    try {
      reply = handler.handle(request);
    } catch (Exception e) {
      reply = new Reply(500, "text/plain", String.valueOf(e).getBytes(UTF_8));
    }
    if (mood.is(Mischief.REPLY_LOST)) {
      http.close();
      return;
    }
    answer(http, reply);
  }

  private static Map<String, String> headers(HttpExchange http) {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    http.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    return headers;
  }

  private static void answer(HttpExchange http, Reply reply) throws IOException {
    http.getResponseHeaders().set("Content-Type", reply.contentType());
    http.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    if (reply.body().length > 0) {
      http.getResponseBody().write(reply.body());
    }
    http.close();
  }

  private static void pause(Duration duration) {
    long end = System.nanoTime() + duration.toNanos();
    while (System.nanoTime() - end < 0 && !Thread.currentThread().isInterrupted()) {
      LockSupport.parkNanos(end - System.nanoTime());
    }
  }

  @Override
  public void close() {
    closed = true;
    doorkeeper.interrupt();
    threads.shutdownNow();
    HttpServer open = server;
    if (open != null) {
      open.stop(0);
    }
  }
}
