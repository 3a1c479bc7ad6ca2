package io.tickethub.torture;

import static java.nio.charset.StandardCharsets.UTF_8;

import io.tickethub.harness.SendingSystem;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.SequenceInputStream;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.zip.GZIPOutputStream;

/** What is sent by somebody who means harm. */
final class HostileScenario implements Scenario {

  private static final int CONNECTIONS = 8;
  private static final int SLOW_SENDERS = 300;

  /** Another of this machine's addresses than the desk's. */
  private static final String ELSEWHERE = "127.0.0.9";

  private static final int DEPTH = 100_000;
  private static final long GIGABYTE = 1L << 30;
  private static final Duration ANSWER_WITHIN = Duration.ofSeconds(1);
  private static final int MOST_MEGABYTES = 64;

  /** SOAP 1.1 has every fault answered with this, the sender's too. */
  private static final int SOAP_FAULT = 500;

  @Override
  public String name() {
    return "hostile";
  }

  @Override
  public String promise() {
    return "external entities, billion laughs, 1000:1 compression, 100,000 levels, 1 GB bodies, slow senders, each N times: 4xx"
        + " within 1 s, at most 64 MB more heap, no connection to anywhere, and others are served meanwhile";
  }

  @Override
  public int cycles() {
    return 200;
  }

  /**
   * One attack.
   *
   * @param path below {@code /in/}
   * @param body made anew for each request
   */
  private record Attack(String path, String encoding, Supplier<InputStream> body) {}

  @Override
  public void play(Stage stage) throws Exception {
    for (String name : List.of("unrefused", "slow", "memory", "connections")) {
      stage.verdict().looksFor(name);
    }
    try (Canary canary = new Canary();
        World world = new World(stage, World.threeTargets())) {
      writeXmlConnector(stage.directory().resolve("connectors/documents"));
      world.start();
      for (Map.Entry<String, Attack> attack : attacks(canary.url()).entrySet()) {
        play(stage, world, attack.getKey(), attack.getValue());
      }
      slowSenders(stage, world);
      if (canary.visitors() > 0) {
        stage.verdict().violation("connections", "%d came to the canary", canary.visitors());
      }
    }
  }

  private static Map<String, Attack> attacks(String canary) throws IOException {
    String laughs = laughs();
    byte[] packed = packed();
    Map<String, Attack> attacks = new LinkedHashMap<>();
    attacks.put(
        "an external entity, XML",
        text(
            "documents/xml",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]><a>&x;</a>".formatted(canary)));
    attacks.put(
        "an external entity, SOAP",
        text(
            "documents/soap",
            "<!DOCTYPE a [<!ENTITY x SYSTEM \"%s\">]>%s".formatted(canary, envelope("&x;"))));
    attacks.put(
        "an external DTD",
        text("documents/xml", "<!DOCTYPE a SYSTEM \"%s\"><a/>".formatted(canary)));
    attacks.put(
        "a schema from elsewhere",
        text(
            "documents/xml",
            "<a xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\" xsi:schemaLocation=\"urn:x %s\" xsi:noNamespaceSchemaLocation=\"%s\"><b></a>"
                .formatted(canary, canary)));
    attacks.put("a billion laughs, XML", text("documents/xml", laughs));
    attacks.put(
        "1000:1 compression",
        new Attack("desk/newest", "gzip", () -> new ByteArrayInputStream(packed)));
    attacks.put("100,000 levels, JSON", text("desk/newest", "[".repeat(DEPTH)));
    attacks.put("100,000 levels of objects", text("desk/newest", "{\"a\":".repeat(DEPTH)));
    attacks.put("100,000 levels, XML", text("documents/xml", "<a>".repeat(DEPTH)));
    attacks.put("100,000 levels, SOAP", text("documents/soap", envelope("<a>".repeat(DEPTH))));
    attacks.put("100,000 attributes", text("documents/xml", "<a " + attributes() + "/>"));
    attacks.put(
        "1 GB, JSON", new Attack("desk/newest", null, () -> endless("{\"id\": \"", GIGABYTE)));
    attacks.put("1 GB, XML", new Attack("documents/xml", null, () -> endless("<a>", GIGABYTE)));
    return attacks;
  }

  private static Attack text(String path, String text) {
    byte[] bytes = text.getBytes(UTF_8);
    return new Attack(path, null, () -> new ByteArrayInputStream(bytes));
  }

  private static String envelope(String content) {
    return "<s:Envelope xmlns:s=\"http://schemas.xmlsoap.org/soap/envelope/\"><s:Body>%s</s:Body></s:Envelope>"
        .formatted(content);
  }

  private static String laughs() {
    StringBuilder document = new StringBuilder("<!DOCTYPE a [<!ENTITY l0 \"ha\">");
    for (int level = 1; level < 10; level++) {
      document.append(
          "<!ENTITY l%d \"%s\">".formatted(level, "&l%d;".formatted(level - 1).repeat(10)));
    }
    return document.append("]><a>&l9;</a>").toString();
  }

  private static String attributes() {
    StringBuilder attributes = new StringBuilder();
    for (int number = 0; number < DEPTH; number++) {
      attributes.append("a").append(number).append("=\"\" ");
    }
    return attributes.toString();
  }

  private static byte[] packed() throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (GZIPOutputStream zip = new GZIPOutputStream(bytes)) {
      byte[] blanks = new byte[1 << 20];
      java.util.Arrays.fill(blanks, (byte) ' ');
      for (int megabyte = 0; megabyte < 100; megabyte++) {
        zip.write(blanks);
      }
    }
    return bytes.toByteArray();
  }

