package io.tickethub.connector.camel;

import org.apache.camel.component.servlet.CamelHttpTransportServlet;

/** Where the routes' {@code servlet:} endpoints are reached: {@code /in/CONNECTOR/…}. */
public final class ConnectorServlet extends CamelHttpTransportServlet {

  private static final long serialVersionUID = 1L;

  public static final String NAME = "connectors";
  public static final String PATH = "/in/*";
}
