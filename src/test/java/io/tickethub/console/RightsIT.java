package io.tickethub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tickethub.cli.HubCommand;
import io.tickethub.harness.IdentityServer;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.SettableClock;
import io.tickethub.harness.TargetSystem.Reply;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.net.CookieManager;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Clock;
import java.time.Duration;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

/** What people may do, who is limited to some connectors, and login by an identity provider. */
class RightsIT {

  private static final String PASSWORD = "correct horse battery";
  private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

  @TempDir static Path directory;
  static final SettableClock CLOCK = new SettableClock(Clock.systemUTC().instant());
  static IdentityServer provider;
  static PlainWorld world;
  static final Map<String, String> TOKENS = new HashMap<>();
  static final Map<String, String> LETTERS = new HashMap<>();
  static final Map<String, String> MESSAGES = new HashMap<>();

  @BeforeAll
  static void start() throws Exception {
    provider = new IdentityServer("localhost");
    provider.knows("alice", "hub-operators");
    provider.knows("nora", "north-team", "unknown-group");
    provider.knows("petra", "north-privacy", "north-team");
    provider.knows("otto", "cooks");
    provider.knows("<b>mallory", "hub-operators");
    Files.writeString(directory.resolve("client-secret"), IdentityServer.SECRET);
    String oidc = "--hub.operations.oidc.";
    world =
        PlainWorld.startAt(
            CLOCK,
            directory,
            List.of(
                PlainConnector.named("north"),
                PlainConnector.named("south"),
                PlainConnector.named("desk")),
            "--hub.console.idle=30m",
            oidc + "issuer=" + provider.issuer(),
            oidc + "client-id=" + IdentityServer.CLIENT,
            oidc + "client-secret=file:" + directory.resolve("client-secret"),
            oidc + "roles-claim=realm_access.roles",
            oidc + "roles.hub-operators=operator",
            oidc + "roles.north-team=engineer",
            oidc + "roles.north-privacy=privacy-officer",
            oidc + "connectors.north-team=north",
            oidc + "connectors.north-privacy=north",
            oidc + "lasts=12h");
    for (String name : List.of("north", "south")) {
      world.target(name).answers(told -> new Reply("bad".equals(told.note()) ? 400 : 200, "{}"));
    }
    SendingSystem north = world.sender("north");
    SendingSystem south = world.sender("south");
    Map<String, Object> report = SendingSystem.report("N-1");
    Map<String, Object> content = new LinkedHashMap<>();
    ((Map<?, ?>) report.get("content")).forEach((key, value) -> content.put("" + key, value));
    content.put("customer", Map.of("number", "C-1", "name", "张三", "phone", "13800001234"));
    report.put("content", content);
    north.sends("newest", SendingSystem.fresh(), report);
    north.notes("N-1", "bad");
    south.opens("S-1");
    south.notes("S-1", "bad");
    await()
        .atMost(Duration.ofSeconds(90))
        .untilAsserted(
            () -> {
              for (JsonNode letter : world.hub().get("/api/dead-letters")) {
                LETTERS.put(letter.get("connector").asText(), letter.get("id").asText());
              }
              assertThat(LETTERS).containsOnlyKeys("north", "south");
            });
    for (String name : List.of("north", "south")) {
      MESSAGES.put(
          name, world.hub().get("/api/messages?connector=" + name).get(0).get("id").asText());
    }
    account("ana", "operator", "north");
    account("eve", "engineer", "north");
    account("pia", "privacy-officer", "north");
    account("vic", "viewer", null);
    account("odo", "operator", null);
    account("ada", "administrator", null);
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
    provider.close();
  }

  private static void account(String name, String role, String connectors) throws Exception {
    String query = "?role=" + role + (connectors == null ? "" : "&connectors=" + connectors);
    String owner = Files.readString(world.hub().data().resolve("keys/privacy-token")).strip();
    assertThat(api(owner, "POST", "/api/accounts/" + name + query, PASSWORD).statusCode())
        .isEqualTo(200);
    HttpResponse<String> token = api(owner, "POST", "/api/accounts/" + name + "/token", "");
    TOKENS.put(name, new JsonMapper().readTree(token.body()).get("token").asText());
  }