  private static InputStream endless(String beginning, long length) {
    InputStream filler =
        new InputStream() {
          private long left = length;

          @Override
          public int read() {
            return left-- > 0 ? 'x' : -1;
          }

          @Override
          public int read(byte[] buffer, int offset, int most) {
            int count = (int) Math.min(most, left);
            if (count <= 0) {
              return -1;
            }
            java.util.Arrays.fill(buffer, offset, offset + count, (byte) 'x');
            left -= count;
            return count;
          }
        };
    return new SequenceInputStream(new ByteArrayInputStream(beginning.getBytes(UTF_8)), filler);
  }

  private static void writeXmlConnector(Path folder) throws IOException {
    Map<String, String> files =
        Map.of(
            "connector.yaml",
            """
            name: documents
            titles: {en: documents, zh: 文档}
            owner: {team: tests, contact: tests@example.test}
            inbound:
              xml: {format: xml, mapping: mapping/in.jsonata, same-id-other-bytes: reject}
              soap: {format: soap, mapping: mapping/in.jsonata, same-id-other-bytes: reject}
            """,
            "routes/documents.camel.yaml",
            """
            - route: {id: documents-xml, from: {uri: "servlet:/documents/xml", steps: [{to: {uri: "hub:in/xml"}}]}}
            - route: {id: documents-soap, from: {uri: "servlet:/documents/soap", steps: [{to: {uri: "hub:in/soap"}}]}}
            """,
            "mapping/in.jsonata",
            "{\"type\": \"note\", \"ticket\": {\"id\": \"none\"}, \"note\": $string($)}");
    for (Map.Entry<String, String> file : files.entrySet()) {
      Path path = folder.resolve(file.getKey());
      Files.createDirectories(path.getParent());
      Files.writeString(path, file.getValue());
    }
  }

  private static void play(Stage stage, World world, String title, Attack attack) throws Exception {
    ExecutorService threads = Executors.newFixedThreadPool(CONNECTIONS);
    try (Memory memory = new Memory(world.hub().process().pid())) {
      List<Future<?>> senders = new ArrayList<>();
      for (int connection = 0; connection < CONNECTIONS; connection++) {
        senders.add(
            threads.submit(
                () -> {
                  for (int time = 0; time < stage.cycles() / CONNECTIONS; time++) {
                    send(stage, world, title, attack);
                  }
                  return null;
                }));
      }
      for (Future<?> sender : senders) {
        sender.get();
      }
      double more = memory.more();
      stage.verdict().most("most heap, MB", more);
      if (more > MOST_MEGABYTES) {
        stage.verdict().violation("memory", "%s: %.0f MB", title, more);
      }
      stage.say("%s: %d times, %.0f MB more heap", title, stage.cycles(), more);
    } finally {
      threads.shutdown();
    }
  }

  private static void send(Stage stage, World world, String title, Attack attack)
      throws IOException, InterruptedException {
    Map<String, String> headers = new LinkedHashMap<>();
    headers.put("Content-Type", "application/octet-stream");
    if (attack.encoding() != null) {
      headers.put("Content-Encoding", attack.encoding());
    }
    stage.verdict().count("attacks", 1);
    Answer answer =
        Answer.to(world.hub().url().resolve("/in/" + attack.path()), headers, attack.body().get());
    if (answer.status() == 0) {
      // A sender that writes on while it is refused may see the connection end before the answer.
      stage.verdict().count("cut off without an answer seen: " + title, 1);
    } else if (!isRefusal(answer.status(), attack)) {
      stage.verdict().violation("unrefused", "%s was answered with %d", title, answer.status());
    }
    stage.verdict().most("slowest answer, s", answer.after().toMillis() / 1000.0);
    if (answer.after().compareTo(ANSWER_WITHIN) > 0) {
      stage.verdict().violation("slow", "%s took %s", title, answer.after());
    }
  }

