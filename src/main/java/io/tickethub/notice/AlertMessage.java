package io.tickethub.notice;

import com.fasterxml.jackson.annotation.JsonInclude;
import io.tickethub.alert.Alert;
import io.tickethub.alert.AlertKind;
import java.time.Instant;
import java.util.List;

/**
 * What people are told, without personal data and secrets.
 *
 * @param text for people, in lines
 * @param trial it is about nothing
 */
public record AlertMessage(
    String title, String text, Instant at, boolean trial, List<Line> opened, List<Line> closed) {

  /**
   * One alert.
   *
   * @param closedAt null while it lasts
   * @param end null while it lasts
   */
  @JsonInclude(JsonInclude.Include.NON_NULL)
  public record Line(
      String kind, String subject, String cause, Instant openedAt, Instant closedAt, String end) {

    static Line of(Alert alert) {
      return new Line(
          alert.kind().text(),
          SafeText.of(alert.subject()),
          SafeText.of(alert.cause()),
          alert.openedAt(),
          alert.closedAt(),
          SafeText.of(alert.end()));
    }

    boolean isOf(AlertKind other) {
      return kind.equals(other.text());
    }
  }
}
