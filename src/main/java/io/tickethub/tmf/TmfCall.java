package io.tickethub.tmf;

import jakarta.servlet.http.HttpServletRequest;
import java.util.Collections;
import java.util.List;
import org.springframework.security.core.Authentication;

/**
 * Who wants a change, and how it is told from others.
 *
 * @param key the client's own of the request; null if it gave none
 * @param trace its header {@code traceparent}, unchecked; null for none
 */
record TmfCall(TmfVersion version, TmfClient client, String key, String trace) {

  private static final String IDEMPOTENCY_KEY = "Idempotency-Key";

  static TmfCall of(String version, Authentication who, HttpServletRequest request) {
    return new TmfCall(
        TmfVersion.of(version),
        TroubleTicketController.client(who),
        key(request.getHeader(IDEMPOTENCY_KEY)),
        trace(request));
  }

  private static String key(String given) {
    if (given != null
        && (given.isBlank() || given.length() > 100 || !given.matches("[\\x20-\\x7e]+"))) {
      throw TmfException.badRequest("Idempotency-Key has 1 to 100 characters of ASCII");
    }
    return given;
  }

  /** Two of them are none. */
  private static String trace(HttpServletRequest request) {
    List<String> given = Collections.list(request.getHeaders("traceparent"));
    return given.size() == 1 ? given.get(0) : null;
  }
}