  private static boolean isRefusal(int status, Attack attack) {
    return status / 100 == 4 || (status == SOAP_FAULT && attack.path().endsWith("soap"));
  }

  /** They send a byte now and then; others must not notice. */
  private static void slowSenders(Stage stage, World world) throws Exception {
    URI hub = world.hub().url();
    List<Socket> sockets = new ArrayList<>();
    try (Memory memory = new Memory(world.hub().process().pid())) {
      for (int number = 0; number < SLOW_SENDERS; number++) {
        Socket socket =
            new Socket(
                InetAddress.getByName(hub.getHost()),
                hub.getPort(),
                InetAddress.getByName(ELSEWHERE),
                0);
        sockets.add(socket);
        socket
            .getOutputStream()
            .write(
                "POST /in/desk/newest HTTP/1.1\r\nHost: hub\r\nContent-Length: 10000\r\n\r\n{"
                    .getBytes(UTF_8));
      }
      SendingSystem desk = world.desk();
      for (int second = 0; second < 15; second++) {
        for (Socket socket : sockets) {
          trickle(socket);
        }
        long begin = System.nanoTime();
        int status = desk.opens("slow-" + second);
        Duration took = Duration.ofNanos(System.nanoTime() - begin);
        stage.verdict().most("slowest answer beside slow senders, s", took.toMillis() / 1000.0);
        if (status != 202 || took.compareTo(ANSWER_WITHIN) > 0) {
          stage.verdict().violation("slow", "beside slow senders: %d after %s", status, took);
        }
        TimeUnit.SECONDS.sleep(1);
      }
      double more = memory.more();
      if (more > MOST_MEGABYTES) {
        stage.verdict().violation("memory", "slow senders: %.0f MB", more);
      }
    } finally {
      for (Socket socket : sockets) {
        socket.close();
      }
    }
  }

  private static void trickle(Socket socket) {
    try {
      socket.getOutputStream().write('x');
    } catch (IOException e) {
      return;
    }
  }

  /** Where nobody must come. */
  private static final class Canary implements AutoCloseable {
    private final AtomicInteger visitors = new AtomicInteger();
    private final ServerSocket socket = new ServerSocket(0, 50, InetAddress.getLoopbackAddress());

    private Canary() throws IOException {
      Thread thread =
          new Thread(
              () -> {
                while (!socket.isClosed()) {
                  try (Socket visitor = socket.accept()) {
                    visitors.incrementAndGet();
                  } catch (IOException e) {
                    return;
                  }
                }
              },
              "canary");
      thread.setDaemon(true);
      thread.start();
    }

    private String url() {
      return "http://127.0.0.1:" + socket.getLocalPort() + "/secret";
    }

    private int visitors() {
      return visitors.get();
    }

    @Override
    public void close() throws IOException {
      socket.close();
    }
  }

  /** What a process keeps on its heap after collections, over what it kept before. */
  private static final class Memory implements AutoCloseable {
    private final long pid;
    private final double before;
    private volatile double most;
    private final Thread thread = new Thread(this::watch, "memory");

    private Memory(long pid) throws IOException, InterruptedException {
      this.pid = pid;
      this.before = kept();
      this.most = before;
      thread.start();
    }

    private void watch() {
      try {
        while (!Thread.interrupted()) {
          most = Math.max(most, kept());
          TimeUnit.MILLISECONDS.sleep(500);
        }
      } catch (InterruptedException e) {
        return;
      } catch (IOException e) {
        throw new java.io.UncheckedIOException(e);
      }
    }

    /** Megabytes of live objects: asking for the histogram of all live ones collects the rest. */
    private double kept() throws IOException, InterruptedException {
      Process process =
          new ProcessBuilder(
                  Path.of(System.getProperty("java.home"), "bin", "jcmd").toString(),
                  Long.toString(pid),
                  "GC.class_histogram")
              .redirectErrorStream(true)
              .start();
      String said = new String(process.getInputStream().readAllBytes(), UTF_8);
      process.waitFor();
      String total =
          said.lines()
              .filter(line -> line.startsWith("Total"))
              .findFirst()
              .orElseThrow(() -> new IOException("jcmd said: " + said));
      return Long.parseLong(total.strip().split("\\s+")[2]) / 1048576.0;
    }

    private double more() throws InterruptedException {
      thread.interrupt();
      thread.join();
      return most - before;
    }

    @Override
    public void close() {
      thread.interrupt();
    }
  }
}
