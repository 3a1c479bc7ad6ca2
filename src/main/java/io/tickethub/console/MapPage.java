package io.tickethub.console;

import io.tickethub.api.RecentFailures;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.servlet.View;

/** The systems around the hub. */
@Lazy
@Controller
class MapPage {

  private final Pages pages;
  private final LiveStatus live;
  private final RecentFailures failures;

  MapPage(Pages pages, LiveStatus live, RecentFailures failures) {
    this.failures = failures;
    this.pages = pages;
    this.live = live;
  }

  @GetMapping("/")
  View show() {
    return pages.page("map", model());
  }

  /** The moving part of it. */
  @GetMapping("/console/live/map")
  View moving() {
    return pages.page("map-live", model());
  }

  /** What every page says of the hub's troubles. */
  @GetMapping("/console/live/strip")
  View strip() {
    return pages.page("strip", Map.of());
  }

  private Map<String, Object> model() {
    LiveStatus.Overview overview = live.overview();
    return Map.of(
        "overview",
        overview,
        "nodes",
        SystemMap.around(overview.lines()),
        "recent",
        failures.byConnector());
  }
}
