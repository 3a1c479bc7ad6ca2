package io.tickethub.harness;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;

/** A web server that remembers what it was asked, and answers as it is told to. */
public final class RecordingServer implements AutoCloseable {

  private final List<Request> requests = new CopyOnWriteArrayList<>();
  private final ExecutorService threads = Executors.newCachedThreadPool();
  private final HttpServer server;
  private volatile Function<Request, Reply> answers =
      any -> new Reply(200, "application/json", "{}");

  /** A request as it came. */
  public record Request(
      String method, String path, String query, Map<String, String> headers, byte[] body) {}

  /** What is answered. */
  public record Reply(int status, String contentType, String body) {}

  public RecordingServer() throws IOException {
    this(HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 100));
  }

  /** {@code server} is not started yet. */
  public RecordingServer(HttpServer server) {
    this.server = server;
    server.setExecutor(threads);
    server.createContext("/", this::serve);
    server.start();
  }

  public int port() {
    return server.getAddress().getPort();
  }

  public String url() {
    return "http://127.0.0.1:" + port();
  }

  /** From now on answers so. */
  public void answers(Function<Request, Reply> how) {
    answers = how;
  }

  private void serve(HttpExchange http) throws IOException {
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    http.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    Request request =
        new Request(
            http.getRequestMethod(),
            http.getRequestURI().getPath(),
            http.getRequestURI().getRawQuery(),
            headers,
            http.getRequestBody().readAllBytes());
    Reply reply = answers.apply(request);
    requests.add(request);
    byte[] body = reply.body().getBytes();
    http.getResponseHeaders().set("Content-Type", reply.contentType());
    http.sendResponseHeaders(reply.status(), body.length == 0 ? -1 : body.length);
    http.getResponseBody().write(body);
    http.close();
  }

  /** Everything that came, in order. */
  public List<Request> requests() {
    return List.copyOf(requests);
  }

  /** What came to a path, in order. */
  public List<Request> requests(String path) {
    return requests.stream().filter(request -> request.path().equals(path)).toList();
  }

  /** The bodies of what came to a path, in order. */
  public List<byte[]> bodies(String path) {
    return requests(path).stream().map(Request::body).toList();
  }

  @Override
  public void close() {
    server.stop(0);
    threads.shutdownNow();
  }
}
