package io.tickethub.connector.channel;

import io.tickethub.connector.folder.InboundChannel;
import io.tickethub.connector.proof.Refusal;
import io.tickethub.connector.proof.SenderProof;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeUnavailableException;
import io.tickethub.journal.Identifiers;
import io.tickethub.journal.JournalEntry;
import io.tickethub.journal.Provenance;
import io.tickethub.mapping.MappingException;
import io.tickethub.mapping.MessageFacts;
import io.tickethub.ticket.Change;
import io.tickethub.ticket.Problem;
import io.tickethub.ticket.ProblemCode;
import io.tickethub.trace.Step;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * Takes the messages of one channel: understood and made durable, or refused with a reason. What is
 * refused for its content is made durable too, so that a person can look at it. Thread-safe.
 */
public final class Admission {

  private static final int KEPT_OF_TOO_LARGE = 64 << 10;

  private final String connector;
  private final InboundChannel channel;
  private final AdmissionParts parts;
  private final ChangeCheck changeCheck;

  public Admission(String connector, InboundChannel channel, AdmissionParts parts) {
    this.connector = connector;
    this.channel = channel;
    this.parts = parts;
    this.changeCheck = new ChangeCheck(parts.products());
  }

  public InboundChannel channel() {
    return channel;
  }

  /**
   * Takes one message: when this returns, it is fsynced.
   *
   * @throws RefusedException if it cannot be taken; nothing but the reason is promised then
   * @throws io.tickethub.connector.proof.ProofUnavailableException if it cannot be told now who
   *     sent it; the sender has to keep it
   * @throws io.tickethub.intake.IntakeUnavailableException if it could not be kept; the sender has
   *     to keep it
   */
  public Receipt admit(ReceivedMessage received) throws RefusedException {
    Instant receivedAt = parts.clock().instant();
    ReceivedMessage message = authenticated(received);
    Step step = begin(message);
    Provenance provenance = provenance(message, null).traced(step.context());
    try (Step.Current current = step.makeCurrent()) {
      checkSize(message.body());
      Understood understood = understand(message, receivedAt);
      String externalId = understood.externalId();
      IntakeMessage intake =
          intake(message.body(), externalId, provenance, receivedAt, understood.changes(), null);
      parts.queue().put(intake);
      step.end();
      return new Receipt(Identifiers.text(intake.id()), externalId, receivedAt);
    } catch (MappingException e) {
      step.fail(e.problem().code().code());
      parts.queue().put(refused(kept(message.body()), provenance, receivedAt, e.problem()));
      throw new RefusedException(e.problem());
    } catch (IntakeUnavailableException e) {
      step.fail("unavailable");
      throw e;
    }
  }

  /** A step of the trace its sender names, or of one that begins with it. */
  Step begin(ReceivedMessage message) {
    return parts
        .tracing()
        .receive(message.trace())
        .with("hub.connector", connector)
        .with("hub.channel", channel.name());
  }

  /**
   * Takes a kept message that was refused before, as if it had come again today: what came again
   * from its sender meanwhile makes it a duplicate.
   *
   * @throws MappingException if it still means nothing
   */
  public Receipt admitAgain(JournalEntry refused, byte[] body) {
    Provenance provenance = refused.provenance();
    ReceivedMessage message =
        new ReceivedMessage(body, provenance.headers(), provenance.fileName());
    checkSize(body);
    Understood understood = understand(message, refused.receivedAt());
    String externalId = understood.externalId();
    IntakeMessage intake =
        intake(body, externalId, provenance, refused.receivedAt(), understood.changes(), null);
    parts.queue().put(intake);
    return new Receipt(Identifiers.text(intake.id()), externalId, refused.receivedAt());
  }

  /**
   * Takes a message that a person made of a kept one, as if it came now.
   *
   * @param externalId the sender's id of the new message
   * @throws MappingException if it means nothing
   */
  public Receipt admitEdited(JournalEntry original, byte[] body, String externalId) {
    Provenance provenance = original.provenance();
    Instant now = parts.clock().instant();
    checkSize(body);
    Understood understood =
        understand(new ReceivedMessage(body, provenance.headers(), provenance.fileName()), now);
    IntakeMessage intake = intake(body, externalId, provenance, now, understood.changes(), null);
    parts.queue().put(intake);
    return new Receipt(Identifiers.text(intake.id()), externalId, now);
  }

  /** Refuses a message that is none of text or bytes, and keeps that it came. */
  public Problem refuse(Map<String, String> headers, String detail) {
    byte[] nothing = new byte[0];
    Problem problem = Problem.of(ProblemCode.MALFORMED, detail);
    ReceivedMessage message = withoutSecrets(new ReceivedMessage(nothing, headers, null));
    Provenance provenance = provenance(message, null);
    String externalId = "refused-" + Identifiers.text(parts.identifiers().next());
    Instant now = parts.clock().instant();
    parts.queue().put(intake(nothing, externalId, provenance, now, List.of(), problem));
    return problem;
  }