  private static HttpResponse<String> api(String token, String method, String path, String body)
      throws IOException, InterruptedException {
    return HttpClient.newHttpClient()
        .send(
            HttpRequest.newBuilder(world.hub().url().resolve(path))
                .header("Authorization", "Bearer " + token)
                .method(method, BodyPublishers.ofString(body))
                .build(),
            BodyHandlers.ofString());
  }

  private static String filled(String path, String connector) {
    return path.replace("{connector}", connector)
        .replace("{letter}", LETTERS.getOrDefault(connector, ""))
        .replace("{message}", MESSAGES.getOrDefault(connector, ""));
  }

  /** What the right allows need not succeed, as long as it is not refused. */
  @ParameterizedTest
  @CsvSource({
    "ana, POST, /api/connectors/{connector}/pause?reason=r",
    "ana, POST, /api/connectors/{connector}/resume?reason=r",
    "ana, POST, /api/messages/{message}/replay",
    "ana, POST, /api/dead-letters/replay?connector={connector}&code=none&reason=r",
    "ana, POST, /api/dead-letters/discard?group={connector}/told/delivery/none&reason=r",
    "ana, POST, /api/dead-letters/replay?group={connector}/told/delivery/none&reason=r",
    "ana, POST, /api/reconciliations?connector={connector}",
    "ana, POST, /api/alerts/silences?connector={connector}&for=1s&reason=r",
    "eve, POST, /api/connectors/{connector}/rollback?version=1&reason=r",
    "eve, POST, /api/connectors/{connector}/cursors/newest?reason=r",
    "eve, POST, /api/connectors/{connector}/rehearsals?since=1d",
    "pia, GET, /api/messages/{message}/body",
    "pia, GET, /api/messages/{message}/capture?unmask=true",
    "pia, GET, /api/dead-letters/{letter}?reveal=true"
  })
  void whoIsLimitedDoesItToTheirConnectorOnly(String name, String method, String path)
      throws Exception {
    HttpResponse<String> other = api(TOKENS.get(name), method, filled(path, "south"), "");
    HttpResponse<String> own = api(TOKENS.get(name), method, filled(path, "north"), "");

    assertThat(other.statusCode()).isEqualTo(403);
    assertThat(other.body()).contains(name + " may not", "south").doesNotContain("13800001234");
    assertThat(own.statusCode()).isNotIn(401, 403, 405, 500);
  }

