package io.tickethub.console;

import io.tickethub.api.ClockController;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
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

  @GetMapping("/clocks")
  View list(
      @RequestParam(defaultValue = "") String level,
      @RequestParam(defaultValue = "") String owner) {
    return pages.page(
        "clocks",
        Map.of(
            "level",
            level,
            "owner",
            owner,
            "clocks",
            clocks.list(given(level), given(owner), MOST),
            "systems",
            connectors.statuses().stream().map(ConnectorStatus::name).toList()));
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isBlank());
  }
}
