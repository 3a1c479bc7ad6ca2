package io.tickethub.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.connector.camel.RouteSurvey.Place;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageStatus;
import io.tickethub.kit.contract.Sender.Told;
import io.tickethub.kit.contract.server.Received;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import java.util.ArrayList;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every channel from a system has to stand. */
final class InboundCases {

  private static final String TRAP = "/contract-trap";

  private final Stage stage;
  private final InboundChannel channel;
  private final Probe probe;
  private final JournalView journal;
  private final Sender sender;
  private final List<ReceivedExample> examples;

  InboundCases(Stage stage, String name, HubHolder hub, Probe probe) {
    this.stage = stage;
    this.channel = stage.definition().inbound().get(name);
    this.probe = probe;
    this.journal = new JournalView(hub, stage.name(), name);
    this.examples = ReceivedExample.of(stage.folder(), name);
    this.sender = sender(stage.survey().sources().get(name), hub);
  }

  private Sender sender(Place place, HubHolder hub) {
    if (place == null) {
      return unknown("no route from outside leads to hub:in/" + channel.name());
    }
    return switch (place.scheme()) {
      case "servlet" -> new WebSender(hub, place.address(), channel);
      case "http", "https" -> new PageSender(stage.pages(), place);
      case "jms" ->
          place.address().startsWith("topic:")
              ? unknown("the suite has no topics")
              : new QueueSender(
                  hub, place.address().replaceFirst("^queue:", ""), channel.form().charset());
      default ->
          stage
              .fileServer(place)
              .<Sender>map(server -> new FileSender(server, place))
              .orElseGet(() -> unknown("the suite has no server for " + place.scheme()));
    };
  }

  private static Sender unknown(String why) {
    return (body, properties) -> {
      throw new NotApplicableException(why);
    };
  }

  /** In the order in which they have to be run. */
  List<Case> cases() {
    return List.of(
        named("accepted", this::accepted),
        named("duplicate", this::duplicate),
        named("same-id-other-bytes", this::sameIdOtherBytes),
        named("undecodable", () -> refuses(hostile().undecodable())),
        named("truncated", () -> refuses(hostile().truncated())),
        named("too-large", () -> refuses(hostile().tooLarge())),
        named("too-deep", () -> refuses(hostile().tooDeep())),
        named("entity", () -> refuses(hostile().withEntity())),
        named("hostile-headers", this::hostileHeaders),
        named("unsigned", this::unsigned));
  }

  /** What has to hold after something happened to the hub. */
  List<Case> casesAfter(String event) {
    return List.of(named("duplicate-after-" + event, this::duplicate));
  }

  private Case named(String name, Case.Trial trial) {
    return new Case("in %s: %s".formatted(channel.name(), name), trial);
  }

  private ReceivedExample first() {
    if (examples.isEmpty()) {
      throw new NotApplicableException(
          "there is no example with received.* and change.json alone: add one");
    }
    return examples.get(0);
  }

  private HostileBytes hostile() {
    return new HostileBytes(channel, first().body());
  }

  private void accepted() {
    first();
    for (ReceivedExample example : examples) {
      boolean known = openTickets(example);
      journal.mark();
      taken(sender.send(example.body(), example.headers()));
      Await.until(
          () -> "all of the message is in the journal; " + journal.describe(),
          () -> journal.fresh().size() >= records(example));
      for (JournalEntry entry : journal.fresh()) {
        BrokenContractException.unless(
            entry.status() == MessageStatus.APPLIED
                || entry.status() == MessageStatus.CONFLICT && example != examples.get(0)
                || !known && entry.status() == MessageStatus.WAITING,
            "the example was taken but did not take effect; %s",
            journal.describe());
      }
    }
  }

  /** How many messages an example is: a file has many. */
  private int records(ReceivedExample example) {
    if (!(channel.translation().format() instanceof RecordFormat format)) {
      return 1;
    }
    Iterator<RawRecord> all = format.records(example.body());
    int records = 0;
    while (all.hasNext()) {
      records += all.next().bytes().length > 0 ? 1 : 0;
    }
    return records;
  }

  /** The tickets that an example speaks of; false if the hub cannot know one of them. */
  private boolean openTickets(ReceivedExample example) {
    List<JsonNode> told = stage.examples().candidates("", "");
    Map<Map<String, String>, Boolean> opened = new java.util.HashMap<>();
    boolean known = true;
    for (JsonNode change : example.changes()) {
      if (change.path("type").asText().equals("open")) {
        continue;
      }
      Map<String, String> names = new TreeMap<>();
      JsonNode ticket = change.path("ticket");
      if (ticket.has("id")) {
        names.put(stage.name(), ticket.get("id").asText());
      }
      ticket
          .path("aliases")
          .fields()
          .forEachRemaining(alias -> names.put(alias.getKey(), alias.getValue().asText()));
      if (names.isEmpty()) {
        known &= ticket.has("customer");
      } else if (opened.putIfAbsent(names, true) == null && !isOpenedBy(example, names)) {
        probe.openCalled(told, names);
      }
    }
    return known;
  }

