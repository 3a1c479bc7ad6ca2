package io.tickethub.console;

import java.util.Map;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.context.annotation.Lazy;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.security.access.AccessDeniedException;
import org.springframework.web.ErrorResponse;
import org.springframework.web.bind.annotation.ControllerAdvice;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.servlet.View;

/** What could not be shown or done, as a page. */
@ControllerAdvice(
    assignableTypes = {
      MapPage.class,
      EntrancePage.class,
      TicketPage.class,
      DeadLetterPage.class,
      ConnectorPage.class,
      RoutePage.class,
      ClockPage.class,
      ReconciliationPage.class,
      AuditPage.class,
      AccountPage.class,
      AlertPage.class
    })
@Lazy
@Order(Ordered.HIGHEST_PRECEDENCE)
class ConsoleProblems {

  private static final Logger LOG = LoggerFactory.getLogger(ConsoleProblems.class);

  private final Pages pages;

  ConsoleProblems(Pages pages) {
    this.pages = pages;
  }

  @ExceptionHandler(Exception.class)
  View problem(Exception e) {
    if (e instanceof ErrorResponse known) {
      String detail = known.getBody().getDetail();
      return page(known.getStatusCode().value(), detail == null ? "" : detail);
    }
    if (e instanceof AccessDeniedException) {
      return page(403, e.getMessage());
    }
    if (e instanceof IllegalArgumentException) {
      return page(400, e.getMessage());
    }
    if (e instanceof IllegalStateException) {
      return page(409, e.getMessage());
    }
    String id = UUID.randomUUID().toString();
    LOG.error("failure {}", id, e);
    return page(500, "it failed inside the hub; its log has the failure " + id);
  }

  private View page(int status, String detail) {
    return pages.page(
        "problem", Map.of("status", status, "detail", detail == null ? "" : detail), status);
  }
}
