package io.tickethub.console;

import io.tickethub.kit.rehearsal.Window;
import java.time.Clock;
import java.time.Instant;
import java.time.ZoneId;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.springframework.beans.factory.annotation.Value;
import org.springframework.stereotype.Component;

/** Times as people write them into a form, such as {@code 2h}, {@code 09:14}. */
@Component
class Times {

  private final Clock clock;
  private final ZoneId zone;

  Times(Clock clock, @Value("${hub.zone}") ZoneId zone) {
    this.clock = clock;
    this.zone = zone;
  }

  /** The fields whose text is no time; an empty one is not among them. */
  Set<String> wrong(Map<String, String> fields) {
    Set<String> wrong = new TreeSet<>();
    fields.forEach(
        (name, text) -> {
          if (!Window.isMoment(text, clock.instant(), zone)) {
            wrong.add(name);
          }
        });
    return wrong;
  }

  /** Null if nothing was written. */
  Instant moment(String name, String text) {
    return text.isBlank() ? null : Window.moment(name, text.strip(), clock.instant(), zone);
  }
}
