package io.tickethub.connector.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.ContentTrees;
import io.tickethub.connector.channel.ListAdmission;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.LibraryLoader;
import io.tickethub.connector.folder.Polling;
import io.tickethub.definition.DefinitionException;
import io.tickethub.delivery.Outlet;
import io.tickethub.journal.ChannelCursors;
import jakarta.jms.ConnectionFactory;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Properties;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.function.Function;
import org.apache.camel.CamelContext;
import org.apache.camel.Route;
import org.apache.camel.component.file.remote.FtpsComponent;
import org.apache.camel.component.jms.JmsComponent;
import org.apache.camel.component.servlet.ServletComponent;
import org.apache.camel.component.servlet.ServletEndpoint;
import org.apache.camel.impl.DefaultCamelContext;
import org.apache.camel.model.errorhandler.NoErrorHandlerDefinition;
import org.apache.camel.spi.PollingConsumerPollStrategy;
import org.apache.camel.support.ScheduledPollEndpoint;
import org.apache.camel.support.service.ServiceHelper;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * One connector running: a CamelContext of its own, so that its names meet nobody else's and it can
 * be stopped alone.
 */
public final class ConnectorContext implements AutoCloseable {

  private static final Logger LOG = LoggerFactory.getLogger(ConnectorContext.class);
  private static final long DRAIN_SECONDS = 20;

  private final DefaultCamelContext context;
  private final Outlet outlet;
  private final RouteControl control;
  private final Optional<ListInquiry> inquiry;
  private final FileExport export;
  private final LibraryLoader libraries;

  private ConnectorContext(
      DefaultCamelContext context,
      Outlet outlet,
      RouteControl control,
      FileExport export,
      Optional<ListInquiry> inquiry,
      LibraryLoader libraries) {
    this.context = context;
    this.outlet = outlet;
    this.control = control;
    this.export = export;
    this.inquiry = inquiry;
    this.libraries = libraries;
  }

  /**
   * What all connectors share.
   *
   * @param listeners connections for JMS consumers
   * @param senders pooled connections for JMS producers
   * @param turns decides which node polls
   * @param contents of tickets, for outbound mappings
   * @param cursors how far polled systems were read
   * @param steady measures how long something has stood still
   * @param managed whether JMX shows the connectors' Camel
   */
  public record Parts(
      AdmissionParts admission,
      ConnectionFactory listeners,
      ConnectionFactory senders,
      PollingConsumerPollStrategy turns,
      ContentTrees contents,
      ChannelCursors cursors,
      InstantSource steady,
      MeterRegistry meters,
      boolean managed) {}

  /**
   * Makes a connector ready: its routes are made, and take nothing before {@link #open}. The
   * definition's libraries are closed with it. Throws {@link DefinitionException} naming file and
   * cause if a route is wrong.
   */
  public static ConnectorContext prepare(ConnectorDefinition definition, Parts parts) {
    DefaultCamelContext context = new DefaultCamelContext(false);
    try {
      return started(context, definition, parts);
    } catch (RuntimeException e) {
      DefinitionException wrong = RouteProblem.of(e, context);
      context.stop();
      definition.libraries().close();
      throw wrong;
    }
  }

  private static ConnectorContext started(
      DefaultCamelContext context, ConnectorDefinition definition, Parts parts) {
    context.getCamelContextExtension().setName(definition.name());
    if (parts.managed()) {
      CamelManagement.begin(context);
    } else {
      context.disableJMX();
    }
    context.setStreamCaching(false);
    context.setLoadHealthChecks(false);
    context.setAutoStartup(false);
    context.setSourceLocationEnabled(true);
    context.getShutdownStrategy().setTimeout(DRAIN_SECONDS);
    context.getShutdownStrategy().setLogInflightExchangesOnTimeout(false);
    context.getCamelContextExtension().setErrorHandlerFactory(new NoErrorHandlerDefinition());
    context.addRoutePolicyFactory(new HeaderCleansing());
    context.addRoutePolicyFactory(new PollingFailures());
    context.addRoutePolicyFactory(new RouteMeters(parts.meters()));
    LastExchanges last = new LastExchanges(parts.admission().clock());
    context.addRoutePolicyFactory(last);
    Properties settings = new Properties();
    settings.putAll(definition.settings());
    context.getPropertiesComponent().setInitialProperties(settings);
    definition.libraries().loader().ifPresent(context::setApplicationContextClassLoader);
    HubComponent hub =
        new HubComponent(
            definition, new Inlets(definition, parts.admission()), parts.cursors(), parts.meters());
    addComponents(context, definition, hub, parts);
    context.build();
    new ConnectorRoutes(context, definition).load();
    context.start();
    Outlet outlet =
        new CamelOutlet(
            definition,
            hub,
            parts.contents(),
            new AnswerNews(definition.name(), parts.admission()),
            parts.admission().clock());
    return new ConnectorContext(
        context,
        outlet,
        new RouteControl(context, hub, last),
        new FileExport(definition, hub),
        inquiry(definition, hub, parts),
        definition.libraries());
  }

  private static Optional<ListInquiry> inquiry(
      ConnectorDefinition definition, HubComponent hub, Parts parts) {
    return definition
        .reconciling()
        .flatMap(
            lists ->
                lists
                    .ask()
                    .map(
                        ask ->
                            new ListInquiry(
                                lists,
                                ask,
                                new ListAdmission(
                                    definition.name(), lists.list(), parts.admission()),
                                hub,
                                parts.admission().clock())));
  }

