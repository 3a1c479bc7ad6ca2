package io.tickethub.kit.contract.server;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import com.sun.net.httpserver.HttpsConfigurator;
import com.sun.net.httpserver.HttpsParameters;
import com.sun.net.httpserver.HttpsServer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.function.Function;
import javax.net.ssl.SSLParameters;

/** A web server that answers as it is told. */
public final class WebServer implements SystemServer {

  private static final int BACKLOG = 100;

  private final List<Received> received = new CopyOnWriteArrayList<>();
  private final Function<Received, Reply> answers;
  private final Object silence = new Object();
  private int port;
  private HttpServer server;
  private ExecutorService threads;
  private final ServerTls tls;
  private volatile Mood mood = Mood.OK;

  /**
   * What is answered.
   *
   * @param takes whether the request has an effect; a question has none
   * @param losable whether it is lost when replies are
   */
  public record Reply(
      int status, String contentType, byte[] body, boolean takes, boolean losable) {}

  /** Opens a port; {@code answers} what it takes; {@code tls} null for plain HTTP. */
  public WebServer(Function<Received, Reply> answers, ServerTls tls) {
    this.answers = answers;
    this.tls = tls;
    up();
  }

  public URI url() {
    return URI.create((tls == null ? "http" : "https") + "://127.0.0.1:" + port);
  }

  public int port() {
    return port;
  }

  @Override
  public synchronized void up() {
    if (server != null) {
      return;
    }
    try {
      threads = Executors.newCachedThreadPool();
      server = open(new InetSocketAddress(InetAddress.getLoopbackAddress(), port));
      port = server.getAddress().getPort();
      server.setExecutor(threads);
      server.createContext("/", this::serve);
      server.start();
    } catch (IOException e) {
      throw new UncheckedIOException("port %d cannot be opened".formatted(port), e);
    }
  }

  private HttpServer open(InetSocketAddress address) throws IOException {
    if (tls == null) {
      return HttpServer.create(address, BACKLOG);
    }
    HttpsServer secure = HttpsServer.create(address, BACKLOG);
    secure.setHttpsConfigurator(
        new HttpsConfigurator(tls.context(mood)) {
          @Override
          public void configure(HttpsParameters parameters) {
            SSLParameters ssl = getSSLContext().getDefaultSSLParameters();
            ssl.setNeedClientAuth(tls.asksClients());
            parameters.setSSLParameters(ssl);
          }
        });
    return secure;
  }

  /** Closes its port and every connection. */
  @Override
  public synchronized void down() {
    if (server != null) {
      server.stop(0);
      threads.shutdownNow();
      server = null;
    }
  }

  @Override
  public void mood(Mood next) {
    boolean othersCertificate = (mood == Mood.IMPERSONATED) != (next == Mood.IMPERSONATED);
    synchronized (silence) {
      mood = next;
      silence.notifyAll();
    }
    if (othersCertificate) {
      down();
      up();
    }
  }

  @Override
  public boolean canBe(Mood wanted) {
    return wanted != Mood.IMPERSONATED || tls != null;
  }

  @Override
  public List<Received> received() {
    return List.copyOf(received);
  }

  private void serve(HttpExchange http) throws IOException {
    Mood now = mood;
    Map<String, String> headers = new TreeMap<>(String.CASE_INSENSITIVE_ORDER);
    http.getRequestHeaders().forEach((name, values) -> headers.put(name, values.get(0)));
    byte[] body = http.getRequestBody().readAllBytes();
    Received request =
        new Received(http.getRequestMethod(), http.getRequestURI().getPath(), headers, body, false);
    switch (now) {
      case OK, IMPERSONATED -> take(http, request, answers.apply(request));
      case LOSING_REPLIES, SILENT -> {
        Reply reply = answers.apply(request);
        if (reply.takes() && reply.losable()) {
          received.add(taken(request));
          awaitEndOfSilence();
          http.close();
        } else {
          take(http, request, reply);
        }
      }
      case UNAVAILABLE -> refuse(http, request, 503);
      case REFUSING -> refuse(http, request, 400);
      case LOCKED -> refuse(http, request, 401);
    }
  }

  private void awaitEndOfSilence() {
    synchronized (silence) {
      while (mood == Mood.SILENT) {
        try {
          silence.wait();
        } catch (InterruptedException e) {
          Thread.currentThread().interrupt();
          return;
        }
      }
    }
  }

  private static Received taken(Received request) {
    return new Received(request.method(), request.place(), request.headers(), request.body(), true);
  }

  private void take(HttpExchange http, Received request, Reply reply) throws IOException {
    received.add(reply.takes() ? taken(request) : request);
    answer(http, reply);
  }

  private void refuse(HttpExchange http, Received request, int status) throws IOException {
    received.add(request);
    byte[] body = "the contract suite says %d".formatted(status).getBytes(StandardCharsets.UTF_8);
    answer(http, new Reply(status, "text/plain", body, false, false));
  }

  private static void answer(HttpExchange http, Reply reply) throws IOException {
    http.getResponseHeaders().set("Content-Type", reply.contentType());
    http.sendResponseHeaders(reply.status(), reply.body().length == 0 ? -1 : reply.body().length);
    http.getResponseBody().write(reply.body());
    http.close();
  }

  @Override
  public void close() {
    down();
  }
}
