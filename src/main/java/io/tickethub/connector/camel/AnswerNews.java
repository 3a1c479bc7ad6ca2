package io.tickethub.connector.camel;

import io.tickethub.connector.channel.AdmissionParts;
import io.tickethub.connector.channel.Digests;
import io.tickethub.delivery.OutboundDelivery;
import io.tickethub.intake.IntakeMessage;
import io.tickethub.intake.IntakeMessage.SameIdOtherBytes;
import io.tickethub.journal.Provenance;
import io.tickethub.ticket.Change;
import java.util.List;

/**
 * Puts the news in a system's answer, such as the result of a look-up, into the intake queue like
 * any message from it.
 */
final class AnswerNews {

  private final String connector;
  private final AdmissionParts parts;

  AnswerNews(String connector, AdmissionParts parts) {
    this.connector = connector;
    this.parts = parts;
  }

  void put(String channel, OutboundDelivery delivery, List<Change> changes, byte[] answer) {
    if (changes.isEmpty()) {
      return;
    }
    parts
        .queue()
        .put(
            new IntakeMessage(
                parts.identifiers().next(),
                connector,
                channel,
                delivery.key(),
                SameIdOtherBytes.NEW_VERSION,
                Digests.sha256(answer),
                Provenance.NONE.traced(delivery.trace()),
                parts.clock().instant(),
                changes,
                null,
                false,
                parts.sealer().sealBytes(answer),
                answer.length));
  }
}
