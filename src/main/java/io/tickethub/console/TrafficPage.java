package io.tickethub.console;

import io.tickethub.api.ConnectorController;
import io.tickethub.api.TrafficController;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** What came from a system and what it was told, by time. */
@Lazy
@Controller
class TrafficPage {

  private static final int MOST = 200;

  private final Pages pages;
  private final ConnectorController connectors;
  private final TrafficController traffic;

  TrafficPage(Pages pages, ConnectorController connectors, TrafficController traffic) {
    this.pages = pages;
    this.connectors = connectors;
    this.traffic = traffic;
  }

  @GetMapping("/connectors/{name}/traffic")
  View show(
      @PathVariable String name,
      @RequestParam(defaultValue = "1h") String since,
      @RequestParam(defaultValue = "") String until) {
    Map<String, Object> model = new HashMap<>();
    model.put("status", connectors.show(name));
    model.put("since", since);
    model.put("until", until);
    model.put("channels", traffic.channels(name));
    try {
      Optional<String> end = Optional.of(until.strip()).filter(text -> !text.isEmpty());
      model.put("lines", traffic.traffic(name, since.strip(), end, MOST));
    } catch (IllegalArgumentException e) {
      model.put("lines", List.of());
      model.put("wrong", e.getMessage());
    }
    return pages.page("traffic", model);
  }
}
