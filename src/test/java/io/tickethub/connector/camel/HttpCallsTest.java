package io.tickethub.connector.camel;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.time.Duration;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import org.apache.camel.CamelExecutionException;
import org.apache.camel.ProducerTemplate;
import org.apache.camel.impl.DefaultCamelContext;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.springframework.util.unit.DataSize;

/** However a system answers, a call ends. */
@Timeout(20)
class HttpCallsTest {

  private static final Duration WITHIN = Duration.ofMillis(400);
  private static final DataSize MOST = DataSize.ofKilobytes(256);

  private final ExecutorService threads = Executors.newCachedThreadPool();
  private HttpServer server;
  private DefaultCamelContext context;
  private ProducerTemplate calls;

  @BeforeEach
  void start() throws IOException {
    server = HttpServer.create(new InetSocketAddress(InetAddress.getLoopbackAddress(), 0), 10);
    server.setExecutor(threads);
    server.start();
    context = new DefaultCamelContext();
    context.setStreamCaching(false);
    context.addComponent("http", HttpCalls.component(WITHIN, MOST));
    context.start();
    calls = context.createProducerTemplate();
  }

  @AfterEach
  void stop() {
    context.stop();
    server.stop(0);
    threads.shutdownNow();
  }

  private interface Writing {
    void to(OutputStream answer) throws Exception;
  }

  /** {@code length} 0: in chunks, for as long as it takes. */
  private void answers(long length, Writing writing) {
    server.createContext(
        "/told",
        http -> {
          http.getRequestBody().readAllBytes();
          http.sendResponseHeaders(200, length);
          try (OutputStream answer = http.getResponseBody()) {
            writing.to(answer);
          } catch (Exception e) {
            // Nobody listens any more.
            http.close();
          }
        });
  }

  private byte[] call() {
    return calls.requestBody(
        "http://127.0.0.1:%d/told".formatted(server.getAddress().getPort()),
        "<told/>",
        byte[].class);
  }

  @Test
  void anAnswerOfTheLongestSizeIsTaken() {
    byte[] longest = new byte[(int) MOST.toBytes()];
    answers(longest.length, answer -> answer.write(longest));

    assertThat(call()).hasSize(longest.length);
    assertThat(call()).hasSize(longest.length);
  }

  @Test
  void anEndlessAnswerIsBrokenOff() {
    answers(
        0,
        answer -> {
          while (true) {
            answer.write(new byte[8_192]);
          }
        });

    assertThatThrownBy(this::call)
        .isInstanceOf(CamelExecutionException.class)
        .hasRootCauseMessage("the answer is longer than 256 KB");
  }

  @Test
  void anAnswerThatComesAByteAtATimeIsNotWaitedFor() {
    answers(
        0,
        answer -> {
          while (true) {
            answer.write(' ');
            answer.flush();
            Thread.sleep(50);
          }
        });

    assertThatThrownBy(this::call)
        .hasRootCauseInstanceOf(SocketTimeoutException.class)
        .hasStackTraceContaining("comes too slowly to wait for it");
  }

  @Test
  void aLongAnswerMayTakeLongerThanAShortOne() {
    answers(
        0,
        answer -> {
          for (int i = 0; i < 10; i++) {
            answer.write(new byte[8_192]);
            answer.flush();
            Thread.sleep(100);
          }
        });

    assertThat(call()).hasSize(81_920);
  }
}
