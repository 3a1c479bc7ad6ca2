package io.tickethub.kit.contract;

import com.fasterxml.jackson.databind.JsonNode;
import io.tickethub.connector.camel.ConnectorContext;
import io.tickethub.connector.channel.Admission;
import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.kit.contract.Sender.Told;
import io.tickethub.kit.contract.Variants.Variant;
import io.tickethub.mapping.RecordFormat;
import io.tickethub.mapping.RecordSplitter.RawRecord;
import io.tickethub.ticket.Change;
import java.util.HashMap;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** One channel from the system, whoever sends to it, and what the hub keeps of it. */
final class InboundScene {

  private final Stage stage;
  private final InboundChannel channel;
  private final HubHolder hub;
  private final Probe probe;
  private final JournalView journal;
  private final Sender sender;
  private final List<ReceivedExample> examples;
  private ReceivedExample newest;

  InboundScene(Stage stage, String name, HubHolder hub, Probe probe) {
    this.stage = stage;
    this.channel = stage.definition().inbound().get(name);
    this.hub = hub;
    this.probe = probe;
    this.journal = new JournalView(hub, stage.name(), name);
    this.examples = ReceivedExample.of(stage.folder(), name);
    this.sender = Senders.of(stage, channel, hub);
  }

  String name() {
    return channel.name();
  }

  Stage stage() {
    return stage;
  }

  InboundChannel channel() {
    return channel;
  }

  HubHolder hub() {
    return hub;
  }

  JournalView journal() {
    return journal;
  }

  Sender sender() {
    return sender;
  }

  List<ReceivedExample> examples() {
    return examples;
  }

  Case named(String name, Case.Trial trial) {
    return new Case("in %s: %s".formatted(channel.name(), name), trial);
  }

  ReceivedExample first() {
    if (examples.isEmpty()) {
      throw new NotApplicableException(
          "there is no example with received.* and change.json alone: add one");
    }
    return newest == null ? examples.get(0) : newest;
  }

  /** A message that took effect: under its id, no earlier bytes are known any more. */
  void tookEffect(Variant variant) {
    newest =
        new ReceivedExample(
            variant.sent().body(), variant.sent().properties(), examples.get(0).change());
  }

  /** Further messages, made of this example. */
  Variants variants(ReceivedExample example) {
    AdmissionParts parts = hub.part(ConnectorContext.Parts.class).admission();
    return new Variants(
        new Admission(stage.name(), channel, parts), parts.clock(), stage.names(), example);
  }

  /** How many messages an example is: a file has one on each line. */
  int records(ReceivedExample example) {
    if (!(channel.translation().format() instanceof RecordFormat format)) {
      return 1;
    }
    int records = 0;
    for (Iterator<RawRecord> all = format.records(example.body()); all.hasNext(); ) {
      records += all.next().bytes().length > 0 ? 1 : 0;
    }
    return records;
  }

  /** The tickets that an example speaks of; false if the hub cannot know one of them. */
  boolean openTickets(ReceivedExample example) {
    List<JsonNode> told = stage.examples().candidates("", "");
    Map<Map<String, String>, Boolean> opened = new HashMap<>();
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

  /** Changes of a customer show on a ticket of that customer. */
  void openCustomersTicket(List<Change> changes) {
    String customer = changes.get(0).ticket().customer();
    if (customer != null) {
      probe.openOf(stage.examples().candidates("", ""), customer);
    }
  }

  private static boolean isOpenedBy(ReceivedExample example, Map<String, String> names) {
    return example.changes().stream()
        .filter(change -> change.path("type").asText().equals("open"))
        .anyMatch(change -> names.containsValue(change.path("ticket").path("id").asText()));
  }

  interface Way {
    Told send(byte[] body, Map<String, String> properties);
  }

  void repeated(ReceivedExample example, Way way) {
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

  static void taken(Told told) {
    BrokenContractException.unless(
        told.isTaken(), "the example was refused with %d: %s", told.status(), told.answer());
  }
}
