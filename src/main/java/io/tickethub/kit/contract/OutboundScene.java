package io.tickethub.kit.contract;

import com.fasterxml.jackson.core.type.TypeReference;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.ConnectorManifest.Idempotency;
import io.tickethub.connector.folder.OutboundChannel;
import io.tickethub.delivery.ConnectorControls;
import io.tickethub.delivery.DeliveryLog;
import io.tickethub.kit.contract.server.FileServer;
import io.tickethub.kit.contract.server.Mood;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.kit.contract.server.SystemServer;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Supplier;

/** One channel to the system, whatever server plays it, and what arrives there. */
final class OutboundScene {

  /** Headers of HTTP, and properties of JMS as Camel writes them. */
  private static final List<String> KEYS =
      List.of("Idempotency-Key", "Idempotency_HYPHEN_Key", "_AMQ_DUPL_ID");

  private static final JsonMapper JSON = new JsonMapper();

  private final Stage stage;
  private final HubHolder hub;
  private final Probe probe;
  private final OutboundChannel channel;
  private final List<Place> places;
  private final Optional<SystemServer> server;
  private final Supplier<List<Received>> received;
  private final Optional<String> code;
  private int mark;

  OutboundScene(Stage stage, String name, HubHolder hub, Probe probe) {
    this.stage = stage;
    this.hub = hub;
    this.probe = probe;
    this.channel = stage.definition().outbound().get(name);
    this.places =
        stage.survey().targets().getOrDefault(name, List.of()).stream()
            .filter(place -> place.scheme().startsWith("http") || !place.isDynamic())
            .toList();
    this.server = places.stream().flatMap(place -> stage.server(place).stream()).findFirst();
    this.received = queue().or(() -> server.map(known -> known::received)).orElse(null);
    this.code =
        Happening.WAYS.keySet().stream()
            .filter(channel.form().tells()::contains)
            .filter(told -> Happening.canBeTold(told, stage.examples().wayToIntroduction()))
            .findFirst();
  }

  private Optional<Supplier<List<Received>>> queue() {
    return places.stream()
        .filter(place -> place.scheme().equals("jms") && !place.address().startsWith("topic:"))
        .findFirst()
        .map(
            place ->
                new QueueTarget(
                        stage.queues(hub),
                        place.address().replaceFirst("^queue:", ""),
                        channel.form().charset())
                    ::received);
  }

  Stage stage() {
    return stage;
  }

  HubHolder hub() {
    return hub;
  }

  OutboundChannel channel() {
    return channel;
  }

  Case named(String name, Case.Trial trial) {
    return new Case("out %s: %s".formatted(channel.name(), name), trial);
  }

  /** The server is as it was, and the connector tells. */
  void tidy() {
    server.ifPresent(
        known -> {
          known.up();
          known.mood(Mood.OK);
        });
    stage.webSystem().hasDelivery(false);
    stage.webSystem().losesRepliesTo(null);
    resume();
  }

  /** The connector tells again, if it was paused. */
  void resume() {
    ConnectorControls controls = hub.part(ConnectorControls.class);
    if (controls.pause(stage.name()).isPresent()) {
      controls.resume(stage.name(), "mended", "contract suite");
    }
  }

  Journey journey() {
    if (received == null) {
      throw new NotApplicableException(
          "the suite cannot know where it goes: no fixed address in its route, or no server for it");
    }
    String told =
        code.orElseThrow(
            () ->
                new NotApplicableException(
                    "the suite can make none of these happen: " + channel.form().tells()));
    if (channel.form().idempotency() == Idempotency.ASK
        && stage.examples().reply(channel.name(), false).isEmpty()) {
      throw new NotApplicableException(
          "no example shows how the system answers the question: add told.json, reply.* and"
              + " answered.json with known: false, and another with known: true");
    }
    return journey(told);
  }

  /** A ticket on its way to this. */
  Journey journey(String told) {
    Journey journey = new Journey(hub, stage, probe, channel.name(), told);
    mark = received.get().size();
    return journey;
  }

  /** The server that plays the system; empty for the hub's own broker. */
  Optional<SystemServer> anyServer() {
    return server;
  }

