package io.tickethub.console;

import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import io.tickethub.alert.Alerts;
import io.tickethub.api.ConnectorController;
import io.tickethub.api.ConnectorLifeController;
import io.tickethub.api.ConnectorTrialController;
import io.tickethub.api.ConnectorVersionController;
import io.tickethub.api.DeadLetterJobController;
import io.tickethub.api.RouteController;
import io.tickethub.connector.ConnectorHistory;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.ConnectorManifest.Setting.Type;
import io.tickethub.kit.quality.Grade;
import io.tickethub.kit.quality.QualityClaims;
import io.tickethub.kit.trial.TrialText;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.charset.Charset;
import java.security.Principal;
import java.util.HashMap;
import java.util.List;
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
  private static final int GROUPS = 200;

  private final Pages pages;
  private final LiveStatus live;
  private final ConnectorController connectors;
  private final ConnectorVersionController versions;
  private final Connectors running;
  private final RouteController routes;
  private final ConnectorLifeController life;
  private final ConnectorTrialController trials;
  private final Alerts alerts;
  private final DeadLetterJobController letters;
  private final Addresses addresses;

  ConnectorPage(
      Pages pages,
      LiveStatus live,
      ConnectorController connectors,
      ConnectorVersionController versions,
      Connectors running,
      RouteController routes,
      ConnectorLifeController life,
      ConnectorTrialController trials,
      Alerts alerts,
      DeadLetterJobController letters,
      Addresses addresses) {
    this.pages = pages;
    this.live = live;
    this.connectors = connectors;
    this.versions = versions;
    this.running = running;
    this.routes = routes;
    this.life = life;
    this.trials = trials;
    this.alerts = alerts;
    this.letters = letters;
    this.addresses = addresses;
  }

  @GetMapping
  View list() {
    Map<String, Integer> numbers = new HashMap<>();
    Map<String, String> grades = new HashMap<>();
    Map<String, List<String>> silent = new HashMap<>();
    for (ConnectorStatus status : connectors.list()) {
      String name = status.name();
      numbers.put(name, status.version());
      QualityClaims.claimed(running.folder(name))
          .ifPresent(grade -> grades.put(name, grade.code()));
      silent.put(name, silent(name).stream().map(ConnectorPage::channel).toList());
    }
    return pages.page(
        "connectors",
        Map.of(
            "overview", live.overview(), "versions", numbers, "grades", grades, "silent", silent));
  }

  /** Channels that something should have come by. */
  private List<Alert> silent(String connector) {
    return alerts.open().stream()
        .filter(alert -> alert.kind() == AlertKind.CHANNEL_SILENT)
        .filter(alert -> alert.subject().startsWith(connector + "/"))
        .toList();
  }

  private static String channel(Alert silence) {
    return silence.subject().replaceFirst("[^/]*/", "");
  }

  @GetMapping("/{name}")
  View show(
      @PathVariable String name,
      @RequestParam Optional<Integer> from,
      @RequestParam Optional<Integer> to) {
    Map<String, Object> model = model(name);
    from.ifPresent(
        number -> {
          ConnectorHistory.Difference difference = versions.diff(name, from, to);
          model.put("difference", difference);
          model.put("files", DifferentFile.inOrder(difference.files()));
        });
    return pages.page("connector", model);
  }

  private Map<String, Object> model(String name) {
    ConnectorStatus status = connectors.show(name);
    Map<String, Object> model = new HashMap<>();
    model.put("status", status);
    model.put(
        "live",
        live.overview().lines().stream()
            .filter(line -> line.line().name().equals(name))
            .findFirst()
            .orElse(null));
    model.put("routes", routes.of(name));
    model.put("addresses", addresses);
    model.put(
        "dead",
        letters.groups(Optional.of(name), false, GROUPS).stream()
            .mapToLong(DeadLetterJobController.GroupView::open)
            .sum());
    model.put("silent", silent(name));
    model.put("grade", QualityClaims.claimed(running.folder(name)).map(Grade::code).orElse("none"));
    model.put("versions", versions.versions(name, MOST));
    Optional<ConnectorDefinition> definition = running.definition(name);
    model.put("settings", definition.map(ConnectorPage::settings).orElse(List.of()));
    model.put("owner", definition.map(found -> found.manifest().owner()).orElse(null));
    return model;
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
                    entry.getValue().type().text(),
                    entry.getValue().description(),
                    shown(entry.getValue().type(), definition.settings().get(entry.getKey()))))
        .toList();
  }

  /** A duration without a unit is of milliseconds. */
  private static String shown(Type type, String value) {
    if (type == Type.SECRET || value == null) {
      return null;
    }
    return type == Type.DURATION && value.matches("\\d+") ? value + " ms" : value;
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

  @PostMapping("/{name}/{action:reload|enable|disable}")
  View live(
      @PathVariable String name,
      @PathVariable String action,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    switch (action) {
      case "reload" -> life.reload(name, reason, who);
      case "enable" -> life.enable(name, reason, who);
      default -> life.disable(name, reason, who);
    }
    live.changed();
    return Pages.done(request, "/connectors/" + name, "connector-" + action);
  }

  /** Shows what a message would become; nothing is sent or kept. */
  @PostMapping("/{name}/try")
  View attempt(
      @PathVariable String name,
      @RequestParam String channel,
      @RequestParam String body,
      Principal who) {
    Map<String, Object> model = model(name);
    StringWriter text = new StringWriter();
    PrintWriter out = new PrintWriter(text);
    new TrialText(out).print(trials.attempt(name, channel, bytes(name, channel, body), who));
    out.flush();
    model.put("tried", text.toString());
    model.put("channel", channel);
    model.put("body", body);
    return pages.page("connector", model);
  }

  @PostMapping("/{name}/examples")
  View example(
      @PathVariable String name,
      @RequestParam String channel,
      @RequestParam String body,
      @RequestParam("case") String example,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request)
      throws IOException {
    trials.example(name, channel, example, reason, bytes(name, channel, body), who);
    live.changed();
    return Pages.done(request, "/connectors/" + name, "example");
  }

  /** As the system would send them; a browser ends lines in its own way. */
  private byte[] bytes(String name, String channel, String text) {
    String charset =
        running
            .definition(name)
            .map(definition -> definition.inbound().get(channel))
            .map(inbound -> inbound.form().charset())
            .orElse("UTF-8");
    return text.replace("\r\n", "\n").getBytes(Charset.forName(charset));
  }

  private static String given(String reason) {
    if (reason.isBlank()) {
      throw new IllegalArgumentException("say why: a reason is kept with what is done");
    }
    return reason.strip();
  }
}
