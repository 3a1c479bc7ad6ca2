package io.tickethub.console;

import io.tickethub.api.ConnectorController;
import io.tickethub.api.ConnectorVersionController;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.context.annotation.Lazy;
import org.springframework.stereotype.Controller;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.View;

/** Connectors with their routes and versions. */
@Lazy
@Controller
@RequestMapping("/connectors")
class ConnectorPage {

  private static final int MOST = 30;

  private final Pages pages;
  private final LiveStatus live;
  private final ConnectorController connectors;
  private final ConnectorVersionController versions;
  private final Connectors running;
  private final RouteNumbers routes;

  ConnectorPage(
      Pages pages,
      LiveStatus live,
      ConnectorController connectors,
      ConnectorVersionController versions,
      Connectors running,
      RouteNumbers routes) {
    this.pages = pages;
    this.live = live;
    this.connectors = connectors;
    this.versions = versions;
    this.running = running;
    this.routes = routes;
  }

  @GetMapping
  View list() {
    Map<String, Integer> numbers = new HashMap<>();
    for (ConnectorStatus status : connectors.list()) {
      numbers.put(status.name(), status.version());
    }
    return pages.page("connectors", Map.of("overview", live.overview(), "versions", numbers));
  }

  @GetMapping("/{name}")
  View show(
      @PathVariable String name,
      @RequestParam Optional<Integer> from,
      @RequestParam Optional<Integer> to) {
    ConnectorStatus status = connectors.show(name);
    Map<String, Object> model = new HashMap<>();
    model.put("status", status);
    model.put(
        "live",
        live.overview().lines().stream()
            .filter(line -> line.line().name().equals(name))
            .findFirst()
            .orElse(null));
    model.put("routes", routes.of(name, status.routes()));
    model.put("versions", versions.versions(name, MOST));
    Optional<ConnectorDefinition> definition = running.definition(name);
    model.put("settings", definition.map(ConnectorPage::settings).orElse(List.of()));
    model.put("owner", definition.map(found -> found.manifest().owner()).orElse(null));
    from.ifPresent(number -> model.put("difference", versions.diff(name, from, to)));
    return pages.page("connector", model);
  }

  /**
   * A setting.
   *
   * @param value null for a secret
   */
  public record SettingView(String name, String type, String description, String value) {}

  private static List<SettingView> settings(ConnectorDefinition definition) {
    return definition.manifest().settings().entrySet().stream()
        .map(
            entry ->
                new SettingView(
                    entry.getKey(),
                    entry.getValue().type().name().toLowerCase(Locale.ROOT),
                    entry.getValue().description(),
                    entry.getValue().type() == Type.SECRET
                        ? null
                        : definition.settings().get(entry.getKey())))
        .toList();
  }

  @PostMapping("/{name}/pause")
  View pause(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    connectors.pause(name, given(reason), who);
    live.changed();
    return Pages.done(request, "/connectors/" + name, "paused");
  }

  @PostMapping("/{name}/resume")
  View resume(
      @PathVariable String name,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    connectors.resume(name, given(reason), who);
    live.changed();
    return Pages.done(request, "/connectors/" + name, "resumed");
  }

  @PostMapping("/{name}/rollback")
  View rollback(
      @PathVariable String name,
      @RequestParam int version,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    versions.rollback(name, version, given(reason), who);
    live.changed();
    return Pages.done(request, "/connectors/" + name, "rolled-back");
  }

  private static String given(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason is kept with what is done");
    }
    return reason.strip();
  }
}
