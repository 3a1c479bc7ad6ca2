package io.tickethub.connector;

import java.net.URL;
import java.nio.file.Path;
import java.util.Map;
import javax.xml.namespace.QName;
import org.apache.catalina.Context;
import org.apache.catalina.startup.Tomcat;
import org.apache.cxf.jaxws.EndpointImpl;
import org.apache.cxf.transport.servlet.CXFNonSpringServlet;

/** Serves the fault ticketing service of the WSDL by Apache CXF. */
final class FaultTicketingServer implements AutoCloseable {

  private final Tomcat tomcat = new Tomcat();
  private final EndpointImpl endpoint;

  FaultTicketingServer(FaultTicketing service, URL wsdl, Path directory) throws Exception {
    tomcat.setBaseDir(directory.toString());
    tomcat.setPort(0);
    tomcat.getConnector().setProperty("address", "127.0.0.1");
    Context context = tomcat.addContext("", directory.toString());
    CXFNonSpringServlet servlet = new CXFNonSpringServlet();
    Tomcat.addServlet(context, "cxf", servlet).setLoadOnStartup(1);
    context.addServletMappingDecoded("/*", "cxf");
    tomcat.start();
    endpoint = new EndpointImpl(servlet.getBus(), service);
    endpoint.setWsdlLocation(wsdl.toString());
    endpoint.setServiceName(new QName("urn:fault-112", "FaultTicketingService"));
    endpoint.setEndpointName(new QName("urn:fault-112", "FaultTicketing"));
    endpoint.setProperties(Map.of("schema-validation-enabled", true));
    endpoint.publish("/soap");
  }

  String url() {
    return "http://127.0.0.1:%d/soap".formatted(tomcat.getConnector().getLocalPort());
  }

  @Override
  public void close() throws Exception {
    endpoint.stop();
    tomcat.stop();
    tomcat.destroy();
  }
}
