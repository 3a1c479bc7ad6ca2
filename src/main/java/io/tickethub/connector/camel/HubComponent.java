package io.tickethub.connector.camel;

import io.micrometer.core.instrument.MeterRegistry;
import io.tickethub.connector.folder.ConnectorDefinition;
import io.tickethub.connector.folder.Polling;
import io.tickethub.journal.ChannelCursors;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import org.apache.camel.Endpoint;
import org.apache.camel.support.DefaultComponent;
import org.apache.camel.util.TimeUtils;

/**
 * The {@code hub:} endpoints of one connector.
 *
 * <ul>
 *   <li>{@code to: hub:in/CHANNEL} hands a received message, or a file of records, to the hub
 *   <li>{@code from: hub:poll/CHANNEL?delay=30s} begins a route that fetches a page of news and
 *       hands it to {@code hub:in/CHANNEL}
 *   <li>{@code from: hub:out/CHANNEL} is where the hub's deliveries come out
 *   <li>{@code from: hub:ask/CHANNEL} is where the question "do you have this?" comes out
 * </ul>
 */
final class HubComponent extends DefaultComponent {

  private final ConnectorDefinition definition;
  private final Inlets inlets;
  private final ChannelCursors cursors;
  private final MeterRegistry meters;
  private final Map<String, HubConsumer> consumers = new ConcurrentHashMap<>();
  private final Map<String, Long> held = new ConcurrentHashMap<>();

  HubComponent(
      ConnectorDefinition definition, Inlets inlets, ChannelCursors cursors, MeterRegistry meters) {
    this.definition = definition;
    this.inlets = inlets;
    this.cursors = cursors;
    this.meters = meters;
  }

  @Override
  protected Endpoint createEndpoint(String uri, String remaining, Map<String, Object> parameters) {
    String[] parts = remaining.split("/", 2);
    if (parts.length != 2) {
      throw new IllegalArgumentException(
          "write hub:in/CHANNEL, hub:poll/CHANNEL, hub:out/CHANNEL or hub:ask/CHANNEL instead of "
              + uri);
    }
    String channel = parts[1];
    boolean known =
        switch (parts[0]) {
          case "in" -> definition.entrances().containsKey(channel);
          case "poll" ->
              definition.entrances().containsKey(channel)
                  && definition.entrances().get(channel).polling().isPresent();
          case "out" -> definition.exits().containsKey(channel);
          case "ask" ->
              definition.exits().containsKey(channel)
                  && definition.exits().get(channel).question().isPresent();
          default -> false;
        };
    if (!known) {
      throw new IllegalArgumentException(
          "%s: connector.yaml has no such channel; inbound are %s, outbound %s"
              .formatted(uri, definition.entrances().keySet(), definition.exits().keySet()));
    }
    return parts[0].equals("poll")
        ? pollEndpoint(uri, channel, parameters)
        : new HubEndpoint(uri, this, parts[0], channel);
  }

  private Endpoint pollEndpoint(String uri, String channel, Map<String, Object> parameters) {
    String delay = getAndRemoveParameter(parameters, "delay", String.class, "30s");
    String query = getAndRemoveParameter(parameters, "query", String.class, "");
    Polling polling = definition.entrances().get(channel).polling().orElseThrow();
    HubPollEndpoint endpoint = new HubPollEndpoint(uri, this, channel, polling, query);
    endpoint.setDelay(TimeUtils.toMilliSeconds(delay));
    return endpoint;
  }

  ChannelCursors cursors() {
    return cursors;
  }

  String connector() {
    return definition.name();
  }

  ReceiptMeters receipts(String channel) {
    return new ReceiptMeters(meters, definition.name(), channel);
  }

  Inlets inlets() {
    return inlets;
  }

  void started(HubConsumer consumer) {
    consumers.put(consumer.key(), consumer);
  }

  void stopped(HubConsumer consumer) {
    consumers.remove(consumer.key(), consumer);
  }

  /** Deliveries that would leave there wait. */
  void hold(HubEndpoint endpoint) {
    held.putIfAbsent(key(endpoint), System.nanoTime());
  }

  void release(HubEndpoint endpoint) {
    held.remove(key(endpoint));
  }

  boolean isHeld(HubEndpoint endpoint) {
    return held.containsKey(key(endpoint));
  }

  /** How long what would leave there has waited; empty if it does not have to. */
  Optional<Duration> heldFor(String direction, String channel) {
    return Optional.ofNullable(held.get(direction + "/" + channel))
        .map(since -> Duration.ofNanos(System.nanoTime() - since));
  }

  private static String key(HubEndpoint endpoint) {
    return endpoint.direction() + "/" + endpoint.channel();
  }

  /** The running route that begins at {@code hub:direction/channel}; null if there is none. */
  HubConsumer consumer(String direction, String channel) {
    return consumers.get(direction + "/" + channel);
  }
}
