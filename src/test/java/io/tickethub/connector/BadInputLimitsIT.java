package io.tickethub.connector;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.atomic.AtomicLong;
import java.util.stream.Stream;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * What a web request may not do to the hub: too much, too slowly, packed, or to the wrong place.
 */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class BadInputLimitsIT {

  private static final String HOSPITAL = "/in/partner-hospital/progress";

  private static final String TRANSPORT = "/in/partner-transport/progress";

  private HubUnderTest hub;

  @BeforeAll
  void start(@TempDir Path directory, @TempDir Path connectors) throws Exception {
    HubUnderTest.copyOfConnectors(connectors);
    addRarePartner(connectors);
    Files.createDirectories(connectors.resolve("partner-broken"));
    Files.writeString(connectors.resolve("partner-broken/connector.yaml"), "name: [");
    hub =
        HubUnderTest.alone(
            directory,
            "--hub.connectors.directory=" + connectors,
            "--hub.connectors.settings.partner-rare.base-url=http://127.0.0.1:9",
            "--hub.connectors.settings.partner-rare.webhook-secret=file:"
                + directory.resolve("secret"),
            "--server.tomcat.connection-timeout=1s");
  }

  /** Like the hospital, but it may send two messages a second. */
  private static void addRarePartner(Path connectors) throws IOException {
    Path hospital = connectors.resolve("partner-hospital");
    Path rare = connectors.resolve("partner-rare");
    List<Path> files;
    try (Stream<Path> all = Files.walk(hospital)) {
      files =
          all.filter(Files::isRegularFile)
              .filter(file -> !file.startsWith(hospital.resolve("examples")))
              .toList();
    }
    for (Path file : files) {
      Path copy = rare.resolve(hospital.relativize(file).toString());
      Files.createDirectories(copy.getParent());
      Files.writeString(
          copy,
          Files.readString(file)
              .replace("partner-hospital", "partner-rare")
              .replace("per-second: 500", "per-second: 2"));
    }
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  @Test
  void aPackedBodyIsRefusedUnread() throws Exception {
    byte[] bomb = packed(200_000_000);
    Map<String, String> headers = hub.signature(bomb);
    headers.put("Content-Encoding", "gzip");

    Answer answer = hub.caller().post(HOSPITAL, bomb, headers);

    assertThat(answer.status()).isEqualTo(415);
    assertThat(answer.header("Accept-Encoding")).isEqualTo("identity");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.field("detail")).contains("content encoding");
  }

  private static byte[] packed(int zeros) throws IOException {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (OutputStream packing = new GZIPOutputStream(bytes)) {
      byte[] part = new byte[1 << 20];
      for (int written = 0; written < zeros; written += part.length) {
        packing.write(part);
      }
    }
    return bytes.toByteArray();
  }

  @Test
  void anEndlessBodyIsCutAtTheLimit() throws Exception {
    AtomicLong taken = new AtomicLong();
    String answer;
    try (Socket socket = connect()) {
      OutputStream out = socket.getOutputStream();
      out.write(head("Transfer-Encoding: chunked").getBytes(UTF_8));
      byte[] part = ("10000\r\n" + "x".repeat(0x10000) + "\r\n").getBytes(UTF_8);
      try {
        while (taken.get() < 1L << 30) {
          out.write(part);
          taken.addAndGet(part.length);
        }
      } catch (IOException e) {
        assertThat(e).hasMessageMatching("(?s).*(reset|Broken pipe).*");
      }
      answer = read(socket);
    }

    assertThat(taken.get()).isLessThan(32L << 20);
    assertThat(answer)
        .satisfiesAnyOf(
            text -> assertThat(text).isEmpty(),
            text -> assertThat(text).startsWith("HTTP/1.1 413"));
  }

  @Test
  void aBodyOfUnknownLengthWithinTheLimitIsTaken() throws Exception {
    byte[] body = Letters.hospitalComment(Letters.id("E"), "T-1", "text").getBytes(UTF_8);

    Answer answer =
        hub.caller()
            .postStream(HOSPITAL, () -> new ByteArrayInputStream(body), hub.signature(body));

    assertThat(answer.status()).isEqualTo(202);
  }

  @Test
  void aSenderThatStopsInTheMiddleIsAnsweredAndLetGo() throws Exception {
    try (Socket socket = connect()) {
      socket
          .getOutputStream()
          .write((head("Content-Length: 100") + "{\"eventId\"").getBytes(UTF_8));

      String answer = read(socket);

      assertThat(answer).startsWith("HTTP/1.1 408").contains("application/problem+json");
    }
  }

  @Test
  void sendersOfOneAddressThatNeverEndLeaveRoomForOthers() throws Exception {
    List<Socket> slow = new ArrayList<>();
    try {
      for (int number = 0; number < 120; number++) {
        Socket socket =
            new Socket(
                InetAddress.getByName("127.0.0.1"),
                hub.hub().url().getPort(),
                InetAddress.getByName("127.0.0.9"),
                0);
        socket.setSoTimeout(30_000);
        slow.add(socket);
        socket.getOutputStream().write((head("Content-Length: 100") + "{").getBytes(UTF_8));
      }
      byte[] body = Letters.hospitalComment(Letters.id("E"), "T-2", "text").getBytes(UTF_8);

      assertTimeoutPreemptively(
          Duration.ofSeconds(5),
          () ->
              assertThat(hub.postSigned(HOSPITAL, "application/json", body).status())
                  .isEqualTo(202));
      Map<String, Integer> answers = new TreeMap<>();
      for (Socket socket : slow) {
        answers.merge(new String(socket.getInputStream().readNBytes(12), UTF_8), 1, Integer::sum);
      }
      assertThat(answers).isEqualTo(Map.of("HTTP/1.1 503", 50, "HTTP/1.1 408", 70));
    } finally {
      for (Socket socket : slow) {
        socket.close();
      }
    }
  }

  @Test
  void ofASenderThatHangsUpInTheMiddleNothingIsTaken() throws Exception {
    try (Socket socket = connect()) {
      String head = head("Content-Length: 100").replace(HOSPITAL, TRANSPORT);
      socket.getOutputStream().write((head + "<Progress").getBytes(UTF_8));
    }

    byte[] next = Letters.transportFeedback(Letters.id("P"), "T-1", "text").getBytes(UTF_8);
    assertThat(hub.postSigned(TRANSPORT, "application/xml", next).status()).isEqualTo(202);
    await()
        .untilAsserted(
            () ->
                assertThat(hub.hub().get("/api/messages?connector=partner-transport")).hasSize(1));
  }

  private Socket connect() throws IOException {
    Socket socket = new Socket("127.0.0.1", hub.hub().url().getPort());
    socket.setSoTimeout(30_000);
    return socket;
  }

  private static String head(String length) {
    return "POST " + HOSPITAL + " HTTP/1.1\r\nHost: hub\r\n" + length + "\r\n\r\n";
  }

  private static String read(Socket socket) throws IOException {
    try (InputStream in = socket.getInputStream()) {
      return new String(in.readAllBytes(), UTF_8);
    } catch (IOException e) {
      return "";
    }
  }

  @Test
  void aPathNobodyServesIsNotFound() throws Exception {
    for (String path :
        List.of("/in/", "/in/nobody/progress", HOSPITAL + "/more", "/in/partner-hospital")) {
      Answer answer = hub.postSigned(path, "application/json", new byte[] {'{'});

      assertThat(answer.status()).as(path).isEqualTo(404);
      assertThat(answer.header("Content-Type")).as(path).isEqualTo("application/problem+json");
      assertThat(answer.field("instance")).isEqualTo(path);
    }
  }

  @ParameterizedTest
  @ValueSource(strings = {"GET", "PUT", "DELETE", "PATCH"})
  void anotherMethodThanTheChannelsIsNotAllowed(String method) throws Exception {
    Answer answer = hub.caller().call(method, HOSPITAL, Map.of(), BodyPublishers.noBody());

    assertThat(answer.status()).isEqualTo(405);
    assertThat(answer.header("Allow")).isEqualTo("POST, OPTIONS");
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "text/html",
        "application/x-www-form-urlencoded",
        "multipart/form-data; boundary=x",
        "application/x-java-serialized-object",
        "application/json; charset=utf-16",
        "application/json; charset=none-such",
        "rubbish"
      })
  void theChannelSaysWhatComesNotTheContentType(String contentType) throws Exception {
    byte[] body = Letters.hospitalComment(Letters.id("E"), "T-1", "a=b&c=%41+d").getBytes(UTF_8);

    Answer answer = hub.postSigned(HOSPITAL, contentType, body);

    assertThat(answer.status()).as(answer.text()).isEqualTo(202);
  }

  @Test
  void whoSendsTooMuchIsToldWhenToComeBack() throws Exception {
    List<Answer> answers = new ArrayList<>();
    for (int i = 0; i < 12; i++) {
      answers.add(
          hub.postSigned("/in/partner-rare/progress", "application/json", new byte[] {'{'}));
    }

    assertThat(answers)
        .filteredOn(answer -> answer.status() == 429)
        .isNotEmpty()
        .allSatisfy(
            answer -> {
              assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
              assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
              assertThat(answer.field("title")).isEqualTo("too-many");
              assertThat(answer.field("connector")).isEqualTo("partner-rare");
            });
    assertThat(answers.get(0).status()).isEqualTo(400);
  }

  @ParameterizedTest
  @ValueSource(strings = {"partner-broken", "crm-bss"})
  void aConnectorThatDoesNotRunAsksToComeBack(String connector) throws Exception {
    Answer answer =
        hub.postSigned(
            "/in/%s/progress".formatted(connector), "application/json", new byte[] {'{'});

    assertThat(answer.status()).isEqualTo(503);
    assertThat(Integer.parseInt(answer.header("Retry-After"))).isPositive();
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.field("detail")).contains("does not run");
  }
}
