package io.tickethub.api;

import io.tickethub.connector.ConnectorHistory;
import io.tickethub.connector.ConnectorHistory.Difference;
import io.tickethub.connector.ConnectorStatus;
import io.tickethub.connector.Connectors;
import io.tickethub.connector.version.ConnectorVersions.Version;
import java.security.Principal;
import java.util.List;
import java.util.NoSuchElementException;
import java.util.Optional;
import java.util.function.Supplier;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

/** The versions of a connector: what ran, what differs, and back to one. */
@RestController
@RequestMapping("/api/connectors/{name}")
public class ConnectorVersionController {

  private final ConnectorHistory history;
  private final Connectors connectors;
  private final Audit audit;

  ConnectorVersionController(ConnectorHistory history, Connectors connectors, Audit audit) {
    this.history = history;
    this.connectors = connectors;
    this.audit = audit;
  }

  @GetMapping("/versions")
  public List<Version> versions(
      @PathVariable String name, @RequestParam(defaultValue = "50") int limit) {
    List<Version> versions = history.versions(name, Page.size(limit));
    if (versions.isEmpty() && connectors.status(name).isEmpty()) {
      throw new NotFoundException("there is no connector '%s', and never was".formatted(name));
    }
    return versions;
  }

  /** Without {@code to} against the folder; without both what changed last. */
  @GetMapping("/diff")
  public Difference diff(
      @PathVariable String name,
      @RequestParam Optional<Integer> from,
      @RequestParam Optional<Integer> to) {
    if (from.isEmpty() && to.isPresent()) {
      throw new IllegalArgumentException("'to' needs a 'from'");
    }
    return found(
        () ->
            from.isEmpty()
                ? history.latest(name)
                : to.isEmpty()
                    ? history.toFolder(name, from.get())
                    : history.between(name, from.get(), to.get()));
  }

  @PostMapping("/rollback")
  public ConnectorStatus rollback(
      @PathVariable String name,
      @RequestParam int version,
      @RequestParam(defaultValue = "no reason given") String reason,
      Principal who) {
    Right.CONFIGURE.require(who, name);
    Integer before = connectors.status(name).map(ConnectorStatus::version).orElse(null);
    found(
        () -> {
          history.rollback(name, version, who.getName(), reason);
          return name;
        });
    audit.record(
        who.getName(),
        "rollback",
        name,
        "before: version %s; after: version %d; reason: %s".formatted(before, version, reason));
    ConnectorStatus status =
        connectors
            .status(name)
            .orElseThrow(() -> new NotFoundException("there is no connector '%s'".formatted(name)));
    if (status.cause() != null) {
      throw new IllegalStateException(
          "version %d is in the folder again, but: %s".formatted(version, status.cause()));
    }
    return status;
  }

  private static <T> T found(Supplier<T> action) {
    try {
      return action.get();
    } catch (NoSuchElementException e) {
      throw new NotFoundException(e.getMessage());
    }
  }
}
