package io.tickethub.api;

import io.tickethub.alert.Alert;
import io.tickethub.alert.Alerts;
import java.time.Instant;
import java.util.List;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/alerts")
public class AlertController {

  private final Alerts alerts;

  AlertController(Alerts alerts) {
    this.alerts = alerts;
  }

  /** An alert; without {@code closedAt} it lasts. */
  public record View(
      String kind, String subject, String cause, Instant openedAt, Instant closedAt, String end) {

    static View of(Alert alert) {
      return new View(
          alert.kind().text(),
          alert.subject(),
          alert.cause(),
          alert.openedAt(),
          alert.closedAt(),
          alert.end());
    }
  }

  @GetMapping
  public List<View> list(
      @RequestParam(defaultValue = "false") boolean closed,
      @RequestParam(defaultValue = "50") int limit) {
    return alerts.list(closed, Page.size(limit)).stream().map(View::of).toList();
  }
}
