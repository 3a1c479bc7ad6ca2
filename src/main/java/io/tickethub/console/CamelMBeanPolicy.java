package io.tickethub.console;

import java.util.Set;
import java.util.regex.Pattern;
import javax.management.ObjectName;
import org.jolokia.server.core.service.api.Restrictor;
import org.jolokia.server.core.util.HttpMethod;
import org.jolokia.server.core.util.RequestType;

/**
 * What may be seen of the connectors' Camel: routes, what they are made of and how much went
 * through them. Nothing can be changed, and no message is shown.
 */
final class CamelMBeanPolicy implements Restrictor {

  /** Endpoints, components and services are not among them: they hold what the hub logs in with. */
  private static final Set<String> TYPES = Set.of("context", "routes", "processors");

  /** Names, states and figures; not addresses, which may hold what the hub logs in with. */
  private static final Pattern ATTRIBUTES =
      Pattern.compile(
          "Camel(Id|ManagementName|Version)|(Route|Processor|Step)Id|RouteGroup|ProcessorName|Index"
              + "|Level|ModelLabel|SourceLineNumber|SourceLocationShort|MessageExchangePattern"
              + "|State|Uptime(Millis)?|IdleSince|(Start|Reset)Timestamp|(Started|Total)Routes"
              + "|StatisticsEnabled|Tracing|UpdateRouteEnabled|Throughput|(External)?Redeliveries"
              + "|FailuresHandled|(Remote)?Exchanges(Total|Completed|Failed|Inflight)"
              + "|(Delta|Last|Max|Mean|Min|Total)ProcessingTime|OldestInflightDuration"
              + "|(First|Last)Exchange(Completed|Created|Failure)Timestamp");

  /** Word for word: with other parameters some of them fill in settings, which may be secrets. */
  private static final Set<String> OPERATIONS =
      Set.of(
          "dumpRoutesAsXml()",
          "dumpRouteAsXml()",
          "dumpRoutesStatsAsXml(boolean,boolean)",
          "dumpRouteStatsAsXml(boolean,boolean)");

  private static final Set<RequestType> REQUESTS =
      Set.of(
          RequestType.READ,
          RequestType.LIST,
          RequestType.SEARCH,
          RequestType.VERSION,
          RequestType.EXEC);

  @Override
  public boolean isHttpMethodAllowed(HttpMethod method) {
    return true;
  }

  @Override
  public boolean isTypeAllowed(RequestType type) {
    return REQUESTS.contains(type);
  }

  @Override
  public boolean isAttributeReadAllowed(ObjectName name, String attribute) {
    return isSeen(name) && attribute != null && ATTRIBUTES.matcher(attribute).matches();
  }

  @Override
  public boolean isAttributeWriteAllowed(ObjectName name, String attribute) {
    return false;
  }

  @Override
  public boolean isOperationAllowed(ObjectName name, String operation) {
    return isSeen(name) && OPERATIONS.contains(operation);
  }

  /** The hub's own login decides who may ask. */
  @Override
  public boolean isRemoteAccessAllowed(String... hostsOrAddresses) {
    return true;
  }

  /** Pages of other sites are kept away by the session's cookie and the token of each request. */
  @Override
  public boolean isOriginAllowed(String origin, boolean strict) {
    return true;
  }

  @Override
  public boolean isObjectNameHidden(ObjectName name) {
    return !isSeen(name);
  }

  /** Of a pattern: whether all that it finds is seen. */
  static boolean isSeen(ObjectName name) {
    String type = name.getKeyProperty("type");
    return name.getDomain().equals("org.apache.camel") && type != null && TYPES.contains(type);
  }
}
