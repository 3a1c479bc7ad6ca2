package io.tickethub.api;

import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.Dispatchers;
import java.security.Principal;
import java.util.Collection;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/connectors")
public class ConnectorController {

  private final Connectors connectors;
  private final ConnectorControls controls;
  private final Dispatchers dispatchers;
  private final Audit audit;

  ConnectorController(
      Connectors connectors, ConnectorControls controls, Dispatchers dispatchers, Audit audit) {
    this.connectors = connectors;
    this.controls = controls;
    this.dispatchers = dispatchers;
    this.audit = audit;
  }

  @GetMapping
  public Collection<ConnectorStatus> list() {
    return connectors.statuses();
  }

  @GetMapping("/{name}")
  public ConnectorStatus show(@PathVariable String name) {
    return connectors
        .status(name)
        .orElseThrow(() -> new NotFoundException("there is no connector '%s'".formatted(name)));
  }

  @PostMapping("/{name}/pause")
  public ConnectorStatus pause(
      @PathVariable String name,
      @RequestParam(defaultValue = "no reason given") String reason,
      Principal who) {
    Right.OPERATE.require(who, name);
    ConnectorStatus status = show(name);
    String before = telling(name);
    controls.pause(name, reason, who.getName());
    audit.record(
        who.getName(),
        "pause",
        name,
        "before: %s; after: %s; reason: %s".formatted(before, telling(name), reason));
    return status;
  }

  @PostMapping("/{name}/resume")
  public ConnectorStatus resume(
      @PathVariable String name,
      @RequestParam(defaultValue = "no reason given") String reason,
      Principal who) {
    Right.OPERATE.require(who, name);
    ConnectorStatus status = show(name);
    String before = telling(name);
    controls.resume(name, reason, who.getName());
    audit.record(
        who.getName(),
        "resume",
        name,
        "before: %s; after: %s; reason: %s".formatted(before, telling(name), reason));
    dispatchers.signal(List.of(name));
    return status;
  }

  /** For the audit. */
  private String telling(String name) {
    return controls.pause(name).map(pause -> "paused, " + pause.reason()).orElse("not paused");
  }
}
