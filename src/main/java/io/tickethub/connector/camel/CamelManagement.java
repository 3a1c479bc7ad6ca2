package io.tickethub.connector.camel;

import java.util.HashMap;
import java.util.Map;
import org.apache.camel.CamelContext;

/** Shows a connector's Camel to JMX, by the connector's name. */
final class CamelManagement {

  /** Of Camel's {@code ManagementAgent}; its timer for loads would keep removed classes alive. */
  private static final Map<String, Object> OPTIONS =
      Map.of("mask", true, "loadStatisticsEnabled", false, "updateRouteEnabled", false);

  private CamelManagement() {}

  /** Before the context is built. */
  static void begin(CamelContext context) {
    context.getCamelContextExtension().setupManagement(new HashMap<>(OPTIONS));
  }
}
