package io.tickethub.api;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import ch.qos.logback.classic.Logger;
import ch.qos.logback.classic.spi.ILoggingEvent;
import ch.qos.logback.core.read.ListAppender;
import io.tickethub.connector.camel.ConnectorServlet;
import io.tickethub.harness.Caller.Answer;
import io.tickethub.harness.HubUnderTest;
import io.tickethub.harness.Letters;
import jakarta.servlet.ServletContext;
import java.net.Socket;
import java.net.http.HttpRequest.BodyPublishers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestInstance;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;
import org.slf4j.LoggerFactory;

/** Who may ask the hub what, and what nobody is told. */
@TestInstance(TestInstance.Lifecycle.PER_CLASS)
class SecurityOperationsIT {

  private static final Pattern INSIDES =
      Pattern.compile("Exception|io\\.tickethub|org\\.(spring|apache|postgresql)|java\\.|\\tat ");

  private HubUnderTest hub;
  private String message;

  @BeforeAll
  void start(@TempDir Path directory) throws Exception {
    hub = HubUnderTest.alone(directory);
    String ticket = Letters.id("10000");
    hub.open(ticket, Letters.hospitalReport(Letters.id("CC"), ticket));
    message = hub.hub().get("/api/messages?connector=call-center").get(0).get("id").asText();
  }

  @AfterAll
  void stop() throws Exception {
    hub.close();
  }

  private Map<String, String> token(String name) throws Exception {
    Path file = hub.hub().data().resolve("keys").resolve(name);
    return Map.of("Authorization", "Bearer " + Files.readString(file).strip());
  }

