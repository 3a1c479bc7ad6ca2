package io.tickethub.connector.camel;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.ServletException;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import jakarta.servlet.http.HttpServletResponseWrapper;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;
import org.apache.camel.component.servlet.CamelHttpTransportServlet;
import org.apache.camel.http.common.HttpConsumer;
import org.apache.camel.http.common.HttpRestServletResolveConsumerStrategy;

/** Where the routes' {@code servlet:} endpoints are reached: {@code /in/CONNECTOR/…}. */
public final class ConnectorServlet extends CamelHttpTransportServlet {

  private static final long serialVersionUID = 1L;

  public static final String NAME = "connectors";
  public static final String PATH = "/in/*";

  private static final String RETRY_AFTER_SECONDS = "30";

  private static final String RETRY_AFTER_SWAP_SECONDS = "5";

  private final transient ConnectorGates gates;
  private final transient Predicate<String> waiting;
  private final transient Function<String, Map<String, HttpConsumer>> closed;

  /**
   * A servlet.
   *
   * @param waiting tells whether the hub has a connector of this name that does not run now
   * @param control of the routes of a connector that runs
   */
  public ConnectorServlet(
      ConnectorGates gates,
      Predicate<String> waiting,
      Function<String, Optional<RouteControl>> control) {
    this.gates = gates;
    this.waiting = waiting;
    this.closed = name -> control.apply(name).map(RouteControl::closedWeb).orElse(Map.of());
  }

  @Override
  public void init(ServletConfig config) throws ServletException {
    super.init(config);
    setServletResolveConsumerStrategy(new ExactPathFirst());
  }

  @Override
  protected void service(HttpServletRequest request, HttpServletResponse response) {
    try {
      if (!METHODS.contains(request.getMethod())) {
        response.sendError(HttpServletResponse.SC_NOT_IMPLEMENTED);
      } else if (isEncoded(request)) {
        response.setHeader("Accept-Encoding", "identity");
        response.sendError(
            HttpServletResponse.SC_UNSUPPORTED_MEDIA_TYPE, "send it without a content encoding");
      } else {
        pass(connectorOf(request), request, response);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
    }
  }

  private void pass(String connector, HttpServletRequest request, HttpServletResponse response)
      throws IOException, InterruptedException {
    try (ConnectorGates.Passage passage = gates.enter(connector)) {
      if (passage == null) {
        unavailable(response, RETRY_AFTER_SWAP_SECONDS, "the connector is being changed");
      } else if (waiting.test(connector)) {
        unavailable(response, RETRY_AFTER_SECONDS, "the connector does not run now");
      } else {
        super.service(request, new TellingAllowed(request, response));
      }
    }
  }

  private static void unavailable(HttpServletResponse response, String seconds, String reason)
      throws IOException {
    response.setHeader("Retry-After", seconds);
    response.sendError(HttpServletResponse.SC_SERVICE_UNAVAILABLE, reason);
  }

  /** A few compressed bytes may be any number of bytes, and a signature is over those sent. */
  private static boolean isEncoded(HttpServletRequest request) {
    String encoding = request.getHeader("Content-Encoding");
    return encoding != null && !encoding.isBlank() && !encoding.equalsIgnoreCase("identity");
  }

  private static String connectorOf(HttpServletRequest request) {
    String path = request.getPathInfo();
    if (path == null) {
      return "";
    }
    int end = path.indexOf('/', 1);
    return end < 0 ? path.substring(1) : path.substring(1, end);
  }

  /** Nearly every route has a path of its own; Camel compares them all, step by step. */
  private static final class ExactPathFirst extends HttpRestServletResolveConsumerStrategy {
    @Override
    protected HttpConsumer doResolve(
        HttpServletRequest request, String method, Map<String, HttpConsumer> consumers) {
      String path = request.getPathInfo();
      for (HttpConsumer consumer : consumers.values()) {
        if (consumer.getPath().equals(path) && isTaken(method, consumer)) {
          return consumer;
        }
      }
      return super.doResolve(request, method, consumers);
    }

    private static boolean isTaken(String method, HttpConsumer consumer) {
      String methods = consumer.getEndpoint().getHttpMethodRestrict();
      return methods == null || methods.contains(method);
    }
  }

  /** Says with every "method not allowed" which are. */
  private final class TellingAllowed extends HttpServletResponseWrapper {
    private final HttpServletRequest request;

    private TellingAllowed(HttpServletRequest request, HttpServletResponse response) {
      super(response);
      this.request = request;
    }

    @Override
    public void sendError(int status) throws IOException {
      if (status == SC_SERVICE_UNAVAILABLE || isClosed(status)) {
        unavailable(this, RETRY_AFTER_SECONDS, "the route is stopped: nothing is taken now");
        return;
      }
      if (status == SC_METHOD_NOT_ALLOWED) {
        setHeader("Allow", allowed());
      }
      super.sendError(status);
    }

    /** What is not found may be there, and stopped. */
    private boolean isClosed(int status) {
      return (status == SC_NOT_FOUND || status == SC_METHOD_NOT_ALLOWED)
          && getServletResolveConsumerStrategy()
                  .resolve(request, closed.apply(connectorOf(request)))
              != null;
    }

    private String allowed() {
      return METHODS.stream()
          .filter(
              method ->
                  getServletResolveConsumerStrategy()
                      .isHttpMethodAllowed(request, method, getConsumers()))
          .collect(Collectors.joining(", "));
    }
  }
}
