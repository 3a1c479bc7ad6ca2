package io.tickethub.kit.contract;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.proof.SenderProof;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.MessageStatus;
import io.tickethub.kit.contract.Sender.Told;
import io.tickethub.kit.contract.server.Received;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** What every channel from a system has to stand. */
final class InboundCases {

  private static final String TRAP = "/contract-trap";

  private final InboundScene scene;
  private final Stage stage;
  private final InboundChannel channel;
  private final JournalView journal;
  private final Sender sender;

  InboundCases(InboundScene scene) {
    this.scene = scene;
    this.stage = scene.stage();
    this.channel = scene.channel();
    this.journal = scene.journal();
    this.sender = scene.sender();
  }

  /** In the order in which they have to be run. */
  List<Case> cases() {
    return List.of(
        scene.named("accepted", this::accepted),
        scene.named("duplicate", this::duplicate),
        scene.named("same-id-other-bytes", this::sameIdOtherBytes),
        scene.named("undecodable", () -> refuses(hostile().undecodable())),
        scene.named("truncated", () -> refuses(hostile().truncated())),
        scene.named("too-large", () -> refuses(hostile().tooLarge())),
        scene.named("too-deep", () -> refuses(hostile().tooDeep())),
        scene.named("entity", () -> refuses(hostile().withEntity())),
        scene.named("hostile-headers", this::hostileHeaders),
        scene.named("unsigned", this::unsigned));
  }

  /** What has to hold after something happened to the hub. */
  List<Case> casesAfter(String event) {
    return List.of(scene.named("duplicate-after-" + event, this::duplicate));
  }

  private HostileBytes hostile() {
    return new HostileBytes(channel, scene.first().body());
  }

  private void accepted() {
    scene.first();
    for (ReceivedExample example : scene.examples()) {
      boolean known = scene.openTickets(example);
      journal.mark();
      InboundScene.taken(sender.send(example.body(), example.headers()));
      Await.until(
          () -> "all of the message is in the journal; " + journal.describe(),
          () -> journal.fresh().size() >= scene.records(example));
      for (JournalEntry entry : journal.fresh()) {
        BrokenContractException.unless(
            entry.status() == MessageStatus.APPLIED
                || entry.status() == MessageStatus.CONFLICT && example != scene.examples().get(0)
                || !known && entry.status() == MessageStatus.WAITING,
            "the example was taken but did not take effect; %s",
            journal.describe());
      }
    }
  }

  private void duplicate() {
    ReceivedExample example = scene.first();
    long events = journal.events();
    scene.repeated(example, sender::sendOtherwise);
    BrokenContractException.unless(
        journal.events() == events, "the same message took effect a second time");
  }

  private void sameIdOtherBytes() {
    ReceivedExample example = scene.first();
    byte[] other = hostile().otherBytes();
    journal.mark();
    InboundScene.taken(sender.send(other, example.headers()));
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
    ReceivedExample example = scene.first();
    journal.mark();
    Told told = sender.send(bytes, example.headers());
    BrokenContractException.unless(
        told.isRefused(), "was to be refused, but the hub answered %d", told.status());
    boolean isKept =
        channel.proofs().stream().noneMatch(SenderProof::coversBody) || bytes.length <= limit();
    if (isKept) {
      Await.until(
          () -> "the message is kept as rejected; " + journal.describe(),
          () -> journal.hasFresh(MessageStatus.REJECTED));
    }
    scene.repeated(example, sender::send);
  }

  private long limit() {
    return channel.form().limits().size().toBytes();
  }

  private void hostileHeaders() {
    ReceivedExample example = scene.first();
    if (!sender.hasProperties()) {
      throw new NotApplicableException("files have no headers");
    }
    Map<String, String> headers = new TreeMap<>(example.headers());
    headers.put("CamelHttpUri", stage.web().url() + TRAP);
    headers.put("CamelFileName", "../escaped");
    headers.put("operationName", "delete");
    scene.repeated(example, (body, properties) -> sender.send(body, headers));
    BrokenContractException.unless(
        stage.web().received().stream().map(Received::place).noneMatch(TRAP::equals),
        "a sender's header CamelHttpUri steered the route");
  }

  private void unsigned() {
    ReceivedExample example = scene.first();
    journal.mark();
    for (Sender.Imposture imposture : sender.impostures(example.body())) {
      Told told = imposture.sending().get();
      BrokenContractException.unless(
          told.status() == imposture.status(),
          "a message with %s was answered %d instead of %d",
          imposture.what(),
          told.status(),
          imposture.status());
    }
    scene.repeated(example, sender::send);
    BrokenContractException.unless(
        journal.fresh().isEmpty(), "a message of somebody else was kept");
  }
}