  /**
   * Asks the system for the list of its tickets.
   *
   * @throws IllegalStateException if there was no answer, or the connector asks for none
   */
  public void askForList(long run, String key, Map<String, Object> input) {
    inquiry
        .orElseThrow(() -> new IllegalStateException("the connector asks for no list"))
        .ask(run, key, input);
  }

  /**
   * Gives the system a file.
   *
   * @throws IllegalStateException if it did not take it
   */
  public void export(String name, String key, Map<String, String> headers, Path file) {
    export.send(name, key, headers, file);
  }

  private static void addComponents(
      DefaultCamelContext context, ConnectorDefinition definition, HubComponent hub, Parts parts) {
    InboundHeaders headers = new InboundHeaders(headersIn(definition), headersOut(definition));
    context.addComponent("hub", hub);
    context.addComponent("servlet", servlet(headers));
    context.setSSLContextParameters(TrustSettings.of(definition));
    context.addComponent("http", HttpCalls.component(definition, headers));
    context.addComponent("https", HttpCalls.component(definition, headers));
    context.addComponent("ftps", ftps());
    context.addComponent("jms", jms(context, definition, headers, parts));
    context.getRegistry().bind("stableFiles", new StableFiles(definition.name(), parts.steady()));
    context
        .getCamelContextExtension()
        .registerEndpointCallback(
            (uri, endpoint) -> {
              if (endpoint instanceof ScheduledPollEndpoint polling) {
                polling.setPollStrategy(parts.turns());
              }
              if (endpoint instanceof ServletEndpoint web) {
                checkPath(web, definition.name());
              }
              return endpoint;
            });
  }

  /** A connector may listen only below its own name. */
  private static void checkPath(ServletEndpoint endpoint, String connector) {
    if (!endpoint.getContextPath().startsWith("/" + connector + "/")) {
      throw new DefinitionException(
          "%s: the path has to begin with /%s/".formatted(endpoint.getEndpointUri(), connector));
    }
  }

  private static ServletComponent servlet(InboundHeaders headers) {
    ServletComponent component = new ServletComponent();
    component.setServletName(ConnectorServlet.NAME);
    component.setHeaderFilterStrategy(headers);
    component.setHttpBinding(new BytesBinding(headers));
    component.setMuteException(true);
    return component;
  }

  /** Camel's own trust would be any certificate that is not over its date. */
  private static FtpsComponent ftps() {
    FtpsComponent component = new FtpsComponent();
    component.setUseGlobalSslContextParameters(true);
    return component;
  }

  private static JmsComponent jms(
      CamelContext context, ConnectorDefinition definition, InboundHeaders headers, Parts parts) {
    JmsComponent component = new JmsComponent();
    if (definition.manifest().jmsBroker() == null) {
      component.setListenerConnectionFactory(parts.listeners());
      component.setTemplateConnectionFactory(parts.senders());
      component.setConnectionFactory(parts.listeners());
    } else {
      new ForeignBroker(context, definition).connect(component);
    }
    component.setHeaderFilterStrategy(new PropertyHeaders(headers));
    component.setMapJmsMessage(false);
    component.setLazyCreateTransactionManager(false);
    component.setCacheLevelName("CACHE_CONSUMER");
    component.setTransferException(false);
    component.setTransferExchange(false);
    component.setDeliveryPersistent(true);
    component.setRecoveryInterval(1_000);
    return component;
  }

  private static Set<String> headersIn(ConnectorDefinition definition) {
    Set<String> names = new TreeSet<>();
    definition
        .entrances()
        .values()
        .forEach(
            channel -> {
              names.addAll(channel.form().headers());
              channel.proofs().forEach(proof -> names.addAll(proof.headers()));
            });
    return names;
  }

  private static Set<String> headersOut(ConnectorDefinition definition) {
    Set<String> names = new TreeSet<>();
    definition
        .exits()
        .values()
        .forEach(
            channel -> {
              names.addAll(channel.form().headers().keySet());
              channel.signature().ifPresent(signature -> names.addAll(signature.headers()));
              channel.apiKey().ifPresent(key -> names.addAll(key.headers()));
            });
    definition
        .entrances()
        .values()
        .forEach(
            channel ->
                channel
                    .polling()
                    .flatMap(Polling::apiKey)
                    .ifPresent(key -> names.addAll(key.headers())));
    return names;
  }

  /** How the hub tells this connector's system something. */
  public Outlet outlet() {
    return outlet;
  }

  /** The ids of the routes. */
  public List<String> routes() {
    return context.getRoutes().stream().map(Route::getId).sorted().toList();
  }

  /** Starts and stops single routes. */
  public RouteControl control() {
    return control;
  }

  /**
   * Begins to take messages, for the first time or once more.
   *
   * @param wanted of a route, by its id
   */
  public void open(Function<String, RouteState> wanted) {
    try {
      control.open(wanted);
    } catch (Exception e) {
      throw RouteProblem.of(e, context);
    }
  }

  /** Takes no more messages and lets what is in flight finish; can be opened again. */
  public void shut() {
    try {
      context
          .getShutdownStrategy()
          .suspend(
              context,
              new ArrayList<>(context.getCamelContextExtension().getRouteStartupOrder()),
              DRAIN_SECONDS,
              TimeUnit.SECONDS);
    } catch (Exception e) {
      LOG.warn("connector {} does not drain: {}", context.getName(), FailureClassifier.describe(e));
    }
    context.getRoutes().forEach(route -> ServiceHelper.stopService(route.getConsumer()));
  }

  /** Stops taking messages, lets what is in flight finish, and stops. */
  @Override
  public void close() {
    context.stop();
    libraries.close();
  }
}
