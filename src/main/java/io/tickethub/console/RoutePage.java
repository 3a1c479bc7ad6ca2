package io.tickethub.console;

import io.tickethub.api.RouteController;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Map;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Single routes: what goes through them, their steps, and starting and stopping them. */
@Lazy
@Controller
class RoutePage {

  private final Pages pages;
  private final LiveStatus live;
  private final RouteController routes;
  private final Addresses addresses;

  RoutePage(Pages pages, LiveStatus live, RouteController routes, Addresses addresses) {
    this.addresses = addresses;
    this.pages = pages;
    this.live = live;
    this.routes = routes;
  }

  @GetMapping("/routes")
  View list() {
    return pages.page("routes", Map.of("routes", routes.all(), "addresses", addresses));
  }

  /** The moving part of it. */
  @GetMapping("/console/live/routes")
  View moving() {
    return pages.page("routes-live", Map.of("routes", routes.all(), "addresses", addresses));
  }

  @GetMapping("/routes/{connector}/{route}")
  View show(@PathVariable String connector, @PathVariable String route) {
    return pages.page("route", Map.of("r", routes.show(connector, route), "addresses", addresses));
  }

  @PostMapping("/routes/{connector}/{route}")
  View order(
      @PathVariable String connector,
      @PathVariable String route,
      @RequestParam String action,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    if (!action.matches("start|stop|pause|drain")) {
      throw new IllegalArgumentException("a route is started, stopped, paused or drained");
    }
    routes.order(connector, route, action, reason, who);
    live.changed();
    return Pages.done(
        request,
        "/routes/%s/%s".formatted(Formats.segment(connector), Formats.segment(route)),
        "route-" + action);
  }
}
