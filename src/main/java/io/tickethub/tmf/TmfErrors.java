package io.tickethub.tmf;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import io.tickethub.intake.IntakeUnavailableException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.UUID;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;
import org.springframework.core.Ordered;
import org.springframework.core.annotation.Order;
import org.springframework.dao.DataAccessException;
import org.springframework.http.MediaType;
import org.springframework.http.ResponseEntity;
import org.springframework.web.HttpMediaTypeException;
import org.springframework.web.bind.annotation.ExceptionHandler;
import org.springframework.web.bind.annotation.RestControllerAdvice;

/** Everything that goes wrong in this interface, in the specification's error body. */
@RestControllerAdvice(basePackageClasses = TmfErrors.class)
@Order(Ordered.HIGHEST_PRECEDENCE)
class TmfErrors {

  private static final Logger LOG = LoggerFactory.getLogger(TmfErrors.class);
  private static final JsonMapper JSON = new JsonMapper();

  @ExceptionHandler(TmfException.class)
  ResponseEntity<ObjectNode> refused(TmfException e) {
    return answer(e.status(), e.reason(), e.getMessage());
  }

  @ExceptionHandler(HttpMediaTypeException.class)
  ResponseEntity<ObjectNode> mediaType(HttpMediaTypeException e) {
    return answer(415, "Unsupported Media Type", "this media type is not taken here");
  }

  @ExceptionHandler(IntakeUnavailableException.class)
  ResponseEntity<ObjectNode> notKept(IntakeUnavailableException e) {
    return answer(503, "Service Unavailable", e.getMessage() + "; nothing was changed, try again");
  }

  @ExceptionHandler(DataAccessException.class)
  ResponseEntity<ObjectNode> withoutDatabase(DataAccessException e) {
    LOG.warn("a request of the TMF621 interface failed in the database: {}", e.getMessage());
    return answer(503, "Service Unavailable", "the database does not answer in time, try again");
  }

  /** Nobody outside learns more than where in the log the cause stands. */
  @ExceptionHandler(Exception.class)
  ResponseEntity<ObjectNode> unexpected(Exception e) {
    String id = UUID.randomUUID().toString();
    LOG.error("failure {}", id, e);
    return answer(
        500, "Internal Server Error", "it failed inside the hub; its log has failure " + id);
  }

  private static ResponseEntity<ObjectNode> answer(int status, String reason, String message) {
    return ResponseEntity.status(status)
        .contentType(MediaType.APPLICATION_JSON)
        .body(body(status, reason, message));
  }

  static ObjectNode body(int status, String reason, String message) {
    return JSON.createObjectNode()
        .put("@type", "Error")
        .put("code", "ERR" + status)
        .put("reason", reason)
        .put("message", message)
        .put("status", String.valueOf(status));
  }

  /** Answers a request that no controller came to see. */
  static void write(
      HttpServletRequest request,
      HttpServletResponse response,
      int status,
      String reason,
      String message)
      throws IOException {
    response.setStatus(status);
    response.setContentType(MediaType.APPLICATION_JSON_VALUE);
    response.getOutputStream().write(JSON.writeValueAsBytes(body(status, reason, message)));
  }
}
