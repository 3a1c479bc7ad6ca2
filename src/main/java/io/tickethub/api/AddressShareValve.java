package io.tickethub.api;

import jakarta.servlet.ServletException;
import java.io.IOException;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.catalina.connector.Request;
import org.apache.catalina.connector.Response;
import org.apache.catalina.valves.ValveBase;
import org.apache.coyote.ActionCode;

/**
 * Lets no address have all the threads that serve requests: whoever sends slowly, on many
 * connections, must not hold what others need.
 */
final class AddressShareValve extends ValveBase {

  private static final String RETRY_AFTER_SECONDS = "5";

  private final Map<String, Integer> underWay = new ConcurrentHashMap<>();
  private final int most;

  /**
   * @param most requests of one address at once
   */
  AddressShareValve(int most) {
    super(true);
    this.most = most;
  }

  @Override
  public void invoke(Request request, Response response) throws IOException, ServletException {
    String address = request.getRemoteAddr();
    try {
      if (underWay.merge(address, 1, Integer::sum) <= most) {
        getNext().invoke(request, response);
      } else {
        refuse(request, response);
      }
    } finally {
      underWay.computeIfPresent(address, (any, count) -> count == 1 ? null : count - 1);
    }
  }

  /** What else it sends is not waited for. */
  private static void refuse(Request request, Response response) throws IOException {
    request.getCoyoteRequest().action(ActionCode.DISABLE_SWALLOW_INPUT, null);
    response.setHeader("Connection", "close");
    response.setHeader("Retry-After", RETRY_AFTER_SECONDS);
    response.sendError(
        Response.SC_SERVICE_UNAVAILABLE, "too many requests of this address are under way");
  }
}
