package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Dialog;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import com.microsoft.playwright.options.FormData;
import com.microsoft.playwright.options.RequestOptions;
import com.microsoft.playwright.options.SameSiteAttribute;
import com.microsoft.playwright.options.WaitForSelectorState;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The console in a real browser: every page, and every action once. */
class ConsoleIT {

  private static final Path SCREENSHOTS = Path.of("target", "screenshots");
  private static final String PASSWORD = "correct horse battery";

  @TempDir static Path directory;
  static PlainWorld world;
  static Browser browser;
  static String ticket;
  static String listed;
  static String called;

  @BeforeAll
  static void start() throws Exception {
    Assumptions.assumeTrue(
        Browser.program().isPresent(),
        "skipped: there is no chromium on this machine (apt-get install chromium)");
    Files.createDirectories(SCREENSHOTS);
    world =
        PlainWorld.start(
            directory,
            List.of(
                PlainConnector.named("desk"),
                PlainConnector.named("north")
                    .delivery("{first-retry: 20ms, longest-retry: 20s, attempts: 3}")
                    .reconciled(
                        """
                        settle: 300ms
                        fields: [state, title]
                        repair: {take: {title: hub}}
                        """),
                PlainConnector.named("south")
                    .delivery(
                        "{first-retry: 20ms, longest-retry: 50ms, attempts: 1000, breaker-open:"
                            + " 60s}"),
                PlainConnector.named("west")));
    world
        .target("north")
        .lists(
            question ->
                """
                {"list": "%s", "asOf": "%s", "statements": [
                  {"ticket": {"hub": "%s"}, "state": "received", "content": {"title": "other"}}]}
                """
                    .formatted(question.get("key").asText(), Instant.now(), listed));
    SendingSystem desk = world.sender("desk");
    desk.sends("newest", SendingSystem.fresh(), personal());
    world.target("north").answers(told -> new Reply("bad".equals(told.note()) ? 400 : 200, "{}"));
    world.target("south").down();
    for (int at = 1; at <= 12; at++) {
      desk.opens("T-" + at);
      desk.notes("T-" + at, at % 3 == 0 ? "bad" : "good");
    }
    ticket = world.number("T-3");
    listed = world.number("T-1");
    Map<String, Object> replied = SendingSystem.report("C-1");
    Map<String, Object> content = new LinkedHashMap<>();
    ((Map<?, ?>) replied.get("content")).forEach((name, value) -> content.put("" + name, value));
    content.put("region", "called");
    replied.put("content", content);
    replied.put("state", "replied");
    desk.sends("newest", SendingSystem.fresh(), replied);
    desk.sends("newest", SendingSystem.fresh(), SendingSystem.change("not-reached", "C-1"));
    called = world.number("C-1");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(world.hub().get("/api/dead-letters")).hasSize(4);
              assertThat(world.status("south").get("breaker").asText()).isEqualTo("open");
            });
    browser = Browser.start(Browser.program().orElseThrow());
  }

  private static Map<String, Object> personal() {
    Map<String, Object> report = SendingSystem.report("P-1");
    Map<String, Object> content = new LinkedHashMap<>();
    ((Map<?, ?>) report.get("content")).forEach((name, value) -> content.put("" + name, value));
    content.put("customer", Map.of("number", "C-77", "name", "张三", "phone", "13800001234"));
    report.put("content", content);
    return report;
  }

  @AfterAll
  static void stop() {
    if (browser != null) {
      browser.close();
    }
    if (world != null) {
      world.close();
    }
  }

  private static String url(String path) {
    return world.hub().url().resolve(path).toString();
  }

  private static Page entered(String language, ColorScheme colours, String name, String password) {
    Page page = browser.window(language, colours);
    page.navigate(url("/login"));
    page.fill("[name=username]", name);
    page.fill("[name=password]", password);
    page.click("form.login button");
    return page;
  }

  private static Page operator() throws Exception {
    return entered("en", ColorScheme.LIGHT, "operator", world.hub().operatorToken());
  }

  private static String letter() throws Exception {
    JsonNode letters = world.hub().get("/api/dead-letters");
    return letters.get(0).get("id").asText();
  }

  private static Map<String, String> pages() throws Exception {
    Map<String, String> pages = new LinkedHashMap<>();
    pages.put("map", "/");
    pages.put("wall", "/?wall");
    pages.put("tickets", "/tickets");
    pages.put("ticket", "/tickets/" + ticket);
    pages.put("ticket-called", "/tickets/" + called);
    pages.put("dead-letters", "/dead-letters");
    pages.put("dead-letter", "/dead-letters/" + letter());
    pages.put("dead-letter-group", "/dead-letters/group?group=north/told/delivery/http-400");
    pages.put("connectors", "/connectors");
    pages.put("traffic", "/connectors/north/traffic");
    pages.put("connector", "/connectors/south?from=1");
    pages.put("routes", "/routes");
    pages.put("route", "/routes/desk/desk-out");
    pages.put("clocks", "/clocks");
    pages.put("reconciliation", "/reconciliation");
    pages.put("alerts", "/alerts?closed=true");
    pages.put("audit", "/audit");
    pages.put("accounts", "/accounts");
    pages.put("missing", "/tickets/none");
    return pages;
  }

  @Test
  void everyPageIsWholeInBothLanguagesAndBothSchemes() throws Exception {
    List<String> barriers = new ArrayList<>();
    barriers.addAll(barriers("en", ColorScheme.LIGHT));
    barriers.addAll(barriers("zh", ColorScheme.DARK));
    assertThat(barriers).isEmpty();
  }

  private static List<String> barriers(String language, ColorScheme colours) throws Exception {
    List<String> barriers = new ArrayList<>();
    Page page = entered(language, colours, "operator", world.hub().operatorToken());
    for (Map.Entry<String, String> shown : pages().entrySet()) {
      page.navigate(url(shown.getValue()));
      String name = "%s-%s".formatted(shown.getKey(), language);
      page.screenshot(new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
      assertThat(page.content()).as(name).doesNotContain("??");
      assertThat(page.getAttribute("html", "lang")).isEqualTo(language);
      browser.barriers(page).forEach(barrier -> barriers.add(name + " " + barrier));
    }
    page.context().close();
    return barriers;
  }

  /** But that what is missing is missing, and what is forbidden forbidden. */
  @AfterEach
  void nothingWasComplainedOf() {
    if (browser != null) {
      assertThat(browser.complaints())
          .filteredOn(
              text ->
                  !text.matches(
                      ".*/(tickets/none|accounts|tickets[?].*|audit[?].*): Failed to load"
                          + " resource.*40[034].*"))
          .isEmpty();
    }
  }

  private static void shoot(Page page, String name) {
    page.screenshot(
        new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve("action-" + name + ".png")));
  }

  private static List<String> audited(String action) {
    return world
        .hub()
        .database()
        .queryForList(
            "select actor || ': ' || subject || ': ' || detail from audit where action = ? order by"
                + " id",
            String.class,
            action);
  }

  @Test
  void theCallBacksOfATicketAreExplained() throws Exception {
    Page page = operator();
    page.navigate(url("/tickets/" + called));

    assertThat(page.locator(".facts").first().innerText())
        .contains("waits for the next call · 1 of 2 calls without an answer");
    assertThat(page.locator("#call-backs").innerText())
        .contains("call 2 of 2 is due", "not reached", "The pause until the next call");
    page.context().close();
  }

  @Test
  void whoIsNotKnownSeesTheMapAndNothingElse() {
    Page page = browser.window("en", ColorScheme.LIGHT);
    page.navigate(url("/"));
    assertThat(page.locator(".node.down").textContent()).contains("south", "down");

    for (String path : List.of("/tickets", "/dead-letters", "/connectors/south", "/audit")) {
      page.navigate(url(path));
      assertThat(page.url()).endsWith("/login");
    }
    assertThat(page.request().get(url("/console/live/strip"), hypertext()).status()).isEqualTo(401);
    page.context().close();
  }

  private static RequestOptions hypertext() {
    return RequestOptions.create().setHeader("HX-Request", "true");
  }

  @Test
  void theMapMovesByItself() throws Exception {
    Page page = operator();
    page.navigate(url("/"));
    assertThat(page.locator(".node.paused").count()).isZero();

    world.hub().post("/api/connectors/desk/pause?reason=moving");
    page.waitForSelector(".node.paused");
    world.hub().post("/api/connectors/desk/resume");
    page.waitForSelector(
        ".node.paused", new Page.WaitForSelectorOptions().setState(WaitForSelectorState.DETACHED));
    page.context().close();
  }

  @Test
  void theKeyboardGoesEverywhere() throws Exception {
    Page page = operator();
    page.navigate(url("/"));
    page.keyboard().press("g");
    page.keyboard().press("t");
    page.waitForURL(url("/tickets"));
    page.keyboard().press("/");
    page.keyboard().type("T-3");
    page.keyboard().press("Enter");
    page.waitForURL(url("/tickets/" + ticket));
    assertThat(page.locator("h1").innerText()).contains(ticket);
    page.navigate(url("/tickets"));
    page.keyboard().press("j");
    page.keyboard().press("Enter");
    page.waitForURL(Pattern.compile(".*/tickets/TH.*"));
    page.context().close();
  }

  @Test
  void aWrongTimeIsSaidBesideItsFieldAndTheFormKeepsWhatWasWritten() throws Exception {
    Page page = operator();
    page.navigate(url("/tickets"));
    page.fill("[name=customer]", "C-77");
    page.selectOption("[name=state]", "processing");
    page.fill("[name=since]", "yesterday");
    page.fill("[name=until]", "09:14");
    page.click("form.search button");
    assertThat(page.locator("label:has([name=since]) .problem").innerText()).contains("no time");
    assertThat(page.locator("[name=since]").getAttribute("aria-describedby"))
        .isEqualTo(page.locator("label:has([name=since]) .problem").getAttribute("id"));
    assertThat(page.locator("label:has([name=until]) .problem").count()).isZero();
    assertThat(page.locator("[name=customer]").inputValue()).isEqualTo("C-77");
    assertThat(page.locator("[name=state]").inputValue()).isEqualTo("processing");
    assertThat(page.locator("[name=since]").inputValue()).isEqualTo("yesterday");
    assertThat(page.locator("[name=until]").inputValue()).isEqualTo("09:14");
    shoot(page, "wrong-time");
    assertThat(browser.barriers(page)).isEmpty();

    page.navigate(url("/audit?action=login&since=25:99"));
    assertThat(page.locator("label:has([name=since]) .problem").innerText()).contains("no time");
    assertThat(page.locator("[name=action]").inputValue()).isEqualTo("login");
    page.navigate(url("/tickets?customer=nobody"));
    assertThat(page.locator("main").innerText())
        .contains("No ticket matches.")
        .doesNotContain("newest");
    page.context().close();
  }

  @Test
  void theAuditIsFoundByPartsAndTimes() throws Exception {
    Page page = operator();
    world.hub().post("/api/connectors/west/pause?reason=searched");
    world.hub().post("/api/connectors/west/resume");
    page.navigate(url("/audit?action=AUS&subject=wes&since=1h"));
    assertThat(page.locator("tbody tr").first().innerText()).contains("pause", "west", "searched");
    page.navigate(url("/audit?action=aus&until=1h"));
    assertThat(page.locator("tbody tr").count()).isZero();
    page.context().close();
  }

  @Test
  void theFiguresOfTheMapLeadToWhatTheyCount() throws Exception {
    Page page = operator();
    page.navigate(url("/"));
    for (String path :
        List.of("/dead-letters", "/connectors", "/clocks?level=breached", "/clocks?level=warned")) {
      assertThat(page.locator(".figures a[href='%s']".formatted(path)).count()).as(path).isOne();
    }
    assertThat(page.locator("header.bar").boundingBox().height).as("one row").isLessThan(60);
    page.click(".figures a[href^='/tickets?state=']");
    page.waitForSelector("tbody tr");
    page.navigate(url("/connectors/north"));
    page.click(".facts a[href='/dead-letters?connector=north']");
    assertThat(page.locator("tbody").first().innerText()).contains("http-400", "answered HTTP 400");
    page.context().close();
  }

  @Test
  void aTicketIsFoundByItsCustomerAndShowsItsMessagesMaskedUntilSomebodyWhoMayLooks()
      throws Exception {
    Page page = operator();
    page.navigate(url("/tickets?customer=C-77"));
    assertThat(page.locator("tbody tr").count()).isEqualTo(1);
    page.click("tbody a");
    page.click(".timeline a");
    assertThat(page.locator("#panel").innerText())
        .contains("As it came", "As the hub understands it")
        .doesNotContain("张三", "13800001234");
    assertThat(page.locator("#panel form").count()).isZero();
    String path = page.url();
    page.context().close();

    Page officer =
        entered(
            "zh",
            ColorScheme.LIGHT,
            "privacy-officer",
            Files.readString(world.hub().data().resolve("keys/privacy-token")));
    officer.navigate(path);
    assertThat(officer.locator("#panel").innerText()).doesNotContain("13800001234");
    int before = audited("reveal").size();
    officer.click("#panel form button");
    assertThat(officer.locator("#panel").innerText()).contains("张三", "13800001234");
    assertThat(audited("reveal")).hasSize(before + 1);
    assertThat(audited("reveal").get(before)).startsWith("privacy-officer: ticket TH");
    shoot(officer, "reveal");
    officer.context().close();
  }

  @Test
  void whatASystemWasToldAtSomeTimeIsFoundWithItsAnswer() throws Exception {
    Page page = operator();
    page.navigate(url("/connectors/north"));
    page.click("a[href$='/traffic']");
    assertThat(page.locator("table").first().innerText()).contains("→ to it", ticket);
    assertThat(page.locator("table").last().innerText()).contains("newest", "not watched");
    page.click("tr:has-text('→ to it'):has-text('delivered') a >> nth=0");
    assertThat(page.locator("#panel").innerText()).contains("→ north: ", "delivered", "Sent");

    page.navigate(url("/connectors/north/traffic?since=2026-01-01&until=2026-01-02"));
    assertThat(page.content()).contains("Nothing was said then.");
    page.fill("input[name=since]", "soon");
    page.click("form.search button");
    assertThat(page.inputValue("input[name=since]")).isEqualTo("soon");
    assertThat(page.locator("#wrong").innerText()).startsWith("since: 'soon' is no time");
    page.context().close();
  }

  @Test
  void aConnectorIsPausedResumedAndRolledBack() throws Exception {
    Page page = operator();
    page.navigate(url("/connectors/desk"));
    page.fill("form.act [name=reason]", "works at the line");
    page.click("button[formaction$=pause]");
    assertThat(page.locator(".said").innerText()).startsWith("Paused");
    page.fill("form.act [name=reason]", "done");
    page.click("button[formaction$=resume]");
    assertThat(page.locator(".said").innerText()).startsWith("Resumed");
    assertThat(audited("pause"))
        .contains(
            "operator: desk: before: not paused; after: paused, works at the line; reason: works at"
                + " the line");

    Path mapping = directory.resolve("connectors/west/mapping/answer.jsonata");
    String first = Files.readString(mapping);
    Files.writeString(mapping, first + " ");
    await()
        .atMost(Duration.ofSeconds(20))
        .until(
            () ->
                world.hub().get("/api/connectors/west/versions").size() == 2
                    && world.hub().get("/api/connectors/west").get("version").asInt() == 2);
    page.navigate(url("/connectors/west?from=1"));
    assertThat(page.locator("#difference").innerText()).contains("answer.jsonata");
    page.fill("tbody [name=reason]", "as it was");
    page.click("tbody form button");
    assertThat(page.locator(".said").innerText()).startsWith("Rolled back");
    assertThat(Files.readString(mapping)).isEqualTo(first);
    assertThat(audited("rollback"))
        .contains("operator: west: before: version 2; after: version 1; reason: as it was");
    shoot(page, "rollback");
    page.context().close();
  }

  @Test
  void aRouteIsStoppedSeenFromAcrossTheRoomAndStarted() throws Exception {
    Page page = operator();
    page.navigate(url("/routes"));
    page.click("tbody a:text('west-conflict')");
    assertThat(page.locator(".flow").innerText())
        .contains("servlet:/west/conflict", "hub:in/conflict");
    ordered(page, "pause", "Paused");
    ordered(page, "stop", "Stopped");
    assertThat(page.locator(".problem").innerText()).contains("operator", "stop it");
    shoot(page, "route-stopped");

    page.navigate(url("/routes"));
    assertThat(page.locator("tr.route-stopped").innerText()).contains("west-conflict", "stop it");
    page.navigate(url("/?wall"));
    assertThat(page.locator(".node.stopped").textContent()).contains("west", "route stopped");
    shoot(page, "route-stopped-map");
    assertThat(browser.barriers(page)).isEmpty();

    page.navigate(url("/routes/west/west-conflict"));
    ordered(page, "start", "Started");
    page.navigate(url("/"));
    assertThat(page.locator(".node.stopped").count()).isZero();
    page.navigate(url("/routes/west/west-conflict"));
    ordered(page, "drain", "It drains");
    ordered(page, "start", "Started");
    assertThat(audited("route-stop"))
        .contains(
            "operator: west/west-conflict: before: paused by operator, pause it; after: stopped by"
                + " operator, stop it; reason: stop it");
    page.context().close();
  }

  private static void ordered(Page page, String action, String said) {
    page.fill("form.act [name=reason]", action + " it");
    page.click("form.act button[value=%s]".formatted(action));
    assertThat(page.locator(".said").innerText()).startsWith(said);
  }

  @Test
  void aMessageIsTriedAndBecomesAnExample() throws Exception {
    Page page = entered("zh", ColorScheme.DARK, "operator", world.hub().operatorToken());
    page.navigate(url("/connectors/south"));
    page.selectOption("#trial [name=channel]", "newest");
    page.fill(
        "#trial textarea",
        "{\"id\": \"e-1\", \"change\": {\"type\": \"note\", \"ticket\": {\"id\": \"T-1\"},"
            + " \"note\": \"call 13812345678\"}}");
    page.click("#trial button");
    assertThat(page.locator("#trial pre").innerText())
        .contains("south / newest")
        .doesNotContain("13812345678");
    shoot(page, "trial");
    assertThat(browser.barriers(page)).isEmpty();

    page.fill("#trial [name=case]", "pasted");
    page.fill("#trial [name=reason]", "worth keeping");
    page.click("#trial form[action$=examples] button");
    assertThat(page.locator(".said").innerText()).startsWith("示例已写入");
    assertThat(
            Files.readString(
                directory.resolve("connectors/south/examples/newest/pasted/received.json")))
        .contains("T-1")
        .doesNotContain("13812345678");
    assertThat(audited("example")).singleElement().asString().contains("worth keeping");
    page.context().close();
  }

  @Test
  void aConnectorIsReloadedDisabledAndEnabled() throws Exception {
    Page page = operator();
    page.navigate(url("/connectors/desk"));
    changed(page, "reload", "Read anew");
    changed(page, "disable", "Disabled");
    assertThat(page.locator("main").innerText()).contains("switched off by operator: disable it");
    shoot(page, "disabled");
    changed(page, "enable", "Enabled");
    assertThat(audited("disable")).singleElement().asString().contains("reason: disable it");
    page.context().close();
  }

  private static void changed(Page page, String action, String said) {
    String button = "button[formaction$='/%s']".formatted(action);
    page.fill("form:has(%s) [name=reason]".formatted(button), action + " it");
    page.click(button);
    assertThat(page.locator(".said").innerText()).startsWith(said);
  }

  @Test
  void deadLettersAreReplayedOneByOneAndByTheManyAndLetGo() throws Exception {
    SendingSystem desk = world.sender("desk");
    world.target("north").answers(told -> new Reply(told.note() == null ? 200 : 422, "{}"));
    for (int at = 1; at <= 8; at++) {
      desk.opens("D-" + at);
      desk.notes("D-" + at, "worse");
    }
    await()
        .atMost(Duration.ofSeconds(30))
        .until(() -> world.hub().get("/api/dead-letters").size() == 12);
    Page page = operator();
    page.onDialog(Dialog::accept);
    page.navigate(url("/dead-letters"));
    page.click("tbody a:text('http-422')");
    assertThat(page.locator("main").innerText())
        .contains(
            "8 dead letters would be taken: first 1, then 5, then 2.", "Sent twice? The hub sends");
    assertThat(page.locator("[name=percent]").inputValue()).isEqualTo("5");
    page.click("tbody a");
    assertThat(page.locator("main [name=reason]").count()).isEqualTo(1);
    page.fill("form.act [name=reason]", "not needed");
    page.click("button[formaction$=discard]");
    assertThat(page.locator(".said").innerText()).startsWith("Let go");
    page.navigate(url("/dead-letters"));
    page.click("tbody a:text('http-422')");
    world.target("north").answers(told -> new Reply("bad".equals(told.note()) ? 400 : 200, "{}"));
    page.click("tbody a");
    page.fill("form[action$=replay] [name=reason]", "mended");
    page.click("form[action$=replay] button");
    assertThat(page.locator(".said").innerText()).startsWith("It is tried again");
    page.navigate(url("/dead-letters"));
    page.click("tbody a:text('http-422')");
    page.fill("form[action$='group/replay'] [name=reason]", "mended");
    page.click("form[action$='group/replay'] button");
    page.waitForSelector(".badge.done");
    assertThat(page.locator("main").innerText()).contains("6 of 6 done, 0 failed");
    assertThat(page.locator("tbody tr").count()).isEqualTo(6);
    assertThat(page.locator("tbody .badge.done").count()).isEqualTo(6);
    assertThat(browser.barriers(page)).isEmpty();
    page.click(".facts a");
    assertThat(page.locator("main").innerText()).contains("No dead letter of this cause is open");
    page.goBack();
    page.click("tbody a[href^='/tickets/']");
    page.waitForURL(Pattern.compile(".*/tickets/TH.*"));
    page.navigate(url("/audit?action=LETTERS-re"));
    page.click("tbody a[href^='/dead-letters/jobs/']");
    page.waitForURL(Pattern.compile(".*/dead-letters/jobs/.*"));
    shoot(page, "job");
    assertThat(audited("dead-letters-replay")).isNotEmpty();
    page.context().close();
  }

  @Test
  void aSystemIsComparedAndAPersonDecides() throws Exception {
    Page page = operator();
    page.navigate(url("/reconciliation"));
    page.click("main form button");
    page.waitForURL(Pattern.compile(".*/reconciliation/[0-9A-Z]+"));
    assertThat(audited("reconcile")).isNotEmpty();
    String run = page.url();
    await()
        .atMost(Duration.ofSeconds(20))
        .untilAsserted(
            () -> {
              page.navigate(run);
              assertThat(page.locator("tr:has-text('title') button").count())
                  .as(() -> page.locator("main").innerText())
                  .isEqualTo(2);
            });
    shoot(page, "drifts");
    page.fill("tr:has-text('title') [name=reason]", "the hub knows");
    page.click("tr:has-text('title') button[value=hub]");
    assertThat(page.locator(".said").innerText()).startsWith("Decided");
    assertThat(audited("reconcile-take"))
        .singleElement()
        .asString()
        .contains("hub of " + listed, "the hub knows");
    page.context().close();
  }

  @Test
  void rolesDecideWhatSomebodyMayDo() throws Exception {
    Page page = operator();
    page.onDialog(Dialog::accept);
    page.navigate(url("/accounts"));
    page.fill("main [name=name]", "wang");
    page.selectOption("main [name=role]", "viewer");
    page.fill("main [name=password]", PASSWORD);
    page.click("form.card button");
    assertThat(audited("account-set"))
        .contains("operator: account wang: before: no account; after: viewer, with a new password");
    assertThat(page.request().get(url("/accounts")).text()).doesNotContain("$2");

    Page viewer = entered("zh", ColorScheme.DARK, "wang", PASSWORD);
    viewer.navigate(url("/connectors/west"));
    assertThat(viewer.locator("main form").count()).isZero();
    String token = viewer.locator("[name=_csrf]").first().getAttribute("value");
    for (String path :
        List.of(
            "/connectors/west/pause",
            "/connectors/west/rollback",
            "/connectors/west/disable",
            "/connectors/west/try",
            "/connectors/west/examples",
            "/routes/west/west-out",
            "/accounts",
            "/tickets/x/reveal")) {
      assertThat(posted(viewer, path, token)).as(path).isEqualTo(403);
    }
    assertThat(viewer.request().get(url("/audit")).status()).isEqualTo(403);
    assertThat(posted(page, "/connectors/west/pause", "forged")).isEqualTo(403);
    assertThat(page.request().get(url("/api/tickets")).status()).isEqualTo(401);
    assertThat(audited("pause")).noneMatch(text -> text.contains("west"));

    page.selectOption("main [name=role]", "privacy-officer");
    page.fill("main [name=name]", "wang");
    page.fill("main [name=password]", PASSWORD);
    page.click("form.card button");
    assertThat(page.locator("main").innerText()).contains("takes the privacy token");

    page.navigate(url("/accounts"));
    page.click("tbody form button");
    assertThat(page.locator(".said").innerText()).startsWith("The account is removed");
    viewer.navigate(url("/tickets"));
    assertThat(viewer.url()).endsWith("/login");
    viewer.context().close();
    page.context().close();
  }

  private static int posted(Page page, String path, String token) {
    return page.request()
        .post(
            url(path),
            RequestOptions.create()
                .setForm(FormData.create().set("_csrf", token).set("reason", "none")))
        .status();
  }

  @Test
  void wrongPasswordsCloseAnAccountForAWhile() throws Exception {
    world.hub().part(Accounts.class).set("li", new Grant(Role.OPERATOR, null), PASSWORD, "test");
    Page page = browser.window("en", ColorScheme.LIGHT);
    for (int at = 1; at <= 5; at++) {
      assertThat(login(page, "wrong password " + at)).isEqualTo("failed");
    }
    assertThat(login(page, PASSWORD)).isEqualTo("locked");
    shoot(page, "locked");
    world
        .hub()
        .database()
        .update("update account set locked_until = locked_until - interval '1 minute'");
    assertThat(login(page, PASSWORD)).isEmpty();
    assertThat(page.context().cookies())
        .filteredOn(cookie -> cookie.name.equals("hub-session"))
        .singleElement()
        .satisfies(
            cookie -> {
              assertThat(cookie.httpOnly).isTrue();
              assertThat(cookie.sameSite).isEqualTo(SameSiteAttribute.STRICT);
            });
    page.context().close();
  }

  private static String login(Page page, String password) {
    page.navigate(url("/login"));
    page.fill("[name=username]", "li");
    page.fill("[name=password]", password);
    page.click("form.login button");
    return page.url().contains("?failed")
        ? "failed"
        : page.url().contains("?locked") ? "locked" : "";
  }
}
