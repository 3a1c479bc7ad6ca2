package io.tickethub.console;

import io.tickethub.api.ClockController;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.journal.TicketTimers;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Time limits that come due, are warned of or are breached. */
@Lazy
@Controller
class ClockPage {

  private static final int MOST = 200;

  private final Pages pages;
  private final ClockController clocks;
  private final Connectors connectors;

  ClockPage(Pages pages, ClockController clocks, Connectors connectors) {
    this.pages = pages;
    this.clocks = clocks;
    this.connectors = connectors;
  }

  /** A time limit with the step it has to come; null if none has. */
  public record Line(TicketTimers.Row clock, Map<String, String> titles, LimitStep step) {}

  @GetMapping("/clocks")
  View list(
      @RequestParam(defaultValue = "") String level,
      @RequestParam(defaultValue = "") String owner) {
    Map<String, Map<String, String>> titles = clocks.titles();
    return pages.page(
        "clocks",
        Map.of(
            "level",
            level,
            "owner",
            owner,
            "clocks",
            clocks.list(given(level), given(owner), MOST).stream()
                .map(
                    clock ->
                        new Line(
                            clock,
                            titles.get(clock.limit()),
                            clock.step() == null ? null : LimitStep.of(clock.step())))
                .toList(),
            "systems",
            connectors.statuses().stream().map(ConnectorStatus::name).toList()));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isBlank());
  }
}