  private Answer operator(String path) throws Exception {
    return hub.caller().get(path, token("operator-token"));
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/status",
        "/api/tickets",
        "/api/messages",
        "/api/dead-letters",
        "/api/connectors",
        "/api/nothing",
        "/nothing",
        "/actuator",
        "/actuator/info",
        "/actuator/prometheus",
        "/actuator/env",
        "/actuator/heapdump",
        "/error"
      })
  void withoutTokenNothingIsTold(String path) throws Exception {
    Answer answer = hub.caller().get(path, Map.of());

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.header("WWW-Authenticate")).isEqualTo("Bearer");
    assertThat(answer.json().fieldNames())
        .toIterable()
        .containsExactlyInAnyOrder("type", "title", "status", "detail", "instance");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/in/../api/status",
        "/in/x/../../api/status",
        "/in//../api/status",
        "/in/./../api/status",
        "/in/..;/api/status",
        "/in/..;x=y/api/status",
        "/in;/../api/status",
        "/in/%2e%2e/api/status",
        "/in/%2e%2e%3b/api/status",
        "/in/%252e%252e/api/status",
        "/in/..%2fapi/status",
        "/in/..%5capi/status",
        "/in\\..\\api\\status",
        "/in%00/../api/status",
        "/in/%00/../../api/status",
        "/api/status;/in/x",
        "/api;/in/../status",
        "/./api/status",
        "//api/status",
        "/API/status",
        "/in"
      })
  void noDetourPastTheConnectorsLeadsAroundTheToken(String path) throws Exception {
    assertThat(raw("GET " + path)).matches("(?s)HTTP/1.1 (400|401|404) .*");
  }

  @ParameterizedTest
  @ValueSource(strings = {"TRACE", "TRACK", "CONNECT", "PROPFIND", "POS", "P", "post", "NONE"})
  void noUnusualMethodReachesAConnector(String method) throws Exception {
    assertThat(raw(method + " /in/partner-hospital/progress"))
        .matches("(?s)HTTP/1.1 (400|405|501) .*");
  }

  /** What comes back for a line that no well-behaved client sends. */
  private String raw(String line) throws Exception {
    try (Socket socket = new Socket("127.0.0.1", hub.hub().url().getPort())) {
      socket
          .getOutputStream()
          .write((line + " HTTP/1.1\r\nHost: hub\r\nConnection: close\r\n\r\n").getBytes(UTF_8));
      return new String(socket.getInputStream().readAllBytes(), UTF_8);
    }
  }

  @Test
  void allButTheConnectorsStandsBehindTheToken() {
    ServletContext context = hub.hub().part(ServletContext.class);

    assertThat(context.getServletRegistrations())
        .containsOnlyKeys("dispatcherServlet", ConnectorServlet.NAME);
    assertThat(context.getFilterRegistration("springSecurityFilterChain").getServletNameMappings())
        .containsExactly("dispatcherServlet");
  }

  @ParameterizedTest
  @ValueSource(
      strings = {"Bearer wrong", "Bearer ", "Bearer ???", "Basic b3BlcmF0b3I6", "wrong", ""})
  void aWrongTokenIsNoToken(String authorization) throws Exception {
    Answer answer = hub.caller().get("/api/status", Map.of("Authorization", authorization));

    assertThat(answer.status()).isEqualTo(401);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
  }

  @ParameterizedTest
  @CsvSource({
    "POST,/api/connectors/call-center/pause",
    "POST,/api/connectors/call-center/resume",
    "POST,/api/connectors/call-center/disable",
    "POST,/api/connectors/call-center/try?channel=request",
    "POST,/api/connectors/call-center/examples?channel=request&case=a",
    "POST,/api/connectors/call-center/routes/call-center-request/stop",
    "POST,/api/dead-letters/1/replay",
    "POST,/api/dead-letters/1/discard",
    "PUT,/api/tickets"
  })
  void withoutTokenNothingIsDone(String method, String path) throws Exception {
    assertThat(hub.caller().call(method, path, Map.of(), BodyPublishers.noBody()).status())
        .isEqualTo(401);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/../api/status",
        "//api/status",
        "/api;x=1/status",
        "/API/status",
        "/in/../api/status",
        "/in/..%2fapi/status",
        "/actuator/health/../info",
        "/api/status%00"
      })
  void noSpellingOfAPathGoesAroundTheToken(String path) throws Exception {
    Answer answer = hub.caller().get(path, Map.of());

    assertThat(answer.status()).isIn(400, 401, 404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text()).doesNotContain("connectors", "node");
  }

  @Test
  void healthTellsNoMoreThanWhetherTheHubLives() throws Exception {
    for (String path :
        List.of("/actuator/health", "/actuator/health/liveness", "/actuator/health/readiness")) {
      Answer answer = hub.caller().get(path, Map.of());

      assertThat(answer.status()).isEqualTo(200);
      assertThat(answer.json().fieldNames()).toIterable().isSubsetOf("status", "groups");
    }
    assertThat(hub.caller().get("/actuator/health/db", Map.of()).status()).isEqualTo(404);
  }

  @Test
  void anOperatorReadsMetricsAndNothingThatHoldsSecrets() throws Exception {
    assertThat(operator("/actuator/prometheus").status()).isEqualTo(200);
    for (String endpoint :
        List.of("env", "configprops", "heapdump", "threaddump", "beans", "loggers", "shutdown")) {
      assertThat(operator("/actuator/" + endpoint).status()).as(endpoint).isEqualTo(404);
    }
  }

  @Test
  void anOperatorDoesNotSeeBodies() throws Exception {
    Answer answer = operator("/api/messages/%s/body".formatted(message));

    assertThat(answer.status()).isEqualTo(403);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text()).doesNotContain("张三");
  }

  @Test
  void whoReadsABodyIsWrittenDown() throws Exception {
    int before = audits();

    Answer answer =
        hub.caller().get("/api/messages/%s/body".formatted(message), token("privacy-token"));

    assertThat(answer.status()).isEqualTo(200);
    assertThat(answer.text()).contains("张三", "13800001234");
    assertThat(answer.header("Cache-Control")).contains("no-store");
    assertThat(audits()).isEqualTo(before + 1);
    assertThat(
            hub.hub()
                .database()
                .queryForMap(
                    "select * from audit where action = 'reveal' order by at desc limit 1"))
        .containsEntry("actor", "privacy-officer")
        .containsEntry("subject", "message " + message);
  }

  private int audits() {
    return hub.hub()
        .database()
        .queryForObject("select count(*) from audit where action = 'reveal'", Integer.class);
  }

  @Test
  void whatAnOperatorSeesIsMasked() throws Exception {
    String number = hub.hub().get("/api/tickets?limit=1").get(0).get("number").asText();

    for (String path :
        List.of("/api/tickets", "/api/tickets/" + number, "/api/messages", "/status")) {
      assertThat(operator(path).text()).doesNotContain("张三", "13800001234");
    }
  }

  @Test
  void filesOfSecretsAreTheHubsAlone() throws Exception {
    for (String name : List.of("operator-token", "privacy-token", "encryption")) {
      Path file = hub.hub().data().resolve("keys").resolve(name);
      assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
          .as(name)
          .isEqualTo("rw-------");
    }
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      value = {
        "/api/messages?limit=0|at least 1",
        "/api/messages?limit=-1|at least 1",
        "/api/tickets?limit=-2147483648|at least 1",
        "/api/dead-letters?limit=0|at least 1",
        "/api/messages?limit=many|limit",
        "/api/messages?limit=99999999999|limit",
        "/api/messages?status=lost|known are",
        "/api/tickets?state=lost|known are",
        "/api/tickets?after=yesterday|after",
        "/api/tickets?number=%00|not allowed",
        "/api/messages?externalId=a%00b|not allowed",
        "/api/messages/%21|no identifier",
        "/api/messages/ZZZZZZZZZZZZZZZZZZZ|no identifier",
        "/api/dead-letters/~|no identifier",
        "/api/dead-letters?closed=perhaps|closed"
      })
  void aMistakeOfTheCallerIsToldAsSuch(String path, String words) throws Exception {
    Answer answer = operator(path);

    assertThat(answer.status()).as(answer.text()).isEqualTo(400);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.field("detail")).contains(words);
    assertThat(answer.text()).doesNotContainPattern(INSIDES);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/tickets/none",
        "/api/tickets/none/explanation",
        "/api/messages/1",
        "/api/dead-letters/1",
        "/api/connectors/none",
        "/api/messages?ticket=none",
        "/api/nothing"
      })
  void whatIsNotThereIsNotFound(String path) throws Exception {
    Answer answer = operator(path);

    assertThat(answer.status()).isEqualTo(404);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text()).doesNotContainPattern(INSIDES);
  }

  @Test
  void aListNeverGivesMoreThanAThousand() throws Exception {
    assertThat(operator("/api/messages?limit=2147483647").status()).isEqualTo(200);
    assertThat(Page.size(Integer.MAX_VALUE)).isEqualTo(1_000);
    assertThatThrownBy(() -> Page.size(0)).isInstanceOf(IllegalArgumentException.class);
  }

  @Test
  void aFailureInsideIsToldByANumberThatTheLogKnows() throws Exception {
    ListAppender<ILoggingEvent> log = new ListAppender<>();
    Logger logger = (Logger) LoggerFactory.getLogger(ApiProblems.class);
    log.start();
    logger.addAppender(log);
    hub.hub().database().execute("alter table message rename to message_away");
    Answer answer;
    try {
      answer = operator("/api/messages");
    } finally {
      hub.hub().database().execute("alter table message_away rename to message");
      logger.detachAppender(log);
    }

    assertThat(answer.status()).isEqualTo(500);
    assertThat(answer.header("Content-Type")).isEqualTo("application/problem+json");
    assertThat(answer.text())
        .doesNotContainPattern(INSIDES)
        .doesNotContain("select", "message_away");
    assertThat(answer.field("failure")).isNotBlank();
    assertThat(log.list)
        .anySatisfy(
            event -> assertThat(event.getFormattedMessage()).contains(answer.field("failure")));
  }

  @Test
  void theConsoleIsServedAndRunsNothingButItsOwn() throws Exception {
    Answer page = hub.caller().get("/", Map.of());

    assertThat(page.status()).isEqualTo(200);
    assertThat(page.header("Content-Type")).startsWith("text/html");
    assertThat(page.header("X-Content-Type-Options")).isEqualTo("nosniff");
    assertThat(page.header("X-Frame-Options")).isEqualTo("DENY");
    assertThat(page.header("Referrer-Policy")).isEqualTo("no-referrer");
    assertThat(page.header("Content-Security-Policy"))
        .contains("default-src 'none'", "connect-src 'self'", "frame-ancestors 'none'")
        .contains("script-src 'self'", "style-src 'self'", "form-action 'self'")
        .doesNotContain("unsafe");
    assertThat(page.text()).doesNotContainPattern("<[^>]+ (style|on[a-z]+)=");
    assertThat(page.text())
        .doesNotContain("<style")
        .doesNotContainPattern("<script>")
        .doesNotContainPattern("(src|href)=\"(https?:)?//");
  }

  @Test
  void noAnswerNamesTheServer() throws Exception {
    for (String path : List.of("/", "/api/status", "/in/none/x", "/actuator/health")) {
      Answer answer = operator(path);
      assertThat(answer.header("Server")).isEmpty();
      assertThat(answer.header("X-Powered-By")).isEmpty();
    }
  }
}