  @ParameterizedTest
  @CsvSource({
    "ana, POST, /api/dead-letters/replay?code=http-400&reason=r",
    "ana, POST, /api/alerts/silences?kind=system-down&for=1h&reason=r",
    "ana, POST, /api/alerts/test",
    "ana, POST, /api/retention/run",
    "ana, POST, /api/plans/run",
    "ana, POST, /api/tickets/N-1/leave?reason=r",
    "ana, POST, /api/connectors/north/rollback?version=1",
    "ana, GET, /api/messages/{message}/body",
    "ana, GET, /api/accounts",
    "eve, POST, /api/accounts/new?role=viewer",
    "pia, POST, /api/connectors/north/pause",
    "pia, POST, /api/dead-letters/{letter}/edit?reason=r",
    "vic, POST, /api/connectors/north/pause",
    "vic, POST, /api/dead-letters/{letter}/replay",
    "vic, POST, /api/alerts/silences?connector=north&for=1h&reason=r",
    "vic, GET, /api/audit",
    "odo, POST, /api/connectors/north/rollback?version=1",
    "odo, POST, /api/accounts/new?role=viewer",
    "ada, GET, /api/messages/{message}/body",
    "ada, POST, /api/accounts/pia/token"
  })
  void whatIsNotAmongOnesRightsIsRefused(String name, String method, String path) throws Exception {
    assertThat(api(TOKENS.get(name), method, filled(path, "north"), "").statusCode())
        .isEqualTo(403);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "/api/status",
        "/api/connectors/south",
        "/api/dead-letters?connector=south",
        "/api/messages?connector=south",
        "/api/tickets",
        "/api/alerts",
        "/api/alerts/notices",
        "/api/alerts/silences"
      })
  void everybodySeesWhatIsNotPersonalOfAllConnectors(String path) throws Exception {
    for (String name : List.of("ana", "eve", "pia", "vic")) {
      assertThat(api(TOKENS.get(name), "GET", path, "").statusCode()).as(name).isEqualTo(200);
    }
  }

  /** What north said and south refused: who sees south unmasked does not see north by it. */
  @Test
  void aDeadLetterRevealsNothingOfTheConnectorItsMessageCameBy() throws Exception {
    account("sam", "privacy-officer", "south");
    String south =
        StreamSupport.stream(
                world.hub().get("/api/dead-letters?connector=south").spliterator(), false)
            .map(letter -> letter.get("id").asText())
            .findFirst()
            .orElseThrow();

    JsonNode revealed =
        new JsonMapper()
            .readTree(
                api(TOKENS.get("sam"), "GET", "/api/dead-letters/" + south + "?reveal=true", "")
                    .body());

    assertThat(revealed.get("connector").asText()).isEqualTo("south");
    assertThat(revealed.get("way").has("body")).isFalse();
    assertThat(revealed.get("attempts").get(0).get("sent").asText()).contains("张三");
  }

  @Test
  void aTokenIsThatOfItsAccountAndEndsWithItsPassword() throws Exception {
    account("tom", "operator", "north");
    String old = TOKENS.get("tom");
    String forged = old.substring(0, old.length() - 1) + (old.endsWith("0") ? "1" : "0");
    assertThat(api(old, "GET", "/api/connectors", "").statusCode()).isEqualTo(200);
    assertThat(api(forged, "GET", "/api/connectors", "").statusCode()).isEqualTo(401);
    assertThat(api(old.replace(".tom.", ".odo."), "GET", "/api/connectors", "").statusCode())
        .isEqualTo(401);
    assertThat(
            world
                .hub()
                .database()
                .queryForList("select token from account", String.class)
                .toString())
        .doesNotContain(old);

    account("tom", "viewer", null);

    assertThat(api(old, "GET", "/api/connectors", "").statusCode()).isEqualTo(401);
  }

  @Test
  void anAdministratorCannotBeLimited() throws Exception {
    HttpResponse<String> refused =
        api(
            world.hub().operatorToken(),
            "POST",
            "/api/accounts/max?role=administrator&connectors=north",
            PASSWORD);

    assertThat(refused.statusCode()).isEqualTo(400);
    assertThat(refused.body()).contains("cannot be limited");
  }

  @Test
  void theCommandLineActsAsAnAccount() throws Exception {
    Path keys = Files.createDirectories(directory.resolve("ana/keys"));
    Files.writeString(keys.resolve("operator-token"), TOKENS.get("ana"));

    assertThat(hub("pause", "south", "--reason", "r")).contains("may not operate connector south");
    assertThat(hub("alert", "silence", "south", "--for", "1h", "--reason", "r"))
        .contains("may not operate connector south");
    assertThat(hub("alert", "silence", "north", "--for", "1s", "--reason", "r"))
        .contains("north")
        .doesNotContain("may not");
    assertThat(hub("connector", "list")).contains("south");
    assertThat(world.hub().get("/api/audit?actor=ana&action=alert-silence")).isNotEmpty();
  }

  private static String hub(String... words) {
    StringWriter out = new StringWriter();
    HubCommand.commandLine()
        .setOut(new PrintWriter(out))
        .setErr(new PrintWriter(out))
        .execute(
            Stream.concat(
                    Stream.of(words),
                    Stream.of(
                        "--url",
                        world.hub().url().toString(),
                        "--data",
                        directory.resolve("ana").toString()))
                .toArray(String[]::new));
    return out.toString();
  }

  /** A browser without a screen: cookies, and no script. */
  private static final class Visitor {

    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(new CookieManager())
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();
    private HttpResponse<String> last;

    private Visitor get(String address) throws Exception {
      last =
          http.send(
              HttpRequest.newBuilder(world.hub().url().resolve(address)).build(),
              BodyHandlers.ofString());
      return this;
    }

    private Visitor post(String path, String form) throws Exception {
      Matcher token = CSRF.matcher(last.body());
      assertThat(token.find()).as(last.body()).isTrue();
      last =
          http.send(
              HttpRequest.newBuilder(world.hub().url().resolve(path))
                  .header("Content-Type", "application/x-www-form-urlencoded")
                  .POST(
                      BodyPublishers.ofString(
                          form + "&_csrf=" + URLEncoder.encode(token.group(1), UTF_8)))
                  .build(),
              BodyHandlers.ofString());
      return this;
    }

    private static Visitor named(String name) throws Exception {
      return new Visitor()
          .get("/login")
          .post("/login", "username=" + name + "&password=" + PASSWORD.replace(' ', '+'));
    }

    private static Visitor byProvider(String name) throws Exception {
      Visitor visitor = new Visitor().get("/login/provider");
      assertThat(visitor.last.uri().toString()).startsWith(provider.issuer() + "/authorize");
      return visitor.get(visitor.last.uri() + "&user=" + URLEncoder.encode(name, UTF_8));
    }

    private int status() {
      return last.statusCode();
    }

    private String path() {
      return last.uri().getPath()
          + (last.uri().getQuery() == null ? "" : "?" + last.uri().getQuery());
    }
  }

  @Test
  void theConsoleRefusesWhatTheInterfaceRefuses() throws Exception {
    Visitor ana = Visitor.named("ana").get("/connectors/south");
    assertThat(ana.last.body()).contains("south").doesNotContain("/connectors/south/pause");
    ana.get("/dead-letters/" + LETTERS.get("north"));
    assertThat(ana.last.body()).contains("/replay\"");
    ana.post("/connectors/south/pause", "reason=r");
    assertThat(ana.status()).isEqualTo(403);
    ana.get("/dead-letters/" + LETTERS.get("south"))
        .post("/dead-letters/" + LETTERS.get("south") + "/replay", "reason=r");
    assertThat(ana.status()).isEqualTo(403);
    ana.get("/alerts").post("/alerts/silences", "kind=&connector=south&for=1h&reason=r");
    assertThat(ana.status()).isEqualTo(403);
    ana.get("/alerts").post("/alerts/silences", "kind=disk-full&connector=north&for=1h&reason=r");
    assertThat(ana.status()).isEqualTo(200);
    assertThat(ana.last.body()).contains("nobody is notified of these for a while", "(ana)");
    ana.post("/alerts/test", "");
    assertThat(ana.status()).isEqualTo(403);

    Visitor eve = Visitor.named("eve").get("/connectors/south");
    assertThat(eve.post("/connectors/south/rollback", "version=1&reason=r").status())
        .isEqualTo(403);

    Visitor pia = Visitor.named("pia").get("/dead-letters/" + LETTERS.get("south"));
    assertThat(pia.post("/dead-letters/" + LETTERS.get("south") + "/reveal", "").status())
        .isEqualTo(403);
    String ticket = world.number("S-1");
    pia.get("/tickets/" + ticket);
    assertThat(
            pia.post("/tickets/" + ticket + "/reveal?message=" + MESSAGES.get("south"), "")
                .status())
        .isEqualTo(403);
    ticket = world.number("N-1");
    pia.get("/tickets/" + ticket);
    assertThat(
            pia.post("/tickets/" + ticket + "/reveal?message=" + MESSAGES.get("north"), "")
                .status())
        .isEqualTo(200);
  }

  @Test
  void whoeverTheProviderKnowsComesInWithTheRoleOfTheirClaim() throws Exception {
    Visitor alice = Visitor.byProvider("alice");
    assertThat(alice.status()).isEqualTo(200);
    alice.get("/tickets");

    assertThat(alice.path()).isEqualTo("/tickets");
    assertThat(alice.last.body()).contains("oidc:alice").doesNotContain("href=\"/accounts\"");
    assertThat(alice.get("/accounts").status()).isEqualTo(403);
    assertThat(world.hub().get("/api/audit?actor=oidc:alice").get(0).get("detail").asText())
        .isEqualTo("as operator, by the identity provider");
  }

  @Test
  void aClaimMayLimitToConnectors() throws Exception {
    Visitor nora = Visitor.byProvider("nora").get("/connectors/south");
    assertThat(nora.last.body()).doesNotContain("/connectors/south/pause");
    assertThat(nora.post("/connectors/south/pause", "reason=r").status()).isEqualTo(403);
    nora.get("/connectors/north").post("/connectors/north/resume", "reason=r");
    assertThat(nora.status()).isEqualTo(200);

    Visitor petra = Visitor.byProvider("petra").get("/dead-letters/" + LETTERS.get("south"));
    assertThat(petra.post("/dead-letters/" + LETTERS.get("south") + "/reveal", "").status())
        .isEqualTo(403);
    petra.get("/dead-letters/" + LETTERS.get("north"));
    assertThat(petra.post("/dead-letters/" + LETTERS.get("north") + "/reveal", "").status())
        .isEqualTo(200);
  }

  @Test
  void whoeverHasNoRoleStaysOutside() throws Exception {
    assertThat(Visitor.byProvider("otto").path()).isEqualTo("/login?no-role");
    assertThat(Visitor.byProvider("<b>mallory").path()).isEqualTo("/login?no-role");
  }

  @Test
  void aTokenThatTheProviderDidNotSignIsNone() throws Exception {
    provider.signsFalsely();
    try {
      assertThat(Visitor.byProvider("alice").path()).isEqualTo("/login?provider");
    } finally {
      provider.signsTruly();
    }
  }

  @Test
  void anAnswerThatNobodyHereAskedForIsRefused() throws Exception {
    Visitor alice = new Visitor().get("/login/provider");
    String query = alice.last.uri().getRawQuery();
    Matcher state = Pattern.compile("state=([^&]+)").matcher(query);
    assertThat(state.find()).isTrue();

    Visitor other =
        new Visitor().get("/login/oauth2/code/oidc?code=stolen&state=" + state.group(1));

    assertThat(other.path()).isEqualTo("/login?provider");
    assertThat(other.get("/tickets").path()).isEqualTo("/login");
  }

  @Test
  void whoeverLogsOutIsOutHereAndThere() throws Exception {
    Visitor alice = Visitor.byProvider("alice").get("/tickets");

    alice.post("/logout", "");

    assertThat(alice.path()).isEqualTo("/login?out");
    assertThat(alice.get("/tickets").path()).isEqualTo("/login");
  }

  @Test
  void whoeverDoesNothingForAWhileHasToLogInAgainAndSoHasEverybodyAfterADay() throws Exception {
    Visitor alice = Visitor.byProvider("alice").get("/tickets");
    CLOCK.advance(Duration.ofMinutes(29));
    assertThat(alice.get("/tickets").path()).isEqualTo("/tickets");
    CLOCK.advance(Duration.ofMinutes(31));
    assertThat(alice.get("/tickets").path()).isEqualTo("/login");

    Visitor busy = Visitor.byProvider("alice").get("/tickets");
    for (int at = 0; at < 24; at++) {
      CLOCK.advance(Duration.ofMinutes(29));
      assertThat(busy.get("/tickets").path()).isEqualTo("/tickets");
    }
    CLOCK.advance(Duration.ofMinutes(29));
    assertThat(busy.get("/tickets").path()).isEqualTo("/login");
  }

  /** The provider is another site to the browser, whose cookies it guards accordingly. */
  @Test
  void aBrowserComesBackFromTheProviderAndIsIn() throws Exception {
    Assumptions.assumeTrue(Browser.program().isPresent(), "skipped: there is no chromium");
    try (Browser browser = Browser.start(Browser.program().orElseThrow())) {
      Page page = browser.window("en", ColorScheme.LIGHT);
      page.navigate(world.hub().url().resolve("/login").toString());
      page.click("a.provider");
      page.fill("[name=user]", "nora");
      page.click("button");
      page.waitForURL(world.hub().url().resolve("/").toString());

      assertThat(page.locator("header").innerText()).contains("oidc:nora");
    }
  }

  @Test
  void theAlertsPageShowsCauseSilencesAndNobodyToTell() throws Exception {
    Visitor vic = Visitor.named("vic").get("/alerts");

    assertThat(vic.status()).isEqualTo(200);
    assertThat(vic.last.body())
        .contains("hub.alerts.notify is empty")
        .doesNotContain("action=\"/alerts/silences\"", "action=\"/alerts/test\"");
  }
}
