package io.tickethub.console;

import static org.assertj.core.api.Assertions.assertThat;
import static org.awaitility.Awaitility.await;

import com.fasterxml.jackson.databind.JsonNode;
import com.microsoft.playwright.Page;
import com.microsoft.playwright.options.ColorScheme;
import io.tickethub.harness.PlainConnector;
import io.tickethub.harness.PlainWorld;
import io.tickethub.harness.SendingSystem;
import io.tickethub.harness.TargetSystem.Reply;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterAll;
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
                    .delivery("{first-retry: 20ms, longest-retry: 20s, attempts: 3}"),
                PlainConnector.named("south")
                    .delivery(
                        "{first-retry: 20ms, longest-retry: 50ms, attempts: 1000, breaker-open: 60s}"),
                PlainConnector.named("west")));
    SendingSystem desk = world.sender("desk");
    world
        .target("north")
        .answers(told -> new Reply("bad".equals(told.note()) ? 400 : 200, "{}"));
    world.target("south").down();
    for (int at = 1; at <= 12; at++) {
      desk.opens("T-" + at);
      desk.notes("T-" + at, at % 3 == 0 ? "bad" : "good");
    }
    ticket = world.number("T-3");
    await()
        .atMost(Duration.ofSeconds(30))
        .untilAsserted(
            () -> {
              assertThat(world.hub().get("/api/dead-letters")).hasSize(4);
              assertThat(world.status("south").get("breaker").asText()).isEqualTo("open");
            });
    browser = Browser.start(Browser.program().orElseThrow());
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
    pages.put("dead-letters", "/dead-letters");
    pages.put("dead-letter", "/dead-letters/" + letter());
    pages.put("dead-letter-group", "/dead-letters/group?group=north/told/delivery/http-400");
    pages.put("connectors", "/connectors");
    pages.put("connector", "/connectors/south?from=1");
    pages.put("clocks", "/clocks");
    pages.put("reconciliation", "/reconciliation");
    pages.put("audit", "/audit");
    pages.put("accounts", "/accounts");
    pages.put("missing", "/tickets/none");
    return pages;
  }

  @Test
  void everyPageIsWholeInBothLanguagesAndBothSchemes() throws Exception {
    List<String> barriers = new ArrayList<>();
    for (String language : List.of("en", "zh")) {
      for (ColorScheme colours : List.of(ColorScheme.LIGHT, ColorScheme.DARK)) {
        Page page = entered(language, colours, "operator", world.hub().operatorToken());
        for (Map.Entry<String, String> shown : pages().entrySet()) {
          page.navigate(url(shown.getValue()));
          String name = "%s-%s-%s".formatted(shown.getKey(), language, colours.name().toLowerCase());
          page.screenshot(
              new Page.ScreenshotOptions().setPath(SCREENSHOTS.resolve(name + ".png")));
          assertThat(page.content()).as(name).doesNotContain("??");
          browser.barriers(page).forEach(barrier -> barriers.add(name + " " + barrier));
        }
        page.context().close();
      }
    }
    assertThat(barriers).isEmpty();
    assertThat(browser.complaints()).allMatch(text -> text.contains("404"));
  }
}
