package io.tickethub.api;

import io.tickethub.connector.Connectors;
import io.tickethub.definition.DefinitionException;
import io.tickethub.kit.rehearsal.CandidateFolder;
import io.tickethub.kit.rehearsal.Rehearsal;
import io.tickethub.kit.rehearsal.Rehearsal.Order;
import io.tickethub.kit.rehearsal.Rehearsals;
import io.tickethub.kit.rehearsal.Window;
import jakarta.servlet.http.HttpServletRequest;
import java.io.IOException;
import java.security.Principal;
import java.time.Clock;
import java.time.Duration;
import java.time.ZoneId;
import java.util.Optional;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.http.HttpStatus;
import org.springframework.http.ProblemDetail;
import org.springframework.web.ErrorResponseException;
import org.springframework.web.bind.annotation.DeleteMapping;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.ResponseStatus;
import org.springframework.web.bind.annotation.RestController;

/** Dry runs of changed connectors over the stored messages. */
@RestController
@RequestMapping("/api/connectors/{name}/rehearsals")
class RehearsalController {

  private static final int LONGEST_WAIT = 10;

  private final Rehearsals rehearsals;
  private final Connectors connectors;
  private final Audit audit;
  private final Clock clock;
  private final ZoneId zone;

  RehearsalController(
      Rehearsals rehearsals,
      Connectors connectors,
      Audit audit,
      Clock clock,
      @Value("${hub.zone}") ZoneId zone) {
    this.rehearsals = rehearsals;
    this.connectors = connectors;
    this.audit = audit;
    this.clock = clock;
    this.zone = zone;
  }

  /** Begins one with the folder in the body, a ZIP; without a body, with the folder the hub has. */
  @PostMapping
  @ResponseStatus(HttpStatus.ACCEPTED)
  Rehearsal.View start(
      @PathVariable String name,
      @RequestParam String since,
      @RequestParam Optional<String> until,
      @RequestParam Optional<String> channel,
      HttpServletRequest request,
      Principal who)
      throws IOException {
    Right.CONFIGURE.require(who, name);
    if (connectors.status(name).isEmpty()) {
      throw new NotFoundException("there is no connector '%s'".formatted(name));
    }
    byte[] archive = request.getInputStream().readNBytes(CandidateFolder.MOST_BYTES_PACKED + 1);
    Window window = Window.of(since, until.orElse(null), clock, zone);
    Rehearsal rehearsal = start(new Order(name, window, channel.orElse(null)), archive);
    audit.record(
        who.getName(),
        "rehearse",
        name,
        "%s, messages of %s to %s"
            .formatted(
                archive.length == 0 ? "the folder of the hub" : "an uploaded folder",
                window.since(),
                window.until()));
    return rehearsal.view(0);
  }

  private Rehearsal start(Order order, byte[] archive) {
    try {
      return rehearsals.start(order, archive.length == 0 ? null : archive);
    } catch (DefinitionException e) {
      throw new ErrorResponseException(
          HttpStatus.UNPROCESSABLE_ENTITY,
          ProblemDetail.forStatusAndDetail(HttpStatus.UNPROCESSABLE_ENTITY, e.getMessage()),
          e);
    }
  }

  /** How far it is, and the result at the end. {@code wait}: seconds to wait for the end. */
  @GetMapping("/{id}")
  Rehearsal.View show(
      @PathVariable String name,
      @PathVariable String id,
      @RequestParam(defaultValue = "50") int most,
      @RequestParam(defaultValue = "0") int wait)
      throws InterruptedException {
    Rehearsal rehearsal = find(name, id);
    rehearsal.await(Duration.ofSeconds(Math.min(wait, LONGEST_WAIT)));
    return rehearsal.view(Page.size(most));
  }

  @DeleteMapping("/{id}")
  Rehearsal.View cancel(@PathVariable String name, @PathVariable String id, Principal who) {
    Right.CONFIGURE.require(who, name);
    Rehearsal rehearsal = find(name, id);
    rehearsals.cancel(rehearsal);
    audit.record(who.getName(), "cancel-rehearsal", name, id);
    return rehearsal.view(0);
  }

  private Rehearsal find(String name, String id) {
    return rehearsals
        .find(name, id)
        .orElseThrow(
            () ->
                new NotFoundException(
                    "there is no rehearsal '%s' of connector %s, or no longer"
                        .formatted(id, name)));
  }
}
