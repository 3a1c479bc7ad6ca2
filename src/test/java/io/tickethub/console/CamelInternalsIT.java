package io.tickethub.console;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.ShippedConnectors;
import java.net.CookieManager;
import java.net.HttpCookie;
import java.net.URLEncoder;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpRequest.BodyPublishers;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Hawtio behind the hub's login: who sees the connectors' Camel, and what nobody does by it. */
class CamelInternalsIT {

  private static final String PASSWORD = "correct horse battery";
  private static final String SECRET = "hidden-4711";
  private static final String ROUTE =
      "org.apache.camel:context=north,name=\\\"north-newest\\\",type=routes";
  private static final String CONTEXT =
      "org.apache.camel:context=north,name=\\\"north\\\",type=context";

  @TempDir static Path directory;
  static PlainWorld world;
  static Visitor engineer;

  @BeforeAll
  static void start() throws Exception {
    ShippedConnectors.copy(directory.resolve("connectors"), "partner-hospital");
    Path key = Files.writeString(directory.resolve("key"), SECRET);
    world =
        PlainWorld.start(
            directory,
            List.of(PlainConnector.named("north"), PlainConnector.named("south")),
            "--hub.hawtio.enabled=true",
            "--hub.connectors.settings.north.base-url=http://127.0.0.1:9/" + SECRET,
            "--hub.connectors.settings.partner-hospital.base-url=http://127.0.0.1:9/" + SECRET,
            "--hub.connectors.settings.partner-hospital.webhook-secret=file:" + key);
    account("vic", "viewer", "");
    account("eve", "engineer", "");
    account("ned", "engineer", "&connectors=north");
    engineer = new Visitor("eve");
    engineer.get("/hawtio/");
  }

  @AfterAll
  static void stop() {
    if (world != null) {
      world.close();
    }
  }

  private static void account(String name, String role, String more) throws Exception {
    String owner = Files.readString(world.hub().data().resolve("keys/privacy-token")).strip();
    HttpRequest request =
        HttpRequest.newBuilder(
                world.hub().url().resolve("/api/accounts/%s?role=%s%s".formatted(name, role, more)))
            .header("Authorization", "Bearer " + owner)
            .POST(BodyPublishers.ofString(PASSWORD))
            .build();
    assertThat(HttpClient.newHttpClient().send(request, BodyHandlers.ofString()).statusCode())
        .isEqualTo(200);
  }

  /** A browser without a screen: cookies, and no script. */
  private static final class Visitor {

    private static final Pattern CSRF = Pattern.compile("name=\"_csrf\" value=\"([^\"]+)\"");

    private final CookieManager cookies = new CookieManager();
    private final HttpClient http =
        HttpClient.newBuilder()
            .cookieHandler(cookies)
            .followRedirects(HttpClient.Redirect.NORMAL)
            .build();

    private Visitor() {}

    private Visitor(String name) throws Exception {
      Matcher token = CSRF.matcher(get("/login").body());
      assertThat(token.find()).isTrue();
      String form =
          "username=%s&password=%s&_csrf=%s"
              .formatted(
                  name, PASSWORD.replace(' ', '+'), URLEncoder.encode(token.group(1), UTF_8));
      send(request("/login", form).header("Content-Type", "application/x-www-form-urlencoded"));
    }

    private static HttpRequest.Builder request(String path, String body) {
      return HttpRequest.newBuilder(world.hub().url().resolve(path))
          .POST(BodyPublishers.ofString(body));
    }

    private HttpResponse<String> send(HttpRequest.Builder request) throws Exception {
      return http.send(request.build(), BodyHandlers.ofString());
    }

    private HttpResponse<String> get(String path) throws Exception {
      return send(HttpRequest.newBuilder(world.hub().url().resolve(path)));
    }

    private HttpResponse<String> asks(String question) throws Exception {
      String token =
          cookies.getCookieStore().getCookies().stream()
              .filter(cookie -> cookie.getName().equals("XSRF-TOKEN"))
              .map(HttpCookie::getValue)
              .findFirst()
              .orElse("none");
      return send(request("/hawtio/jolokia", question).header("X-XSRF-TOKEN", token));
    }