  SystemServer server(Mood mood) {
    SystemServer known =
        server.orElseThrow(
            () -> new NotApplicableException("the hub's own broker is up while the hub is"));
    if (!known.canBe(mood)) {
      throw new NotApplicableException("a server of this protocol cannot say so");
    }
    return known;
  }

  List<Received> fresh() {
    List<Received> all = received.get();
    return all.subList(Math.min(mark, all.size()), all.size()).stream()
        .filter(message -> places.stream().anyMatch(place -> Stage.leadsTo(place, message)))
        .toList();
  }

  private List<Received> takenOf(Journey journey, DeliveryLog.Entry delivery) {
    List<byte[]> sent =
        journey.attempts(delivery).stream()
            .map(DeliveryLog.Attempt::sent)
            .filter(body -> body != null)
            .toList();
    return fresh().stream()
        .filter(Received::taken)
        .filter(message -> sent.stream().anyMatch(body -> Arrays.equals(message.body(), body)))
        .toList();
  }

  /** What the mapping gave. */
  static byte[] sent(Journey journey, DeliveryLog.Entry delivery) {
    return journey.attempts(delivery).stream()
        .map(DeliveryLog.Attempt::sent)
        .filter(sent -> sent != null)
        .reduce((before, last) -> last)
        .orElse(new byte[0]);
  }

  boolean onlyAsks() {
    return fresh().stream().noneMatch(message -> message.body().length > 0);
  }

  void checkOneEffect(Journey journey, DeliveryLog.Entry delivery) {
    Await.until(
        "something arrives at the system", () -> fresh().stream().anyMatch(Received::taken));
    if (onlyAsks()) {
      return;
    }
    List<Received> taken = takenOf(journey, delivery);
    BrokenContractException.unless(
        !taken.isEmpty(), "nothing that arrived is what the mapping gave: %s", describe());
    BrokenContractException.unless(
        effects(taken).size() == 1,
        "it took effect %d times, as %s",
        effects(taken).size(),
        effects(taken));
  }

  private String describe() {
    return fresh().stream()
        .map(
            message ->
                "%s %s (%d bytes)"
                    .formatted(message.method(), message.place(), message.body().length))
        .toList()
        .toString();
  }

  private static Optional<String> key(Received message) {
    return KEYS.stream().map(message.headers()::get).filter(Objects::nonNull).findFirst();
  }

  /**
   * What the system knows each effect by: the key; without one everything that arrives is an effect
   * of its own, while files of one name are one.
   */
  private Set<String> effects(List<Received> taken) {
    Set<String> effects = new TreeSet<>();
    for (Received message : taken) {
      String place = isFiles() ? message.place() : message.place() + " #" + effects.size();
      effects.add(key(message).orElse(place));
    }
    return effects;
  }

  void checkSameKey(Journey journey, DeliveryLog.Entry delivery) {
    if (channel.form().idempotency() != Idempotency.KEY || isFiles()) {
      return;
    }
    byte[] sent = sent(journey, delivery);
    List<String> keys =
        fresh().stream()
            .filter(message -> sent.length > 0 && Arrays.equals(message.body(), sent))
            .map(message -> key(message).orElse("null"))
            .distinct()
            .toList();
    BrokenContractException.unless(
        keys.size() <= 1 && !keys.contains("null"),
        "'idempotency: key' is declared, but the attempts had the keys %s",
        keys);
  }

  private boolean isFiles() {
    return server.filter(FileServer.class::isInstance).isPresent();
  }

  /** What is not ASCII in a file's name arrives in the server's charset. */
  void checkFileName(Journey journey, DeliveryLog.Entry delivery) {
    Optional<JsonNode> told = stage.examples().told(channel.name(), delivery.code());
    if (!isFiles() || told.isEmpty()) {
      return;
    }
    Map<String, Object> input = JSON.convertValue(told.get(), new TypeReference<>() {});
    String expected = channel.translation().write(input).headers().getOrDefault("fileName", "");
    for (Received file : takenOf(journey, delivery)) {
      String name = file.place().substring(file.place().lastIndexOf('/') + 1);
      BrokenContractException.unless(
          beyondAscii(name).equals(beyondAscii(expected)),
          "a file is named '%s' where the example has '%s': is it the charset of names?",
          name,
          expected);
    }
  }

  private static String beyondAscii(String name) {
    return name.replaceAll("\\p{ASCII}", "");
  }
}