  private static boolean isOpenedBy(ReceivedExample example, Map<String, String> names) {
    return example.changes().stream()
        .filter(change -> change.path("type").asText().equals("open"))
        .anyMatch(change -> names.containsValue(change.path("ticket").path("id").asText()));
  }

  private void duplicate() {
    ReceivedExample example = first();
    long events = journal.events();
    repeated(example, sender::sendOtherwise);
    BrokenContractException.unless(
        journal.events() == events, "the same message took effect a second time");
  }

  private interface Way {
    Told send(byte[] body, Map<String, String> properties);
  }

  private void repeated(ReceivedExample example, Way way) {
    long before = journal.duplicates();
    journal.mark();
    taken(way.send(example.body(), example.headers()));
    Await.until(
        () -> "the repeated message is recognised as a duplicate; " + journal.describe(),
        () -> journal.duplicates() >= before + records(example) || !journal.fresh().isEmpty());
    BrokenContractException.unless(
        journal.fresh().isEmpty(),
        "the same bytes were taken for another message (is message-id the sender's id of it?); %s",
        journal.describe());
  }

  private void sameIdOtherBytes() {
    ReceivedExample example = first();
    byte[] other = hostile().otherBytes();
    journal.mark();
    taken(sender.send(other, example.headers()));
    MessageStatus wanted =
        switch (channel.form().sameIdOtherBytes()) {
          case NEW_VERSION -> null;
          case CONFLICT -> MessageStatus.CONFLICT;
          case REJECT -> MessageStatus.REJECTED;
        };
    Await.until(
        () ->
            "the message is kept as '%s' says; %s"
                .formatted(channel.form().sameIdOtherBytes(), journal.describe()),
        () ->
            journal.fresh().stream()
                .anyMatch(
                    entry ->
                        wanted == null
                            ? entry.status() != MessageStatus.REJECTED
                                && entry.status() != MessageStatus.CONFLICT
                            : entry.status() == wanted));
  }

  /** Refused, kept, and the next good message is taken. */
  private void refuses(byte[] bytes) {
    ReceivedExample example = first();
    journal.mark();
    Told told = sender.send(bytes, example.headers());
    BrokenContractException.unless(
        told.isRefused(), "was to be refused, but the hub answered %d", told.status());
    boolean isKept = channel.signature().isEmpty() || bytes.length <= limit();
    if (isKept) {
      Await.until(
          () -> "the message is kept as rejected; " + journal.describe(),
          () -> journal.hasFresh(MessageStatus.REJECTED));
    }
    repeated(example, sender::send);
  }

  private long limit() {
    return channel.form().limits().size().toBytes();
  }

  private void hostileHeaders() {
    ReceivedExample example = first();
    if (!sender.hasProperties()) {
      throw new NotApplicableException("files have no headers");
    }
    Map<String, String> headers = new TreeMap<>(example.headers());
    headers.put("CamelHttpUri", stage.web().url() + TRAP);
    headers.put("CamelFileName", "../escaped");
    headers.put("operationName", "delete");
    repeated(example, (body, properties) -> sender.send(body, headers));
    BrokenContractException.unless(
        stage.web().received().stream().map(Received::place).noneMatch(TRAP::equals),
        "a sender's header CamelHttpUri steered the route");
  }

  private void unsigned() {
    ReceivedExample example = first();
    journal.mark();
    Told told = sender.sendUnsigned(example.body());
    BrokenContractException.unless(
        told.status() == 401,
        "a message with a wrong signature was answered %d instead of 401",
        told.status());
    repeated(example, sender::send);
    BrokenContractException.unless(
        journal.fresh().isEmpty(), "a message with a wrong signature was kept");
  }

  private void taken(Told told) {
    BrokenContractException.unless(
        told.isTaken(), "the example was refused with %d: %s", told.status(), told.answer());
  }

  /** The names of a connector's channels, each with its cases. */
  static List<InboundCases> of(Stage stage, HubHolder hub, Probe probe) {
    List<InboundCases> cases = new ArrayList<>();
    stage
        .definition()
        .inbound()
        .keySet()
        .forEach(name -> cases.add(new InboundCases(stage, name, hub, probe)));
    return cases;
  }
}