    private JsonNode answer(String question) throws Exception {
      HttpResponse<String> response = asks(question);
      assertThat(response.statusCode()).as(response.body()).isEqualTo(200);
      return new JsonMapper().readTree(response.body());
    }
  }

  private static String read(String name) {
    return "{\"type\": \"read\", \"mbean\": \"%s\", \"config\": {\"ignoreErrors\": true}}"
        .formatted(name);
  }

  private static String routesOf(String connector) {
    return "{\"type\": \"exec\", \"mbean\": \"%s\", \"operation\": \"dumpRoutesAsXml()\"}"
        .formatted(CONTEXT.replace("north", connector));
  }

  @Test
  void withoutLoginThereIsOnlyTheLogin() throws Exception {
    Visitor stranger = new Visitor();

    assertThat(stranger.get("/hawtio/").uri().getPath()).isEqualTo("/login");
    assertThat(stranger.get("/hawtio/static/js/main.js").uri().getPath()).isEqualTo("/login");
    assertThat(stranger.asks(read(ROUTE)).statusCode()).isIn(401, 403);
  }

  @ParameterizedTest
  @ValueSource(strings = {"vic", "ned"})
  void whoMayNotConfigureAllConnectorsIsRefusedAndShownNoLink(String name) throws Exception {
    Visitor visitor = new Visitor(name);

    assertThat(visitor.get("/hawtio/").statusCode()).isEqualTo(403);
    assertThat(visitor.asks(read(ROUTE)).statusCode()).isEqualTo(403);
    assertThat(visitor.get("/routes").body()).doesNotContain("/hawtio/");
  }

  @Test
  void anEngineerIsShownTheLinkInBothLanguages() throws Exception {
    assertThat(engineer.get("/routes").body()).contains("href=\"/hawtio/\">Camel internals<");
    assertThat(engineer.get("/console/preferences?language=zh&back=/routes").body())
        .contains("href=\"/hawtio/\">Camel 内部<");
  }

  @Test
  void anEngineerReadsARouteOfAConnectorByItsName() throws Exception {
    JsonNode route = engineer.answer(read(ROUTE));

    assertThat(route.at("/value/RouteId").asText()).as(route.toString()).isEqualTo("north-newest");
    assertThat(route.at("/value/State").asText()).isEqualTo("Started");
    assertThat(engineer.answer(routesOf("north")).get("value").asText()).contains("north-newest");
  }

