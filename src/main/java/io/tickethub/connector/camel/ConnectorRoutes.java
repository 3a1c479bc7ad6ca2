package io.tickethub.connector.camel;

import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.connector.folder.TemplatedRoute;
import io.tickethub.definition.DefinitionException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashSet;
import java.util.Set;
import org.apache.camel.builder.TemplatedRouteBuilder;
import org.apache.camel.model.ModelCamelContext;
import org.apache.camel.spi.Resource;
import org.apache.camel.support.PluginHelper;
import org.apache.camel.support.ResourceHelper;

/** Puts a connector's routes into its context: those of its own files, and those from templates. */
final class ConnectorRoutes {

  /** Before the name of a parameter: its value as an option of an endpoint, whatever is in it. */
  private static final String RAW = "raw-";

  private final ModelCamelContext context;
  private final ConnectorDefinition definition;

  ConnectorRoutes(ModelCamelContext context, ConnectorDefinition definition) {
    this.context = context;
    this.definition = definition;
  }

  /**
   * Camel's loader is not atomic: whoever calls has to throw the context away if one file is wrong.
   */
  void load() {
    definition.routes().forEach(this::load);
    Set<Path> loaded = new HashSet<>();
    for (TemplatedRoute route : definition.templated()) {
      if (loaded.add(route.file())) {
        load(route.file());
      }
      add(route, route.template(), "");
      if (isAsked(route.channel())) {
        add(route, route.template() + TemplatedRoute.QUESTION, TemplatedRoute.QUESTION);
      }
    }
  }

  private boolean isAsked(String channel) {
    OutboundChannel outbound = definition.outbound().get(channel);
    return outbound != null && outbound.question().isPresent();
  }

  private void load(Path file) {
    try {
      Resource resource =
          ResourceHelper.fromString(
              file.toAbsolutePath().toUri().toString(), Files.readString(file));
      PluginHelper.getRoutesLoader(context).loadRoutes(resource);
    } catch (Exception e) {
      throw new DefinitionException("%s: %s".formatted(file, rootMessage(e)), e);
    }
  }

  private void add(TemplatedRoute route, String template, String suffix) {
    if (context.getRouteTemplateDefinition(template) == null) {
      throw new DefinitionException(
          "%s: %s has no route template '%s'".formatted(route.place(), route.file(), template));
    }
    try {
      TemplatedRouteBuilder builder =
          TemplatedRouteBuilder.builder(context, template)
              .routeId("%s-%s%s".formatted(definition.name(), route.channel(), suffix));
      route
          .parameters()
          .forEach(
              (name, value) -> builder.parameter(name, value).parameter(RAW + name, raw(value)));
      builder.add();
    } catch (Exception e) {
      throw new DefinitionException("%s: %s".formatted(route.place(), rootMessage(e)), e);
    }
  }

  /** A bracket in the value must not end it. */
  private static String raw(String value) {
    return (value.contains(")") ? "RAW{%s}" : "RAW(%s)").formatted(value);
  }

  private static String rootMessage(Throwable e) {
    Throwable root = e;
    while (root.getCause() != null && root.getCause() != root) {
      root = root.getCause();
    }
    return root.getMessage() == null ? root.toString() : root.getMessage();
  }
}
