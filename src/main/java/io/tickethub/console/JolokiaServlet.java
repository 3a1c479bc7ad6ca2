package io.tickethub.console;

import jakarta.servlet.ServletConfig;
import jakarta.servlet.http.HttpServletRequest;
import jakarta.servlet.http.HttpServletResponse;
import java.io.IOException;
import java.util.Collections;
import java.util.Map;
import org.jolokia.server.core.config.ConfigKey;
import org.jolokia.server.core.config.Configuration;
import org.jolokia.server.core.config.StaticConfiguration;
import org.jolokia.server.core.detector.ServerDetectorLookup;
import org.jolokia.server.core.http.AgentServlet;
import org.jolokia.server.core.request.JolokiaReadRequest;
import org.jolokia.server.core.request.JolokiaRequest;
import org.jolokia.server.core.service.api.JolokiaServiceManager;
import org.jolokia.server.core.util.RequestType;
import org.jolokia.service.jmx.LocalRequestHandler;
import org.jolokia.service.serializer.JolokiaSerializer;

/**
 * Reads MBeans of Camel. What it may do is said by {@link CamelMBeanPolicy} alone: variables of the
 * environment, files and other services of Jolokia change nothing.
 */
public final class JolokiaServlet extends AgentServlet {

  private static final long serialVersionUID = 1;

  public JolokiaServlet() {
    super(new CamelMBeanPolicy());
  }

  @Override
  protected Configuration createConfig(ServletConfig servlet) {
    return new StaticConfiguration(
        Map.of(
            ConfigKey.DISCOVERY_ENABLED.getKeyValue(), "false",
            ConfigKey.AGENT_ID.getKeyValue(), "ticket-hub",
            ConfigKey.ALLOW_ERROR_DETAILS.getKeyValue(), "false",
            ConfigKey.INCLUDE_STACKTRACE.getKeyValue(), "false",
            ConfigKey.MIME_TYPE.getKeyValue(), "application/json"));
  }

  /**
   * Its version, by which Hawtio finds it. What has parameters could be a script to other pages.
   */
  @Override
  protected void doGet(HttpServletRequest request, HttpServletResponse response)
      throws IOException {
    if (request.getQueryString() == null) {
      super.doGet(request, response);
    } else {
      response.sendError(HttpServletResponse.SC_BAD_REQUEST);
    }
  }

  /**
   * This process only, no notifications, and no reading by patterns that find more than may be
   * seen: Jolokia asks no policy about these.
   */
  @Override
  protected void initServices(ServletConfig servlet, JolokiaServiceManager services) {
    services.addService(new JolokiaSerializer());
    services.addService(
        new LocalRequestHandler(0) {
          @Override
          public boolean canHandle(JolokiaRequest request) {
            return request.getType() != RequestType.NOTIFICATION
                && request.getOption("target") == null
                && !(request instanceof JolokiaReadRequest read
                    && !CamelMBeanPolicy.isSeen(read.getObjectName()))
                && super.canHandle(request);
          }
        });
  }

  @Override
  protected ServerDetectorLookup getServerDetectorLookup() {
    return Collections::emptySortedSet;
  }
}
