package io.tickethub.console;

import io.tickethub.alert.AlertKind;
import io.tickethub.api.AlertController;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import jakarta.servlet.http.HttpServletRequest;
import java.security.Principal;
import java.util.Arrays;
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

/** Alerts, who was told of them, and when nobody is. */
@Lazy
@Controller
@RequestMapping("/alerts")
class AlertPage {

  private static final int MOST = 100;
  private static final String PATH = "/alerts";

  private final Pages pages;
  private final AlertController alerts;
  private final Connectors connectors;

  AlertPage(Pages pages, AlertController alerts, Connectors connectors) {
    this.pages = pages;
    this.alerts = alerts;
    this.connectors = connectors;
  }

  @GetMapping
  View list(@RequestParam(defaultValue = "false") boolean closed) {
    return pages.page(
        "alerts",
        Map.of(
            "closed",
            closed,
            "listed",
            alerts.list(closed, MOST),
            "silences",
            alerts.silences(false, MOST),
            "recipients",
            alerts.recipients(),
            "sent",
            alerts.notices(MOST),
            "kinds",
            Arrays.stream(AlertKind.values()).map(AlertKind::text).toList(),
            "connectors",
            connectors.statuses().stream().map(ConnectorStatus::name).sorted().toList()));
  }

  @PostMapping("/silences")
  View silence(
      @RequestParam(defaultValue = "") String kind,
      @RequestParam(defaultValue = "") String connector,
      @RequestParam("for") String lasting,
      @RequestParam(defaultValue = "") String reason,
      Principal who,
      HttpServletRequest request) {
    alerts.silence(given(kind), given(connector), lasting.strip(), reason, who);
    return Pages.done(request, PATH, "silenced");
  }

  @PostMapping("/silences/{id}/end")
  View end(@PathVariable long id, Principal who, HttpServletRequest request) {
    alerts.end(id, "", who);
    return Pages.done(request, PATH, "silence-ended");
  }

  @PostMapping("/test")
  View test(Principal who, HttpServletRequest request) {
    alerts.test(Optional.empty(), who);
    return Pages.done(request, PATH, "alert-tested");
  }

  private static Optional<String> given(String text) {
    return Optional.of(text).filter(value -> !value.isBlank());
  }
}
