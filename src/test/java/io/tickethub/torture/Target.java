package io.tickethub.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import io.tickethub.harness.Ports;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.ThreadLocalRandom;
import java.util.concurrent.atomic.AtomicLong;
import java.util.function.ObjLongConsumer;
import java.util.function.Predicate;

/**
 * A system that is told things by a {@link io.tickethub.harness.PlainConnector}, and its mood. It
 * honours the idempotency key, or it can be asked and honours none.
 */
final class Target implements AutoCloseable {

  private static final int BACKLOG = 1_000;
  private static final int LOST_OF_HUNDRED = 15;
  private static final int UNPROCESSABLE = 422;
  private static final byte[] EMPTY = "{}".getBytes(UTF_8);

  private final JsonMapper json = new JsonMapper();
  private final TargetLedger ledger = new TargetLedger();
  private final AtomicLong requests = new AtomicLong();
  private final AtomicLong answersLost = new AtomicLong();
  private final String name;
  private final boolean honoursKeys;
  private final int port;
  private volatile Mood mood = Mood.WELL;
  private volatile CountDownLatch hanging = new CountDownLatch(0);
  private volatile ObjLongConsumer<String> onNote = (note, nanoseconds) -> {};
  private volatile Predicate<String> refusing = note -> false;
  private HttpServer server;
  private ExecutorService threads;
  private ServerSocket hole;
  private final List<Socket> fillers = new ArrayList<>();

  Target(String name, boolean honoursKeys) throws IOException {
    this.name = name;
    this.honoursKeys = honoursKeys;
    this.port = Ports.free(1).get(0);
    listen();
  }

  String name() {
    return name;
  }

  int port() {
    return port;
  }

  TargetLedger ledger() {
    return ledger;
  }

  boolean honoursKeys() {
    return honoursKeys;
  }

  /** Requests that came, answered or not. */
  long requests() {
    return requests.get();
  }

  /** Effects whose answer was lost. */
  long answersLost() {
    return answersLost.get();
  }

  /** Hears of every note that takes effect, and {@link System#nanoTime} then. */
  void onNote(ObjLongConsumer<String> listener) {
    onNote = listener;
  }

  /** Answers 422 to these notes, whatever its mood, as long as it takes anything. */
  void refuses(Predicate<String> notes) {
    refusing = notes;
  }

  /** Changes its mood at once; what hung is let go unanswered. */
  synchronized void mood(Mood next) throws IOException {
    boolean listened = listens(mood);
    mood = next;
    hanging.countDown();
    hanging = new CountDownLatch(next == Mood.HANGS ? 1 : 0);
    if (listened && !listens(next)) {
      server.stop(0);
      threads.shutdownNow();
    }
    fill(next == Mood.BLACK_HOLE);
    if (!listened && listens(next)) {
      listen();
    }
  }

  private static boolean listens(Mood mood) {
    return mood != Mood.REFUSES && mood != Mood.BLACK_HOLE;
  }

  private void listen() throws IOException {
    threads = Executors.newCachedThreadPool();
    server =
        HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), port), BACKLOG);
    server.setExecutor(threads);
    server.createContext("/told", this::told);
    server.createContext("/asked", this::asked);
    server.start();
  }

  /** A full backlog nobody takes from: Linux drops whatever else wants to connect. */
  private void fill(boolean full) throws IOException {
    if (hole != null) {
      for (Socket filler : fillers) {
        filler.close();
      }
      fillers.clear();
      hole.close();
      hole = null;
    }
    if (full) {
      hole = new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
      for (int i = 0; i < 3; i++) {
        Socket filler = new Socket();
        fillers.add(filler);
        try {
          filler.connect(hole.getLocalSocketAddress(), 200);
        } catch (java.net.SocketTimeoutException e) {
          break;
        }
      }
    }
  }

  private void told(HttpExchange http) throws IOException {
    requests.incrementAndGet();
    JsonNode body = json.readTree(http.getRequestBody().readAllBytes());
    switch (mood) {
      case FAILS -> answer(http, 503, EMPTY);
      case WRONG_CREDENTIALS -> answer(http, 401, EMPTY);
      case HANGS -> hang(http);
      default -> {
        if (refusing.test(body.path("note").asText(""))) {
          answer(http, UNPROCESSABLE, EMPTY);
          return;
        }
        take(http.getRequestHeaders().getFirst("Idempotency-Key"), body);
        if (mood == Mood.LOSES_ANSWERS
            && ThreadLocalRandom.current().nextInt(100) < LOST_OF_HUNDRED) {
          answersLost.incrementAndGet();
          http.close();
        } else {
          answer(http, 200, EMPTY);
        }
      }
    }
  }

  private void take(String key, JsonNode body) {
    String note = body.path("note").asText(null);
    boolean took =
        ledger.effect(
            body.path("ticket").asText(),
            honoursKeys ? key : null,
            new TargetLedger.Effect(body.path("sequence").asInt(), note));
    if (took && note != null) {
      onNote.accept(note, System.nanoTime());
    }
  }

  private void asked(HttpExchange http) throws IOException {
    JsonNode body = json.readTree(http.getRequestBody().readAllBytes());
    boolean known = ledger.knows(body.path("ticket").asText(), body.path("sequence").asInt());
    answer(http, 200, "{\"known\": %s}".formatted(known).getBytes(UTF_8));
  }

  private void hang(HttpExchange http) {
    try {
      hanging.await();
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
    http.close();
  }

  private static void answer(HttpExchange http, int status, byte[] body) throws IOException {
    http.getResponseHeaders().set("Content-Type", "application/json");
    http.sendResponseHeaders(status, body.length);
    http.getResponseBody().write(body);
    http.close();
  }

  @Override
  public synchronized void close() throws IOException {
    mood(Mood.REFUSES);
  }
}
