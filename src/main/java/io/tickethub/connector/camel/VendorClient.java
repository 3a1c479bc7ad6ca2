package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.definition.DefinitionException;
import io.tickethub.definition.YamlFiles;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.util.List;
import org.springframework.util.ClassUtils;

/**
 * The class of a vendor's connection factory that a manifest's {@code jms-broker} names; it may
 * come from the connector's {@code lib}. Throws {@link DefinitionException} naming the line if it
 * cannot be used.
 */
final class VendorClient {

  private static final String FORMER_NAMESPACE = "javax.jms.";

  private static final String FORMER =
      "speaks javax.jms, the hub speaks jakarta.jms: put the vendor's client for Jakarta Messaging 3"
          + " into lib instead, such as activemq-client 6";

  private final ConnectorDefinition definition;
  private final String name;

  VendorClient(ConnectorDefinition definition) {
    this.definition = definition;
    this.name = definition.manifest().jmsBroker().connectionFactory();
  }

  /** Makes one that knows no broker yet. */
  ConnectionFactory make() {
    try {
      return type().getDeclaredConstructor().newInstance();
    } catch (ReflectiveOperationException e) {
      throw wrong("cannot be made without arguments", e);
    } catch (LinkageError e) {
      throw unlinked(e);
    }
  }

  Class<? extends ConnectionFactory> type() {
    ClassLoader classes =
        definition.libraries().loader().orElse(VendorClient.class.getClassLoader());
    try {
      Class<?> type = Class.forName(name, true, classes);
      if (ConnectionFactory.class.isAssignableFrom(type)) {
        return type.asSubclass(ConnectionFactory.class);
      }
      boolean former =
          ClassUtils.getAllInterfacesForClassAsSet(type).stream()
              .anyMatch(each -> each.getName().startsWith(FORMER_NAMESPACE));
      throw wrong(former ? FORMER : "is no jakarta.jms.ConnectionFactory", null);
    } catch (ClassNotFoundException e) {
      throw wrong("is not there: put the broker's client into lib", e);
    } catch (LinkageError e) {
      throw unlinked(e);
    }
  }

  private DefinitionException unlinked(LinkageError e) {
    String missing = String.valueOf(e.getMessage()).replace('/', '.');
    return missing.startsWith(FORMER_NAMESPACE)
        ? wrong(FORMER, e)
        : wrong("lacks what it needs, put that into lib too: " + e, e);
  }

  /** What is wrong with it, after its name. */
  DefinitionException wrong(String cause, Throwable e) {
    Path manifest = definition.folder().resolve("connector.yaml");
    int line = YamlFiles.line(manifest, List.of("jms-broker", "connection-factory"));
    return new DefinitionException(
        "%s, line %d: jms-broker: the class %s %s".formatted(manifest, line, name, cause), e);
  }
}
