package io.tickethub.api;

import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import java.security.Principal;
import java.util.NoSuchElementException;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** Switching whole connectors off and on, and reading their folders anew. */
@RestController
@RequestMapping("/api/connectors/{name}")
public class ConnectorLifeController {

  private final Connectors connectors;
  private final Audit audit;

  ConnectorLifeController(Connectors connectors, Audit audit) {
    this.connectors = connectors;
    this.audit = audit;
  }

  /** What is done to a connector. */
  private interface Action {
    ConnectorStatus on(String name, String by, String reason);
  }

  /** Reads the folder and the secrets anew; what runs goes on if they are wrong. */
  @PostMapping("/reload")
  public ConnectorStatus reload(
      @PathVariable String name, @RequestParam(defaultValue = "") String reason, Principal who) {
    return done("reload", name, reason, who, connectors::reload);
  }

  /** It takes and tells nothing until somebody enables it; what it would be told waits. */
  @PostMapping("/disable")
  public ConnectorStatus disable(
      @PathVariable String name, @RequestParam(defaultValue = "") String reason, Principal who) {
    return done("disable", name, reason, who, connectors::switchOff);
  }

  @PostMapping("/enable")
  public ConnectorStatus enable(
      @PathVariable String name, @RequestParam(defaultValue = "") String reason, Principal who) {
    return done("enable", name, reason, who, connectors::switchOn);
  }

  private ConnectorStatus done(
      String what, String name, String reason, Principal who, Action action) {
    Right.CONFIGURE.require(who, name);
    String why = Reason.required(reason);
    String before = said(name);
    try {
      ConnectorStatus after = action.on(name, who.getName(), why);
      audit.record(
          who.getName(),
          what,
          name,
          "before: %s; after: %s; reason: %s".formatted(before, said(name), why));
      return after;
    } catch (NoSuchElementException e) {
      throw new NotFoundException(e.getMessage());
    }
  }

  private String said(String name) {
    return connectors
        .status(name)
        .map(
            status ->
                status.cause() == null
                    ? status.state().text()
                    : "%s, %s".formatted(status.state().text(), status.cause()))
        .orElse("not there");
  }
}
