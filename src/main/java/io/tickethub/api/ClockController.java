package io.tickethub.api;

import io.tickethub.journal.TicketTimers;
import io.tickethub.service.ClockExplanation;
import io.tickethub.ticket.TicketTimer.Level;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.RequestMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.bind.annotation.RestController;

@RestController
@RequestMapping("/api/clocks")
public class ClockController {

  private final TicketTimers timers;
  private final ClockExplanation explanation;

  ClockController(TicketTimers timers, ClockExplanation explanation) {
    this.timers = timers;
    this.explanation = explanation;
  }

  /** What people call the limits: name → language → title. */
  public Map<String, Map<String, String>> titles() {
    return explanation.titles();
  }

  /**
   * Time limits: all by which something is to come, the next first; or the warned or breached ones,
   * in the order of their targets.
   */
  @GetMapping
  public List<TicketTimers.Row> list(
      @RequestParam Optional<String> level,
      @RequestParam Optional<String> owner,
      @RequestParam(defaultValue = "50") int limit) {
    return timers.list(
        level.map(ClockController::level).orElse(null), owner.orElse(null), Page.size(limit));
  }

  private static Level level(String text) {
    return Arrays.stream(Level.values())
        .filter(level -> level != Level.RUNNING)
        .filter(level -> level.name().toLowerCase(Locale.ROOT).equals(text))
        .findFirst()
        .orElseThrow(
            () ->
                new IllegalArgumentException(
                    "level is warned or breached, not '%s'".formatted(text)));
  }
}