  @Test
  void nothingButRoutesIsListedAndNoSecretIsShown() throws Exception {
    StringBuilder everything = new StringBuilder();
    for (String type : List.of("context", "routes", "processors")) {
      JsonNode read = engineer.answer(read("org.apache.camel:context=*,name=*,type=" + type));
      assertThat(read.get("value")).as(type).isNotEmpty();
      everything.append(read.toPrettyString());
    }
    JsonNode list = engineer.answer("{\"type\": \"list\"}");
    String xml =
        engineer.asks(routesOf("north")).body()
            + engineer.asks(routesOf("partner-hospital")).body();

    for (String pattern : List.of("*:*", "org.apache.camel:*", "org.apache.camel:type=end*,*")) {
      assertThat(engineer.answer(read(pattern)).has("value")).as(pattern).isFalse();
      assertThat(
              engineer.asks("{\"type\": \"search\", \"mbean\": \"%s\"}".formatted(pattern)).body())
          .doesNotContain(SECRET, "java.lang:");
    }
    assertThat(list.at("/value/org.apache.camel").fieldNames())
        .toIterable()
        .allMatch(name -> name.matches(".*type=(context|routes|processors)"));
    assertThat(list.get("value").fieldNames()).toIterable().containsExactly("org.apache.camel");
    assertThat(everything.toString() + list + xml).doesNotContain(SECRET);
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "'type': 'exec', 'mbean': 'java.lang:type=Memory', 'operation': 'gc'",
        "'type': 'exec', 'mbean': 'CONTEXT', 'operation': 'stop'",
        "'type': 'exec', 'mbean': 'CONTEXT', 'operation': 'dumpRoutesAsXml(boolean)', 'arguments': [true]",
        "'type': 'exec', 'mbean': 'CONTEXT', 'operation':"
            + " 'sendBody(java.lang.String,java.lang.Object)', 'arguments': ['direct:a', 'b']",
        "'type': 'exec', 'mbean': 'ROUTE', 'operation': 'stop()'",
        "'type': 'exec', 'mbean': 'ROUTE', 'operation': 'updateRouteFromXml(java.lang.String)',"
            + " 'arguments': ['<route/>']",
        "'type': 'write', 'mbean': 'CONTEXT', 'attribute': 'Tracing', 'value': true",
        "'type': 'notification', 'command': 'register'",
        "'type': 'read', 'mbean': 'java.lang:type=Runtime', 'attribute': 'SystemProperties'",
        "'type': 'read', 'mbean': 'jolokia:type=Config,agent=ticket-hub'",
        "'type': 'read', 'mbean': 'ROUTE', 'attribute': 'State',"
            + " 'target': {'url': 'service:jmx:rmi:///jndi/rmi://127.0.0.1:9/jmxrmi'}"
      })
  void whatChangesOrLeadsElsewhereIsRefused(String question) throws Exception {
    JsonNode answer =
        engineer.answer(
            "{%s}"
                .formatted(question)
                .replace('\'', '"')
                .replace("CONTEXT", CONTEXT)
                .replace("ROUTE", ROUTE));

    assertThat(answer.get("status").asInt()).as(answer.toString()).isNotEqualTo(200);
    assertThat(answer.has("value")).isFalse();
  }

  @Test
  void thereIsNoProxyNoPluginAndNoLoginOfItsOwn() throws Exception {
    assertThat(engineer.get("/hawtio/proxy/enabled").body()).isEqualTo("false");
    assertThat(engineer.get("/hawtio/proxy/http/127.0.0.1/9/jolokia").statusCode()).isEqualTo(404);
    assertThat(engineer.send(Visitor.request("/hawtio/auth/login", "{}")).statusCode())
        .isEqualTo(403);
    assertThat(engineer.get("/hawtio/plugin").body()).isEqualTo("[]");
    assertThat(engineer.get("/hawtio/user").body()).isEqualTo("\"eve\"");
    assertThat(engineer.get("/hawtio/jolokia?p=version&callback=f").statusCode()).isEqualTo(400);
    assertThat(engineer.get("/actuator/hawtio").body()).doesNotContain("hawtio/static");
    assertThat(engineer.get("/actuator/jolokia").body()).doesNotContain("agent");
  }

  @Test
  void aRequestWithoutItsTokenIsRefused() throws Exception {
    assertThat(engineer.send(Visitor.request("/hawtio/jolokia", read(ROUTE))).statusCode())
        .isEqualTo(403);
  }

  @Test
  void aBrowserShowsTheConnectorsAndAsksNobodyElse() throws Exception {
    Assumptions.assumeTrue(Browser.program().isPresent(), "skipped: there is no chromium");
    try (Browser browser = Browser.start(Browser.program().orElseThrow())) {
      Page page = browser.window("en", ColorScheme.LIGHT);
      page.navigate(world.hub().url().resolve("/login").toString());
      page.fill("[name=username]", "eve");
      page.fill("[name=password]", PASSWORD);
      page.click("form.login button");
      page.navigate(world.hub().url().resolve("/hawtio/").toString());
      page.locator("text=north").first().waitFor();
      page.navigate(world.hub().url().resolve("/hawtio/camel/routes").toString());
      page.locator("text=south").first().waitFor();

      assertThat(page.locator("body").innerText())
          .contains("Ticket Hub", "eve", "north", "south")
          .doesNotContain("Log in");
      assertThat(browser.complaints()).isEmpty();
    }
  }
}