  /**
   * What a message says, as far as it can be understood; for records of files and for trying out.
   */
  public Understood understand(ReceivedMessage message, Instant receivedAt) {
    try {
      checkReply(message);
      return meaning(message, receivedAt);
    } catch (MappingException e) {
      throw e;
    } catch (RuntimeException | StackOverflowError e) {
      StackTraceElement[] places = e.getStackTrace();
      String place = places.length == 0 ? "no known place" : places[0].toString();
      throw new MappingException(
          Problem.of(
              ProblemCode.INTERNAL, "%s at %s".formatted(e.getClass().getSimpleName(), place)));
    }
  }

  private Understood meaning(ReceivedMessage message, Instant receivedAt) {
    Object tree = channel.translation().parse(channel.translation().decode(message.body()));
    MessageFacts facts = new MessageFacts(receivedAt, message.headers(), message.fileName());
    String externalId = channel.translation().messageId(tree, message.body(), facts);
    ChangeCheck.checkMessageId(externalId);
    List<Change> changes = channel.translation().map(tree, facts);
    changeCheck.check(changes);
    return new Understood(tree, externalId, changes);
  }

  /** The parsed message, the sender's id of it, and what it means. */
  public record Understood(Object tree, String externalId, List<Change> changes) {}

  /**
   * The message without its secrets, if its sender proved who it is in every way the channel asks
   * for. What nobody proved is not kept.
   *
   * @throws io.tickethub.connector.proof.ProofUnavailableException if that cannot be told now
   */
  ReceivedMessage authenticated(ReceivedMessage message) throws RefusedException {
    for (SenderProof proof : channel.proofs()) {
      if (proof.coversBody() && isTooLarge(message.body())) {
        throw new RefusedException(tooLarge());
      }
      Optional<Refusal> refusal = proof.check(message.evidence(), parts.clock());
      if (refusal.isPresent()) {
        throw new RefusedException(refusal.get());
      }
    }
    parts.sightings().saw(connector, channel.name(), parts.clock().instant());
    return withoutSecrets(message);
  }

  private ReceivedMessage withoutSecrets(ReceivedMessage message) {
    return message.without(
        channel.proofs().stream()
            .flatMap(proof -> proof.secretHeaders().stream())
            .collect(Collectors.toSet()));
  }

  boolean isTooLarge(byte[] body) {
    return body.length > channel.form().limits().size().toBytes();
  }

  Problem tooLarge() {
    return Problem.of(
        ProblemCode.TOO_LARGE,
        "larger than %d bytes".formatted(channel.form().limits().size().toBytes()));
  }

  private void checkSize(byte[] body) {
    if (isTooLarge(body)) {
      throw new MappingException(tooLarge());
    }
    if (body.length == 0) {
      throw new MappingException(Problem.of(ProblemCode.MALFORMED, "the message is empty"));
    }
  }

  /** The beginning of what is too large, the whole of everything else. */
  byte[] kept(byte[] body) {
    return isTooLarge(body) ? Arrays.copyOf(body, Math.min(body.length, KEPT_OF_TOO_LARGE)) : body;
  }

  private void checkReply(ReceivedMessage message) {
    if (ReplyAddress.of(channel.form().reply(), message.headers()).isEmpty()) {
      throw new MappingException(
          Problem.of(
              ProblemCode.INVALID_VALUE,
              channel.form().reply().to(),
              null,
              "answers are not sent to the place it names"));
    }
  }

  /** Where a message came from; a place for answers that is not allowed is left out. */
  Provenance provenance(ReceivedMessage message, Integer line) {
    ReplyAddress address =
        ReplyAddress.of(channel.form().reply(), message.headers()).orElse(ReplyAddress.NOWHERE);
    return new Provenance(
        message.headers(), message.fileName(), line, address.to(), address.correlationId());
  }

  /**
   * A refused message, to be kept for people. Its id is made of its bytes, so that a repetition is
   * not kept again.
   */
  IntakeMessage refused(byte[] body, Provenance provenance, Instant receivedAt, Problem problem) {
    return intake(
        body, "refused-" + Digests.idOf(body), provenance, receivedAt, List.of(), problem);
  }

  IntakeMessage intake(
      byte[] body,
      String externalId,
      Provenance provenance,
      Instant receivedAt,
      List<Change> changes,
      Problem problem) {
    return new IntakeMessage(
        parts.identifiers().next(),
        connector,
        channel.name(),
        externalId,
        channel.form().sameIdOtherBytes().meaning(),
        Digests.sha256(body),
        provenance,
        receivedAt,
        changes,
        problem,
        false,
        parts.sealer().sealBytes(body),
        body.length);
  }
}
